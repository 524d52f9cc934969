import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { Dashboard, type Sources } from '../../src/live/dashboard.ts'
import type { LoadNow } from '../../src/live/live-loads.ts'
import { serveDashboard, type Served, type ServeOptions } from '../../src/live/serve.ts'
import type { Mark } from '../../src/load/run-parts.ts'
import type { SteerAnswer, SteerCommand } from '../../src/load/steering.ts'
import type { Tick } from '../../src/load/tick.ts'
import { summarize } from '../../src/metrics/summary.ts'
import type { RunFileHead } from '../../src/run-file/run-file.ts'
import { JournalFile } from '../../src/run-file/write-journal.ts'
import { HEAD, SampleLoad, TEST } from './journal-samples.ts'

export const RUN: RunFileHead = {
  id: '2026-01-31T09-05-07-k3x9',
  startedAt: '2026-01-31T09:05:07.000Z',
  versions: { vitest: '5.0.0', node: '24.0.0' },
  machine: { platform: 'linux', arch: 'x64', cpus: 8 },
}

const HTML = `<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; connect-src 'self'" /></head><body>the page</body></html>`

/** A dashboard on a free port, of a load whose seconds pass when the test says so. */
export class SampleDashboard {
  readonly load = new SampleLoad()
  readonly steered: [string | undefined, SteerCommand][] = []
  readonly log: string[] = []
  readonly folder = mkdtempSync(join(tmpdir(), 'live-'))
  readonly dashboard: Dashboard
  readonly #journal: JournalFile
  answer: SteerAnswer = { ok: true, said: 'users 10 → 50' }
  now: LoadNow[] = []
  marks: Mark[] = []
  served: Served | undefined

  constructor(sources: Partial<Sources> = {}) {
    this.dashboard = new Dashboard(
      {
        loads: () => this.now,
        log: () => [...this.log],
        steer: (load, command) => {
          this.steered.push([load, command])
          return Promise.resolve(this.answer)
        },
        ...sources,
      },
      20,
    )
    this.#journal = new JournalFile({ folder: this.folder, name: 'a', test: TEST })
    onTestFinished(async () => {
      await this.served?.close('the test is over')
      rmSync(this.folder, { recursive: true, force: true })
    })
  }

  async serve(options: Partial<ServeOptions> = {}): Promise<Served> {
    this.served = await serveDashboard(this.dashboard, { html: HTML, port: 0, ...options })
    return this.served
  }

  begin(): void {
    this.dashboard.begin(RUN, this.folder)
    this.#journal.begin(HEAD)
  }

  /** Another second of the load is over: so many endpoints, each called so often. */
  second(endpoints = 3, calls = 10): void {
    const { elapsed, users } = this.load.second(endpoints, calls)
    this.#journal.note({ ...this.load.state(), marks: this.marks })
    const { count, failed } = summarize(this.load.recorder.data(elapsed), elapsed)
    const tick: Tick = {
      title: HEAD.title,
      phase: 'steady',
      elapsed,
      length: 60_000,
      users,
      rate: 30,
      count,
      failed,
      p50: 100,
      p95: 200,
      p99: 300,
      verdicts: [],
      over: false,
    }
    this.now = [
      {
        id: 'load-1',
        title: HEAD.title,
        model: 'closed',
        planned: { users: 10 },
        phases: [],
        length: 60_000,
        tick,
        test: TEST,
      },
    ]
  }
}

/** Where a dashboard is. */
export type Address = Pick<Served, 'port' | 'token'>

/** Of the line that tells of it. */
export function addressIn(text: string): Address {
  const [, port, token = ''] = /http:\/\/127\.0\.0\.1:(\d+)\/#token=([\w-]+)/.exec(text) ?? []
  return { port: Number(port), token }
}

/** A request, with the token. */
export const asked = (
  { port, token }: Address,
  path: string,
  { headers, ...init }: Omit<RequestInit, 'headers'> & { readonly headers?: Headers } = {},
): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, ...headers },
  })

type Headers = Readonly<Record<string, string>>

export const posted = (
  served: Address,
  path: string,
  body: unknown,
  headers: Headers = {},
): Promise<Response> =>
  asked(served, path, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })
