import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generator } from '../support/generators.ts'
import { redisServer } from '../support/redis-server.ts'

const KEYS = join(import.meta.dirname, '..', 'support', 'tls')
const alone = { share: { index: 0, of: 1 }, facts: {}, lease: 10_000 }

test('a wrong password is said at once, and never shown', async () => {
  await using redis = await redisServer({ args: () => ['--requirepass', 'right'] })
  const url = (password: string): string => `redis://:${password}@127.0.0.1:${redis.port}`
  await generator({ ...alone, url: url('right'), run: 'right' }).joined
  const { message } = await generator({
    ...alone,
    url: url('wrong-secret'),
    run: 'wrong',
  }).joined.then(
    () => new Error('it joined'),
    (problem: Error) => problem,
  )
  expect(message.replace(String(redis.port), '6379')).toMatchInlineSnapshot(
    `"Redis at redis://127.0.0.1:6379 refused the connection (WRONGPASS invalid username-password pair or user is disabled.). Correct user and password in PERF_RENDEZVOUS"`,
  )
})

test('rediss:// speaks TLS, and trusts NODE_EXTRA_CA_CERTS', async () => {
  const files = { cert: 'service.pem', key: 'key.pem', 'ca-cert': 'ca.pem' }
  const tls = (port: number): string[] => [
    ...`--port 0 --tls-port ${port} --tls-auth-clients no`.split(' '),
    ...Object.entries(files).flatMap(([what, file]) => [`--tls-${what}-file`, join(KEYS, file)]),
  ]
  await using redis = await redisServer({ args: tls })
  const options = { ...alone, url: `rediss://localhost:${redis.port}` }
  await generator({ ...options, run: 'safe' }, { NODE_EXTRA_CA_CERTS: join(KEYS, 'ca.pem') }).joined
  await expect(generator({ ...options, run: 'unsafe' }).joined).rejects.toThrow(
    'has a certificate that is not trusted',
  )
})
