import { describe, expect, test } from 'vitest'
import type { LivePage } from '../../src/live/live-page.ts'
import { toRunFile } from '../../src/run-file/run-file.ts'
import { EventReader } from '../support/event-reader.ts'
import { asked, posted, RUN, SampleDashboard } from '../support/live-dashboard.ts'

const requests = (page: LivePage): number => page.report?.tests[0]?.loads[0]?.whole.requests ?? 0

describe('the events of a run', () => {
  test('begin with its whole history, and go on with what changes', async () => {
    const sample = new SampleDashboard()
    const served = await sample.serve()
    sample.begin()
    for (let second = 0; second < 5; second++) sample.second()
    const reader = await EventReader.of(served)
    const first = await reader.until(() => true)
    expect(first).toMatchObject({ id: RUN.id, state: 'running', report: { headline: 'Running' } })
    expect(requests(first)).toBe(150)
    expect(first.report?.tests[0]?.loads[0]?.epochs.at).toEqual([0, 1_000, 2_000, 3_000, 4_000])
    sample.second()
    expect(requests(await reader.until((page) => requests(page) > 150))).toBe(180)
    expect(reader.names).toEqual(['page', 'delta'])
    await reader.stop()
  })

  test('are the same for a second browser, and after a reload', async () => {
    const sample = new SampleDashboard()
    const served = await sample.serve()
    sample.begin()
    sample.second()
    const one = await EventReader.of(served)
    await one.until(() => true)
    for (let second = 0; second < 3; second++) {
      sample.second()
      await one.until((page) => requests(page) === (second + 2) * 30)
    }
    const two = await EventReader.of(served)
    expect(await two.until(() => true)).toEqual(one.page)
    await Promise.all([one.stop(), two.stop()])
  })

  test('tell how the load stands, what it takes, and what was done to it', async () => {
    const sample = new SampleDashboard()
    const served = await sample.serve()
    sample.begin()
    sample.marks = [{ at: 4_000, kind: 'steered', text: 'users 10 → 50' }]
    for (let second = 0; second < 12; second++) sample.second(2, second < 2 ? 100 : 10)
    sample.now = sample.now.map((load) => ({
      ...load,
      tick: load.tick && {
        ...load.tick,
        asked: { users: 50 },
        steered: [{ at: 4_000, text: 'users 10 → 50' }],
      },
    }))
    const reader = await EventReader.of(served)
    const { loads, report } = await reader.until(({ loads: now }) => now.length > 0)
    expect(loads[0]).toMatchObject({
      id: 'load-1',
      test: 0,
      load: 0,
      phase: 'steady',
      elapsed: 12_000,
      users: 10,
      controls: ['users', 'next-phase', 'stop'],
      planned: { users: 10 },
      asked: { users: 50 },
    })
    expect(loads[0]?.recent.map(({ name, perSecond }) => [name, perSecond])).toEqual([
      ['GET /0', 10],
      ['GET /1', 10],
    ])
    expect(report?.tests[0]?.loads[0]?.marks).toEqual([{ at: 4_000, text: 'users 10 → 50' }])
    expect(report?.tests[0]?.loads[0]?.trust.notes.join()).not.toContain('process ended')
    await reader.stop()
  })

  test('tell the log of the service', async () => {
    const sample = new SampleDashboard()
    const served = await sample.serve()
    const reader = await EventReader.of(served)
    expect((await reader.until(() => true)).state).toBe('waiting')
    sample.log.push('GET /chat 200')
    expect((await reader.until(({ log }) => log.length > 0)).log).toEqual(['GET /chat 200'])
    await reader.stop()
  })

  test('end with a farewell, after the last word', async () => {
    const sample = new SampleDashboard()
    const served = await sample.serve()
    sample.begin()
    sample.second()
    const reader = await EventReader.of(served)
    await reader.until(() => true)
    const end = { finishedAt: RUN.startedAt, ending: 'complete' } as const
    const so = await sample.dashboard.file()
    sample.dashboard.end(toRunFile(RUN, so?.tests ?? [], end))
    await served.close('the run is over')
    await reader.toEnd()
    expect(reader.page?.state).toBe('ended')
    expect(reader.bye).toBe('the run is over')
  })
})

describe('what is asked of it', () => {
  test('a command goes to the load, and its answer comes back', async () => {
    const sample = new SampleDashboard()
    const served = await sample.serve()
    const command = { kind: 'users', users: 50 }
    const answer = await posted(served, '/steer', { load: 'load-1', command })
    expect([answer.status, await answer.json()]).toEqual([200, { text: 'users 10 → 50' }])
    expect(sample.steered).toEqual([['load-1', command]])
    sample.answer = { ok: false, message: 'no load is running' }
    const refused = await posted(served, '/steer', { command: { kind: 'stop' } })
    expect([refused.status, await refused.json()]).toEqual([409, { error: 'no load is running' }])
  })

  test.each([
    ['/steer', 'no JSON', 'the body is no JSON'],
    ['/steer', '[]', 'the body must be an object, got []'],
    [
      '/steer',
      { command: { kind: 'userz' } },
      `command.kind must be 'users', 'rate', 'next-phase', 'stop', got "userz"`,
    ],
    [
      '/steer',
      { command: { kind: 'users', users: 0 } },
      'command.users must be a whole number of at least 1, got 0',
    ],
    ['/steer', { loads: 'a' }, 'there is no loads; known: "load", "command"; did you mean "load"?'],
    ['/start', { users: 5 }, 'test must be the id of a test'],
    ['/start', { test: 'a', spawnRate: -1 }, 'spawnRate'],
  ])('%s with %s is refused in words', async (path, body, message) => {
    const sample = new SampleDashboard()
    const answer = await posted(await sample.serve(), path, body)
    expect(answer.status).toBe(400)
    expect(((await answer.json()) as { error: string }).error).toContain(message)
    expect(sample.steered).toEqual([])
  })

  test('tests are started where there is somebody to start them', async () => {
    const without = new SampleDashboard()
    const refused = await posted(await without.serve(), '/start', { test: 'a' })
    expect([refused.status, await refused.json()]).toEqual([
      409,
      { error: 'tests can be started in watch mode only: npx vitest' },
    ])
    const started: unknown[] = []
    const starter = {
      now: () => ({ busy: false, tests: [{ id: 'a', file: 'a.perf.ts' }] }),
      start: (request: unknown) => {
        started.push(request)
        return Promise.resolve({ ok: true, said: 'a starts' } as const)
      },
    }
    const sample = new SampleDashboard({ starter })
    const answer = await posted(await sample.serve(), '/start', { test: 'a', users: 5 })
    expect([answer.status, await answer.json()]).toEqual([202, { text: 'a starts' }])
    expect(started).toEqual([{ test: 'a', users: 5, spawnRate: undefined }])
  })
})

describe('what can be downloaded in the middle of a run', () => {
  test.each([
    ['run.json', 'application/json', '"format": "vitest-perf run"'],
    ['report.md', 'text/markdown; charset=utf-8', 'users chat'],
    ['stats.csv', 'text/csv; charset=utf-8', 'GET,/0,20,3,'],
    ['stats_history.csv', 'text/csv; charset=utf-8', 'Timestamp,User Count,'],
    ['failures.csv', 'text/csv; charset=utf-8', 'GET,/0,answered 503,'],
  ])('%s', async (name, type, text) => {
    const sample = new SampleDashboard()
    const served = await sample.serve()
    sample.begin()
    sample.second()
    sample.second()
    const answer = await asked(served, `/download/${name}`)
    expect(answer.headers.get('content-type')).toBe(type)
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="${RUN.id}-${name}"`,
    )
    expect(await answer.text()).toContain(text)
  })

  test('nothing before a run, and nothing of a load that is not there', async () => {
    const sample = new SampleDashboard()
    const served = await sample.serve()
    expect((await asked(served, '/download/run.json')).status).toBe(404)
    sample.begin()
    sample.second()
    expect(await (await asked(served, '/download/stats.csv?load=2')).json()).toEqual({
      error: 'there are 1 loads, of which that is none',
    })
    expect((await asked(served, '/download/passwd')).status).toBe(404)
    const ofTest = (name: string) =>
      asked(served, `/download/stats.csv?load=1&test=${encodeURIComponent(name)}`)
    expect((await ofTest('chat.perf.ts › users chat')).status).toBe(200)
    expect((await ofTest('chat.perf.ts › another')).status).toBe(404)
  })
})
