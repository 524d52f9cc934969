/** Each process notes itself; the first of all is the one that Vitest itself has started. */
const HEAD = `
import { appendFileSync, readFileSync, writeSync } from 'node:fs'
import { afterAll, describe, expect, once, test } from 'vitest-perf'
appendFileSync('workers.txt', process.pid + '\\n')
const first = readFileSync('workers.txt', 'utf8').split('\\n')[0] === String(process.pid)
const short = { users: 4, duration: '500ms', gracefulStop: '5s' }
`

/** Loads alone and together, in a test whose names are hard to match, that fails at first. */
export const TOGETHER = `${HEAD}
describe('a (group) › of $more', () => {
  test.for(['one', 'two'])('one [load] > of %s? "yes" \\\\ no', { retry: 1 }, async (which, { load, http, server }) => {
    await server.restart()
    const path = await once('path of ' + which, () => {
      console.log('mark: made', which)
      return '/'
    })
    const alone = await load({ users: 1, iterations: 3 }, ({ http }) => http.get('/alone'))
    const users = new Set()
    const run = await load({ ...short, generators: 2 }, async ({ http, user, pause }) => {
      users.add(user)
      await http.get(path)
      await pause(50)
    })
    const again = await load({ users: 2, iterations: 40, generators: 2 }, ({ http }) => http.get('/again'))
    expect(alone.count).toBe(3)
    expect(again.count).toBe(40)
    expect(run.generators.map(({ number, iterations }) => [number, iterations.failed])).toEqual([[1, 0], [2, 0]])
    console.log('mark: users', [...users].toSorted().join(' '))
    if (first && which === 'two' && !failed.has(which)) {
      failed.add(which)
      expect(run).toHaveP95Below('0.001ms')
    }
    if (!first) throw new Error('the verdict of a follower is nobody\\'s')
  })
  const failed = new Set()
})
test('another one', () => console.log('mark: another'))
`

/** One mistake each. */
export const BROKEN = `${HEAD}
test('throws before', async ({ load }) => {
  if (!first) throw new TypeError('no table for me')
  await load({ ...short, generators: 2 }, ({ http }) => http.get('/'))
})
test('dies before', async ({ load }) => {
  if (!first) writeSync(2, 'last words')
  if (!first) process.kill(process.pid, 'SIGKILL')
  await load({ ...short, generators: 2 }, ({ http }) => http.get('/'))
})
test('dies in it', async ({ load }) => {
  if (!first) setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1_500)
  await load({ ...short, duration: '60s', generators: 2 }, ({ http }) => http.get('/'))
})
test('ends before the second', async ({ load }) => {
  await load({ ...short, generators: 2 }, ({ http }) => http.get('/'))
  if (!first) return
  await load({ ...short, generators: 2 }, ({ http }) => http.get('/'))
})
test('wants another number', async ({ load }) => {
  await load({ ...short, generators: 2 }, ({ http }) => http.get('/'))
  await load({ ...short, generators: 3 }, ({ http }) => http.get('/'))
})
test('searches', async ({ load }) => {
  await load({ ...short, generators: 2 }, ({ http }) => http.get('/'))
  await load.findCapacity({ rate: ['10/s', '20/s'], limits: { p95: '5s' } }, ({ http }) => http.get('/'))
})
test('few users', ({ load }) => load({ users: 1, duration: '1s', generators: 2 }, ({ http }) => http.get('/')))
test('no number', ({ load }) => load({ ...short, generators: 0 }, ({ http }) => http.get('/')))
`

/** Until it is ended; what its users do often is noted. */
export const MINUTE = `${HEAD}
test('a minute', async ({ load }) => {
  const options = { users: 4, duration: '60s', gracefulStop: '500ms', generators: 2 }
  const run = await load(options, async ({ http, user, iteration, pause }) => {
    await http.get('/')
    if (iteration % 10 === 3) appendFileSync('busy.txt', user + '\\n')
    await pause(50)
  })
  console.log('mark: ended', run.ending)
})
`
