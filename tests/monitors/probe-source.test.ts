import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { realClock } from '../../src/clock/clock.ts'
import { startMonitor } from '../../src/monitors/monitor.ts'
import { probeSource, type ProbeTarget } from '../../src/monitors/probe-source.ts'
import { until } from '../support/service-processes.ts'

/** A service that says its figures; the answers one after the other, the last one again and again. */
async function statsOf(...answers: readonly string[]): Promise<string> {
  let asked = 0
  const server = createServer((_, response) => {
    const answer = answers[Math.min(asked, answers.length - 1)] ?? ''
    asked += 1
    response.statusCode = answer === '' ? 503 : 200
    response.end(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/stats`
}

async function watch(target: Parameters<typeof probeSource>[0], samples: number) {
  const monitor = startMonitor(probeSource(target, realClock), { interval: '10ms' })
  await until(() => Object.values(monitor.values).some((each) => each.samples >= samples))
  await monitor.stop()
  return monitor
}

test('the numbers at the top of the JSON are figures of their own; rss is the memory', async () => {
  const stats = ['100', '300', '200'].map(
    (rss) => `{ "rss": ${rss}, "queue": { "length": 3 }, "open": ${rss}0, "name": "api" }`,
  )
  const url = await statsOf(...stats)
  const monitor = await watch({ url }, 3)
  expect(Object.keys(monitor.values)).toEqual(['rss', 'open'])
  expect(monitor.value('open')).toMatchObject({ start: 1_000, peak: 3_000, min: 1_000, end: 2_000 })
  expect(monitor.memory).toMatchObject({ label: url, start: 100, end: 200, peak: 300 })
  expect(monitor.cpu.mean).toBeUndefined()
})

test('map says what the figures are', async () => {
  const url = await statsOf('{ "heap": { "used_mb": 5 }, "waiting": ["a", "b"] }')
  type Stats = { heap: { used_mb: number }; waiting: string[] }
  const monitor = await watch(
    {
      url,
      map: (body) => {
        const { heap, waiting } = body as Stats
        return { rss: heap.used_mb * 1e6, waiting: waiting.length }
      },
    },
    2,
  )
  expect(monitor.memory.peak).toBe(5_000_000)
  expect(monitor.value('waiting').end).toBe(2)
  expect(() => monitor.value('waitin')).toThrow(
    `${url} has said nothing called "waitin" (known: "rss", "waiting"; did you mean "waiting"?).`,
  )
})

describe('a look that fails costs its sample only, and is told', () => {
  test.each([
    ['a status that is no success', '', /^http:.*\/stats answered 503$/],
    ['no JSON', 'OK, all is fine', /answered no JSON: OK, all is fine$/],
    ['no numbers', '{ "status": "up" }', /gave no numbers$/],
  ])('%s', async (_, answer, problem) => {
    const monitor = await watch({ url: await statsOf(answer, '{ "n": 1 }') }, 2)
    expect(monitor.memory.problem).toMatch(problem)
    expect(monitor.memory.samples).toBe(0)
    expect(monitor.value('n').end).toBe(1)
  })

  test('nobody is there', async () => {
    const source = probeSource({ url: 'http://127.0.0.1:1/stats' }, realClock)
    const monitor = startMonitor(source)
    await monitor.stop()
    expect(monitor.memory.problem).toContain('ECONNREFUSED')
    expect(() => monitor.value('n')).toThrow('The first problem: connect ECONNREFUSED')
  })
})

test.each([
  [
    { url: '/stats' },
    'monitor.url must be a URL like \'http://127.0.0.1:8080/stats\', got "/stats"',
  ],
  [{ url: 'ftp://host' }, 'monitor.url must be a URL'],
  [{ url: 'http://host', map: 'rss' as never }, 'monitor.map must be a function'],
])('%j is refused', (target, message) =>
  expect(() => probeSource(target as ProbeTarget, realClock)).toThrow(message),
)
