import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { sendJson, serve, type Listener } from '../support/servers.ts'
import { createUser, type User } from './user.ts'

/** `/set?sid=1; Path=/` sets that cookie; everything else tells which ones came. */
const service: Listener = ({ url = '', headers }, response) => {
  const [path, cookie] = url.split('?')
  if (path === '/set') response.setHeader('set-cookie', decodeURIComponent(cookie ?? '').split('|'))
  sendJson(response, headers.cookie ?? null)
}
const set = (user: User, cookie: string) => user.http.get(`/set?${encodeURIComponent(cookie)}`)
const sent = async (user: User, path = '/') => (await user.http.get(path)).json()

test('what a service sets is sent from then on, in the order of setting', async () => {
  await using server = await serve(service)
  await using user = createUser(server.url)
  expect(await sent(user)).toBeNull()
  await set(user, 'sid=1|theme=dark')
  expect(await sent(user)).toBe('sid=1; theme=dark')
  await set(user, 'sid=2')
  expect(await sent(user)).toBe('sid=2; theme=dark')
})

test('each user has their own', async () => {
  await using server = await serve(service)
  await using one = createUser(server.url)
  await using other = createUser(server.url)
  await set(one, 'sid=1')
  expect([await sent(one), await sent(other)]).toEqual(['sid=1', null])
})

test('a path limits where it is sent', async () => {
  await using server = await serve(service)
  await using user = createUser(server.url)
  await set(user, 'sid=1; Path=/api')
  expect([await sent(user, '/api/users'), await sent(user, '/other')]).toEqual(['sid=1', null])
})

test('it expires, and is taken back by an age of 0', async () => {
  await using server = await serve(service)
  await using user = createUser(server.url)
  await set(user, 'short=1; Max-Age=1')
  await set(user, 'gone=1')
  await set(user, 'gone=; Max-Age=0')
  expect(await sent(user)).toBe('short=1')
  await sleep(1_050)
  expect(await sent(user)).toBeNull()
})

test('another site gets none, and can set none for this one', async () => {
  await using server = await serve(service)
  await using user = createUser(server.url)
  await set(user, 'sid=1; Domain=example.com')
  await set(user, 'secure=1; Secure; Domain=elsewhere.test')
  expect(await sent(user)).toBeNull()
})

test('what the call itself sends comes first; fetch shares the cookies of its user', async () => {
  await using server = await serve(service)
  await using user = createUser(server.url)
  await set(user, 'sid=1')
  const answer = await user.http.get('/', { headers: { Cookie: 'own=2' } })
  expect(answer.json()).toBe('own=2; sid=1')
  expect(await (await user.fetch('/')).json()).toBe('sid=1')
  await (await user.fetch('/set?fetched%3D1')).text()
  expect(await sent(user)).toBe('sid=1; fetched=1')
})

test('an answer of 401 sets cookies too', async () => {
  await using server = await serve(({ headers }, response) => {
    response.setHeader('set-cookie', 'csrf=1')
    sendJson(response, headers.cookie ?? null, headers.cookie === undefined ? 401 : 200)
  })
  await using user = createUser(server.url)
  await expect(user.http.get('/')).rejects.toThrow('answered 401')
  expect(await sent(user)).toBe('csrf=1')
})
