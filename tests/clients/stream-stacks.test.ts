import { expect, test } from 'vitest'
import { Session } from '../../src/clients/session.ts'
import { sessionFromRoutes } from '../../src/clients/session-routes.ts'
import { sendJson, serve } from '../support/servers.ts'
import { collect } from './streams.ts'
import { createUser, failureOf, type User } from './user.ts'

const HERE = /stream-stacks\.test\.ts:\d+/

const sessionOf = ({ caller, http }: User): Session =>
  new Session(
    caller,
    http,
    sessionFromRoutes({ open: 'POST /sessions', stream: 'POST /sessions/{id}/stream' }),
  )

/** Whichever way a stream is read, its error leads to the line of the test that began it. */
test.each<[string, (user: User) => PromiseLike<unknown>]>([
  ['awaited', ({ http }) => http.stream('/stream')],
  ['iterated', ({ http }) => collect(http.stream('/stream'))],
  ['asked for its text', ({ http }) => http.stream('/stream').text()],
  [
    'of an open session',
    async (user) => {
      const session = sessionOf(user)
      await session.open()
      await session.stream('hello')
    },
  ],
])('%s', async (_how, read) => {
  await using server = await serve(({ url }, response) => {
    if (url === '/sessions') sendJson(response, { id: 'one' })
    else sendJson(response, {}, 503)
  })
  await using user = createUser(server.url)
  const error = await failureOf(read(user))
  expect(error.stack).toMatch(/^OperationError: \w+ .+ answered 503/)
  expect(error.stack).toMatch(HERE)
  expect(user.summary().errors[0]?.first.stack).toMatch(HERE)
})

test('of a session that it opens first', async () => {
  await using server = await serve(({ url }, response) => {
    if (url === '/sessions') sendJson(response, { id: 'one' })
    else sendJson(response, {}, 503)
  })
  await using user = createUser(server.url)
  const error = await failureOf(sessionOf(user).stream('hello'))
  expect(error.stack).toMatch(HERE)
})
