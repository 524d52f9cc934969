import { describe, expect, test } from 'vitest'
import { runLoad } from '../../src/load/run-load.ts'
import { bambooSession, loadEnvironment } from '../support/load-environment.ts'
import { messageOf } from '../support/message-of.ts'
import { sendJson, serve } from '../support/servers.ts'
import { createUser } from './user.ts'
import { serve as serveSockets } from './ws-server.ts'

/** A service that answers what it was told of who asks. */
const echo = () =>
  serve(({ headers }, response) => {
    const { authorization, cookie } = headers
    sendJson(response, { session_id: 'one', authorization, cookie, team: headers['x-team'] })
  })

const said = async (answer: Promise<{ json(): unknown }>): Promise<unknown> => (await answer).json()

describe('what a user remembers goes with each of its calls', () => {
  test('by http, by clients made from it before and after, and by fetch', async () => {
    await using service = await echo()
    await using user = createUser(service.url)
    const before = user.http.extend({ prefix: '/api' })
    user.http.remember({ bearer: 'secret', headers: { 'X-Team': 'chat' } })
    const known = { authorization: 'Bearer secret', team: 'chat' }
    expect(await said(user.http.get('/a'))).toMatchObject(known)
    expect(await said(before.get('/a'))).toMatchObject(known)
    expect(await said(user.fetch('/a'))).toMatchObject(known)
    expect(await said(user.fetch(new Request(`${service.url}/a`)))).toMatchObject(known)
  })

  test('what a call says itself wins, however it is written', async () => {
    await using service = await echo()
    await using user = createUser(service.url)
    user.http.remember({ bearer: 'secret' })
    const headers = { Authorization: 'Basic own' }
    const own = { authorization: 'Basic own' }
    expect(await said(user.http.get('/a', { headers }))).toMatchObject(own)
    expect(await said(user.http.extend({ headers }).get('/a'))).toMatchObject(own)
    expect(await said(user.fetch('/a', { headers }))).toMatchObject(own)
  })

  test('more is laid over what is remembered already', async () => {
    await using service = await echo()
    await using user = createUser(service.url)
    user.http.remember({ bearer: 'first', headers: { 'x-team': 'chat' } })
    user.http.remember({ bearer: 'second' })
    expect(await said(user.http.get('/a'))).toMatchObject({
      authorization: 'Bearer second',
      team: 'chat',
    })
  })

  test('no other host is told', async () => {
    await using service = await echo()
    await using user = createUser(service.url)
    user.http.remember({ bearer: 'secret' })
    const other = service.url.replace('127.0.0.1', 'localhost')
    expect(await said(user.http.get(`${other}/a`))).not.toHaveProperty('authorization')
    expect(await said(user.fetch(`${other}/a`))).not.toHaveProperty('authorization')
  })
})

test('each user of a load has its own; sessions and sockets have it too', async () => {
  const seen = new Set<unknown>()
  await using service = await serve(({ headers, url }, response) => {
    seen.add(`${url} ${headers.authorization}`)
    sendJson(response, { session_id: 'one' })
  })
  await using sockets = await serveSockets((_socket, _url, headers) => {
    seen.add(`socket ${String(headers.authorization)}`)
  })
  const environment = loadEnvironment({
    baseUrl: service.url,
    wsUrl: sockets.wsUrl,
    session: bambooSession,
  })
  await runLoad(
    { users: 2, iterations: 2 },
    async ({ http, session, ws, user, pause }) => {
      http.remember({ bearer: `token-${user}` })
      await session.open()
      await (await ws.connect('/ws')).close()
      await pause('20ms')
    },
    environment,
  )
  const all = [...seen].map(String)
  expect(all).toEqual(
    expect.arrayContaining([
      '/api/v1/sessions Bearer token-0',
      '/api/v1/sessions Bearer token-1',
      'socket Bearer token-0',
      'socket Bearer token-1',
    ]),
  )
  // Closing the session at the end is a call as well.
  expect(all.filter((each) => !each.includes('Bearer token-'))).toEqual([])
})

test.each([
  ['nothing', 'http://127.0.0.1:8080', {}],
  ['whom', undefined, { bearer: 'secret' }],
])('a mistake is told: %s', (_, baseUrl, memory) => {
  const user = createUser(baseUrl)
  expect(messageOf(() => user.http.remember(memory))).toMatchSnapshot()
})
