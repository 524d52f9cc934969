import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Served } from '../../src/live/serve.ts'
import { EventReader } from '../support/event-reader.ts'
import { asked, SampleDashboard } from '../support/live-dashboard.ts'

const MB = 1_000_000
/** More than what lies between two sockets. */
const PAGE = 20 * MB
const LONG = { timeout: 30_000, interval: 20 }

interface Large {
  readonly sample: SampleDashboard
  /** How often its page was made. */
  readonly looks: () => number
}

/** A dashboard whose page is large and changes whenever it is made: a little, or all of it. */
function large(change: 'little' | 'all' = 'little'): Large {
  const state = { looks: 0 }
  const much = 'x'.repeat(PAGE)
  const log = (): readonly string[] => {
    state.looks++
    return [`look ${state.looks}`, change === 'all' ? `${state.looks} ${much}` : much]
  }
  return { sample: new SampleDashboard({ log }), looks: () => state.looks }
}

/** A browser that asks for events and reads nothing. */
async function deaf({ port, token }: Served): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.pause()
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  socket.write(`GET /events?token=${token} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`)
  return socket
}

describe('a browser that reads nothing', () => {
  test('has nothing made for it: what waits for it is one page, however long it is', async () => {
    const { sample, looks } = large()
    const served = await sample.serve()
    const socket = await deaf(served)
    await vi.waitFor(() => expect(looks()).toBeGreaterThan(0), LONG)
    await sleep(500)
    // In this time a browser that reads gets many.
    expect(looks()).toBe(1)
    const read = { bytes: 0 }
    socket.on('data', (chunk) => {
      read.bytes += chunk.length
    })
    socket.resume()
    await vi.waitFor(() => expect(read.bytes).toBeGreaterThan(PAGE), LONG)
    await vi.waitFor(() => expect(looks()).toBeGreaterThan(1), LONG)
    // It goes on with what changed since, in some bytes.
    expect(read.bytes).toBeLessThan(1.1 * PAGE)
  })

  test('is let go after a while, and its place is free', async () => {
    const served = await large().sample.serve({ most: 1, times: { hung: 300 } })
    const socket = await deaf(served)
    socket.on('error', () => {})
    await vi.waitFor(async () => {
      const answer = await asked(served, '/events')
      await answer.body?.cancel()
      expect(answer.status).toBe(200)
    }, LONG)
  })

  test('does not keep others from theirs', async () => {
    const { sample } = large()
    const served = await sample.serve()
    await deaf(served)
    const reader = await EventReader.of(served)
    expect((await reader.until(({ log }) => log[0] === 'look 4')).log).toHaveLength(2)
    await reader.stop()
  })

  test('holds no memory that grows: 10 of them for 8 changes', { timeout: 60_000 }, async () => {
    const { sample, looks } = large('all')
    const served = await sample.serve()
    for (let each = 0; each < 10; each++) await deaf(served)
    const reader = await EventReader.of(served)
    await reader.until(() => true)
    const before = process.memoryUsage().rss
    const from = looks()
    await reader.until(({ log }) => Number(log[0]?.slice(5)) > from + 8)
    // As a backlog these would be 10 × 8 × 20 MB.
    expect(process.memoryUsage().rss - before).toBeLessThan(800 * MB)
    await reader.stop()
  })
})

describe('a browser that is slow', () => {
  test('skips what it missed, and ends with the same page as others', async () => {
    const sample = new SampleDashboard()
    const served = await sample.serve()
    sample.begin()
    sample.second()
    const slow = await EventReader.of(served)
    await slow.until(() => true)
    const quick = await EventReader.of(served)
    for (let second = 0; second < 4; second++) {
      sample.second()
      await quick.until(({ loads }) => loads[0]?.elapsed === (second + 2) * 1_000)
    }
    expect(await slow.until(({ loads }) => loads[0]?.elapsed === 5_000)).toEqual(quick.page)
    await slow.stop()
    await quick.stop()
  })

  test('hears a beat while nothing changes, and goes unnoticed for no longer than that', async () => {
    const sample = new SampleDashboard()
    const served = await sample.serve({ times: { heartbeat: 30 } })
    const { body } = await asked(served, '/events')
    const reader = body?.getReader()
    const decoder = new TextDecoder()
    const heard = { text: '' }
    while (!heard.text.includes('\n\n:\n\n:\n\n')) {
      const { value, done } = (await reader?.read()) ?? { done: true, value: undefined }
      if (done) break
      heard.text += decoder.decode(value)
    }
    expect(heard.text).toContain('\n\n:\n\n:\n\n')
    await reader?.cancel()
  })
})
