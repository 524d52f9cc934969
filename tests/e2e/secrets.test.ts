import { cp, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { config } from '../support/fixture-service.ts'
import { freePort } from '../support/service-processes.ts'
import { vitestProject } from '../support/vitest-project.ts'

/** What is secret, put together when it runs, so that no line of source that is printed has it. */
const CANARY = `const canary = (of) => ['Canary', of, '4711'].join('-')`

/** It repeats in every answer what it was told in secret, as services in development do. */
const SERVICE = `
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
${CANARY}
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => { body += chunk })
  request.on('end', () => {
    const { pathname } = new URL(request.url, 'http://x')
    console.log(request.url, JSON.stringify(request.headers), body)
    if (pathname === '/login') {
      response.setHeader('set-cookie', 'sid=' + canary('cookie'))
      return response.end(JSON.stringify({ access_token: canary('bearer') }))
    }
    if (pathname === '/events') {
      response.setHeader('content-type', 'text/event-stream')
      response.write('data: {"choices":[{"delta":{"content":"hi"}}]}\\n\\n')
      return response.end('data: {"error":{"message":"the key ' + canary('json') + ' is used up"}}\\n\\n')
    }
    response.statusCode = 418
    response.end('not allowed: ' + [decodeURIComponent(request.url), ...Object.values(request.headers), body].join(' '))
  })
})
new WebSocketServer({ server }).on('connection', (socket) => {
  socket.on('message', (data) => socket.close(4001, 'who is ' + JSON.parse(data).token))
})
server.listen(Number(process.env.PORT), '127.0.0.1')
`

const SUITE = `
import { cpSync } from 'node:fs'
import { expect, test } from 'vitest-perf'
${CANARY}
test('a load with secrets', async ({ load, metrics }) => {
  const run = await load({ users: 1, iterations: 10, gracefulStop: '1s' }, async ({ http, ws, check, group, iteration, metrics }) => {
    metrics.count('by user', 1, { token: 'token=' + canary('query') })
    check('token=' + canary('query') + ' is known', () => expect('password=' + canary('form')).toBe('x'))
    switch (iteration) {
      case 0: {
        const { access_token } = (await http.post('/login', { json: { user: 'joe', password: canary('json'), iban: canary('iban') } })).json()
        return http.remember({ bearer: access_token })
      }
      case 1: return http.get('/url', { query: { api_key: canary('query'), iban: canary('iban2') } })
      case 2: return http.get('/headers', { headers: { 'x-api-key': canary('header'), 'x-iban': canary('iban3') } })
      case 3: return http.post('/form', { form: { password: canary('form') } })
      case 4: return http.post('/json', { json: { nested: [{ secret: canary('nested') }] } })
      case 5: return http.get('/named', { name: 'look up ' + canary('bearer') })
      case 6: throw new Error('cannot log in with ' + process.env.SHOP_API_KEY + ' nor ' + canary('cookie'))
      case 7: {
        const stream = http.stream('/events', { name: 'events', wire: 'openai.chat' })
        for await (const token of stream) void token
        return
      }
      case 8: {
        const socket = await ws.connect('/ws?token=' + canary('socketUrl'), { headers: { cookie: 'sid=' + canary('socketCookie') } })
        return socket.request({ token: canary('message') }, { type: 'never' })
      }
      case 9: return group('token=' + canary('query'), () => http.get('/group'))
    }
  })
  cpSync('.vitest/perf', 'seen-while-it-ran', { recursive: true })
  expect.soft(run).toHaveSuccessRateAbove('99%')
  expect.soft(run.request('look up ' + canary('bearer'))).toHaveSuccessRateAbove('99%')
})
test('an integration test with secrets', async ({ http }) => {
  await http.get('/again', { headers: { authorization: 'Bearer ' + canary('test') } })
})
test('an error with secrets', () => {
  throw new Error('no ' + process.env.SHOP_API_KEY + ' and no password=' + canary('thrown'))
})
`

const REPORTERS = ['default', 'json', 'junit', 'blob', 'tap'].map((name) => `--reporter=${name}`)
const FILES = ['json', 'junit', 'blob', 'tap'].map((name) => `--outputFile.${name}=out/${name}`)

test('secrets are in no output, wherever they came from', { timeout: 90_000 }, async () => {
  const baseUrl = `http://127.0.0.1:${await freePort()}`
  await using project = await vitestProject('secrets', {
    'vitest.config.ts': config(
      `baseUrl: '${baseUrl}', redact: ['iban'], server: { command: 'node service.mjs' }`,
    ),
    'service.mjs': SERVICE,
    'a.perf.ts': SUITE,
  })
  const env = { SHOP_API_KEY: 'Canary-env-4711', GITHUB_STEP_SUMMARY: 'out/summary.md' }
  const { code, output } = await project.run([...REPORTERS, ...FILES], { env })
  expect(code, output).toBe(1)
  const [file] = await project.runFiles()
  const [run] = file?.tests.flatMap(({ record }) => record.runs) ?? []
  // All of it took place, and is told of.
  expect(run?.iterations.count, output).toBe(10)
  expect(run?.errors.length).toBeGreaterThanOrEqual(9)
  expect(JSON.stringify(run?.errors)).toContain('[redacted]')
  await cp(join(project.root, '.vitest'), join(project.root, 'out/vitest'), { recursive: true })
  const outputs = await textsOf(project.root, ['out', 'seen-while-it-ran'])
  expect([...outputs.keys()].join()).toContain('.jsonl')
  for (const [name, text] of new Map([...outputs, ['the terminal', output]])) {
    expect(text.match(/.{0,80}Canary.{0,40}/g), name).toBeNull()
  }
})

test('the log of a service that does not start is shown without them', async () => {
  await using project = await vitestProject('secrets-log', {
    'vitest.config.ts': config(`
      baseUrl: 'http://127.0.0.1:${await freePort()}',
      server: { command: 'SHOP_SECRET=Canary-command node service.mjs' },
    `),
    'service.mjs': `
      console.log('started with password=Canary-log and', process.env.SHOP_API_KEY)
      process.exit(1)
    `,
    'a.perf.ts': `
      import { test } from 'vitest-perf'
      test('never runs', () => {})
    `,
  })
  const { output } = await project.run([], { env: { SHOP_API_KEY: 'Canary-env-4711' } })
  expect(output).toContain('started with password=[redacted] and [redacted]')
  expect(output).not.toContain('Canary')
}, 60_000)

/** Every file in some folders. */
async function textsOf(root: string, folders: readonly string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for (const folder of folders) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
    for (const entry of entries.filter((each) => each.isFile())) {
      const path = join(entry.parentPath, entry.name)
      texts.set(path, await readFile(path, 'latin1'))
    }
  }
  return texts
}
