import { expect, onTestFinished, test, vi } from 'vitest'
import { collectiveOf } from '../../src/cluster/collective.ts'
import { meetLocally } from '../../src/cluster/local-rendezvous.ts'
import { serveLocal } from '../../src/cluster/local-server.ts'
import type { Journal, LoadState } from '../../src/load/journal.ts'
import type { LoadEnvironment } from '../../src/load/environment.ts'
import { runLoad } from '../../src/load/run-load.ts'
import type { Steerer } from '../../src/load/steering.ts'
import type { Tick } from '../../src/load/tick.ts'
import { controlPath } from '../../src/vitest/control-server.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { serve } from '../support/servers.ts'

const patience = { timeout: 40_000, interval: 50 }

/** Two generators that have met, each with a connection of its own. */
async function two() {
  const path = controlPath()
  const server = await serveLocal(path)
  const all = await Promise.all([0, 1].map((index) => meetLocally(path, { index, of: 2 })))
  onTestFinished(async () => {
    await Promise.all(all.map((each) => each.close()))
    await server.close()
  })
  return all.map((each) => collectiveOf(each))
}

test(
  'whoever watches the first generator sees what all do, and what is done there is done in all',
  { timeout: 120_000 },
  async () => {
    await using server = await serve((_request, response) => response.end())
    const notes: LoadState[] = []
    const ticks: Tick[] = []
    const steered: Steerer[] = []
    const journal: Journal = { begin() {}, note: (state) => void notes.push(state), end() {} }
    const watched: Partial<LoadEnvironment> = {
      journal,
      tell: (tick) => void ticks.push(tick),
      offer: (steerer) => {
        steered.push(steerer)
        return () => {}
      },
    }
    const [first, second] = await two()
    const load = (over: Partial<LoadEnvironment>) =>
      runLoad(
        { users: 4, duration: '2m' },
        async ({ http, pause }) => {
          await http.get('/')
          await pause('20ms')
        },
        loadEnvironment({ baseUrl: server.url, ...over }),
      )
    const runs = Promise.all([
      load({ collective: first, ...watched }),
      load({ collective: second }),
    ])
    await vi.waitFor(() => {
      expect(notes.at(-1)?.users).toBe(4)
      expect(ticks.at(-1)).toMatchObject({ users: 4, note: '2 generators' })
    }, patience)
    expect(steered[0]?.steer({ kind: 'users', users: 10 })).toEqual({
      ok: true,
      said: 'users 4 → 10',
    })
    await vi.waitFor(() => expect(notes.at(-1)?.users).toBe(10), patience)
    expect(steered[0]?.steer({ kind: 'stop' })).toMatchObject({ ok: true })
    const [one, other] = await runs
    expect(one.ending).toBe('stopped')
    expect(other).toEqual(one)
    expect(one.marks?.map(({ text }) => text)).toEqual(['users 4 → 10', 'stopped by hand'])
    expect(Math.max(...one.timeline.map((window) => window.users ?? 0))).toBe(10)
    // What the journal keeps is of both.
    const last = notes.at(-1)?.phases.find(({ name }) => name === 'steady')
    const own = one.generators?.[0]?.iterations?.ok ?? Infinity
    expect(last?.state.iterations.latency.count).toBeGreaterThan(own)
  },
)
