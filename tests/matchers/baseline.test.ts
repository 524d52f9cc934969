import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, type TestContext } from 'vitest'
import { BaselineStore, type UpdateMode } from '../../src/baseline/baseline-store.ts'
import { toLoadRun, type LoadRun } from '../../src/load/load-run.ts'
import { perfMatchers } from '../../src/matchers.ts'
import { setBaselineScope } from '../../src/matchers/baseline-scope.ts'
import { verdictsOf } from '../../src/matchers/verdict-log.ts'
import { dataFolder, type DataFolder } from '../support/data-folder.ts'
import { messageOf } from '../support/message-of.ts'
import { recordedRun, type RunOptions } from '../support/recorded.ts'

expect.extend(perfMatchers)

let folder: DataFolder
beforeEach(async () => {
  folder = await dataFolder({})
})
afterEach(() => folder[Symbol.asyncDispose]())

interface World {
  readonly machine?: string
  readonly mode?: UpdateMode
}

type Task = TestContext['task']

/** What a run of the test file does with one comparison, to its end. */
function session<T>(
  task: Task,
  { machine = 'linux, ci, Node 24', mode = 'new' }: World,
  act: () => T,
) {
  const store = new BaselineStore(join(folder.path, 'chat.perf.ts'), mode)
  const by = () => 'vitest-perf 1.2.3, Node 24.21.0'
  setBaselineScope(task, {
    store: () => store,
    id: task.id,
    test: 'chat',
    machine: () => machine,
    by,
  })
  const seen = verdictsOf(task).length
  const result = act()
  const verdicts = verdictsOf(task).slice(seen)
  return { result, verdicts, finished: store.finish(), path: store.path }
}

/** A load of 100 chats a run, each of which took so long. */
function repeated(took: readonly number[], options: RunOptions = {}): LoadRun {
  const runs = took.map((each) => recordedRun([{ took: each, times: 100 }], options))
  const [first = recordedRun([])] = runs
  return toLoadRun(first, runs)
}

const BEFORE = [98, 99, 100, 101, 102]
const SLOWER = BEFORE.map((each) => each * 1.26)

const write = (task: Task, world: World = {}) =>
  session(task, world, () => expect(repeated(BEFORE)).toMatchBaseline())

const said = (task: Task, world: World, run: LoadRun, ...args: never[]) =>
  session(task, world, () =>
    messageOf(() => expect(run).toMatchBaseline(...args)),
  ).result.replaceAll(/in \S*__perf__/g, 'in __perf__')

test('the first run is the baseline, and the next is judged by it', ({ task }) => {
  expect(write(task).finished).toMatchObject({ added: 1 })
  const again = session(task, {}, () => expect(repeated(BEFORE)).toMatchBaseline())
  expect(again.finished).toMatchObject({ matched: 1, added: 0 })
  expect(
    again.verdicts.map(({ subject, status, baseline, proof }) => [
      subject,
      status,
      baseline?.state,
      proof?.status,
    ]),
  ).toEqual([
    ['p50 latency of all requests', 'pass', 'judged', 'pass'],
    ['p95 latency of all requests', 'pass', 'judged', 'pass'],
  ])
})

test('a run that is worse fails, and says by how much, out of how many, and how to accept it', ({
  task,
}) => {
  write(task)
  expect(said(task, {}, repeated(SLOWER))).toMatchInlineSnapshot(`
    "expect(run).toMatchBaseline()

    p50 latency of all requests: +26 % [+23.5 %, +28.5 %], at most 10 % is tolerated
      5 runs: 126 ms (124 ms … 129 ms); baseline of 5 runs: 100 ms (98 ms … 102 ms)
      p = 0.00794, corrected for 2 comparisons
    p95 latency of all requests: +26 % [+23.5 %, +28.5 %], at most 10 % is tolerated
      5 runs: 126 ms (124 ms … 129 ms); baseline of 5 runs: 100 ms (98 ms … 102 ms)
      p = 0.00794, corrected for 2 comparisons
    accept it with vitest -u
    baseline "chat 1" in __perf__/chat.perf.ts.json"
  `)
  expect(said(task, {}, repeated(SLOWER), { metrics: ['throughput', 'p95'] } as never))
    .toMatchInlineSnapshot(`
      "expect(run).toMatchBaseline()

      p95 latency of all requests: +26 % [+23.5 %, +28.5 %], at most 10 % is tolerated
        5 runs: 126 ms (124 ms … 129 ms); baseline of 5 runs: 100 ms (98 ms … 102 ms)
        p = 0.00794, corrected for 2 comparisons
      accept it with vitest -u
      baseline "chat 1" in __perf__/chat.perf.ts.json"
    `)
})

test('a load that was steered by hand is no baseline, and is not judged by one', ({ task }) => {
  const marks = [{ at: 0, kind: 'steered', text: 'users 10 → 50' }] as const
  const { repeats } = repeated(SLOWER)
  const runs = repeats.map((each) => toLoadRun({ ...each, marks }))
  const steered = toLoadRun({ ...repeated(SLOWER), marks }, runs)
  const judge = (mode: UpdateMode) =>
    session(task, { mode }, () => expect(steered).toMatchBaseline())
  expect(judge('new').finished).toMatchObject({ added: 0 })
  write(task)
  expect(judge('all').finished).toMatchObject({ updated: 0, matched: 1 })
  expect(judge('new').verdicts[0]).toMatchObject({
    status: 'pass',
    note: 'not judged: the load was steered by hand',
  })
})

test('-u accepts it, and the next run is judged by that', ({ task }) => {
  write(task)
  const accepted = session(task, { mode: 'all' }, () => expect(repeated(SLOWER)).toMatchBaseline())
  expect(accepted.finished).toMatchObject({ updated: 1 })
  expect(accepted.verdicts[0]).toMatchObject({ status: 'pass', baseline: { state: 'updated' } })
  session(task, {}, () => expect(repeated(SLOWER)).toMatchBaseline())
})

test('a slowdown within the tolerance passes; one that could be more passes and is marked', ({
  task,
}) => {
  write(task)
  const slightly = BEFORE.map((each) => each * 1.05)
  const perhaps = BEFORE.map((each) => each * 1.1)
  session(task, {}, () => expect(repeated(slightly)).toMatchBaseline())
  const { verdicts } = session(task, {}, () => expect(repeated(perhaps)).toMatchBaseline())
  expect(verdicts[0]).toMatchObject({ status: 'pass', proof: { status: 'inconclusive' } })
  expect(said(task, {}, repeated(perhaps), { onInconclusive: 'fail' } as never))
    .toMatchInlineSnapshot(`
      "expect(run).toMatchBaseline()

      p50 latency of all requests: +10 % [+7.82 %, +12.2 %], at most 10 % is tolerated
        5 runs: 110 ms (108 ms … 112 ms); baseline of 5 runs: 100 ms (98 ms … 102 ms)
        not proven to be within the tolerance at 95 %
      p95 latency of all requests: +10 % [+7.82 %, +12.2 %], at most 10 % is tolerated
        5 runs: 110 ms (108 ms … 112 ms); baseline of 5 runs: 100 ms (98 ms … 102 ms)
        not proven to be within the tolerance at 95 %
      accept it with vitest -u
      baseline "chat 1" in __perf__/chat.perf.ts.json"
    `)
  expect(said(task, {}, repeated(slightly), { tolerance: '1%' } as never)).toContain('+5 %')
})

describe('what cannot be judged is reported, and fails when it must be judged', () => {
  const cases: readonly (readonly [string, World, () => LoadRun])[] = [
    ['too few runs', {}, () => repeated([130])],
    ['another machine', { machine: 'linux, laptop, Node 24' }, () => repeated(SLOWER)],
    [
      'a load that was stopped',
      {},
      () =>
        repeated(SLOWER).repeats.map((run) =>
          toLoadRun({ ...run, ending: 'stopped' }),
        )[0] as LoadRun,
    ],
    [
      'a load that the environment made smaller',
      {},
      () =>
        toLoadRun({
          ...repeated([1], { duration: 1_000 }),
          source: 'profile smoke, PERF_SCALE 10 %',
        }),
    ],
  ]
  test.for(cases)('%s', ([, world, make], { task }) => {
    write(task)
    const { verdicts, finished } = session(task, world, () => expect(make()).toMatchBaseline())
    expect(finished).toMatchObject({ matched: 1, added: 0, updated: 0 })
    expect([...new Set(verdicts.map(({ status, note }) => `${status}: ${note}`))]).toMatchSnapshot(
      'told',
    )
    expect(said(task, world, make(), { requireJudged: true } as never)).toMatchSnapshot('judged')
  })

  test('-u accepts them, whatever must be judged', ({ task }) => {
    write(task)
    const other = { machine: 'linux, laptop, Node 24', mode: 'all' } as const
    const run = repeated([130])
    session(task, other, () => expect(run).toMatchBaseline({ requireJudged: true }))
    session(task, { mode: 'all' }, () => expect(run).toMatchBaseline({ requireJudged: true }))
    const { verdicts } = session(task, other, () => expect(run).toMatchBaseline())
    expect(verdicts[0]?.baseline).toMatchObject({ state: 'not judged', runs: [1, 1] })
  })
})

test('another load is another baseline: it fails until it is accepted', ({ task }) => {
  write(task)
  const longer = repeated(BEFORE, { duration: 20_000 })
  expect(said(task, {}, longer)).toMatchInlineSnapshot(`
    "expect(run).toMatchBaseline()

    the baseline is of another load: duration 10 s → 20 s
    accept this run with vitest -u
    baseline "chat 1" in __perf__/chat.perf.ts.json"
  `)
  const { finished } = session(task, { mode: 'all' }, () => expect(longer).toMatchBaseline())
  expect(finished).toMatchObject({ updated: 1 })
})

test('in a CI nothing is written: without a baseline it fails', ({ task }) => {
  expect(said(task, { mode: 'none' }, repeated(BEFORE))).toMatchInlineSnapshot(`
    "expect(run).toMatchBaseline()

    there is no baseline, and a CI run writes none
    write it with vitest -u
    baseline "chat 1" in __perf__/chat.perf.ts.json"
  `)
})

test('several of one test have names or numbers, in any order', ({ task }) => {
  const { path } = session(task, {}, () => {
    const run = repeated(BEFORE)
    expect(run).toMatchBaseline()
    expect(run).toMatchBaseline()
    expect(run).toMatchBaseline('at noon', { tolerance: '5%' })
  })
  const { baselines } = JSON.parse(readFileSync(path, 'utf8')) as { baselines: object }
  expect(Object.keys(baselines)).toEqual(['chat > at noon 1', 'chat 1', 'chat 2'])
})

describe('each request by itself', () => {
  const run = (chat: number, stream: number): LoadRun => {
    const runs = BEFORE.map((each) =>
      recordedRun([
        { name: 'chat', took: each * chat, times: 100 },
        { name: 'stream', took: each * stream, times: 100, tags: ['llm'] },
      ]),
    )
    return toLoadRun(runs[0] as LoadRun, runs)
  }
  const requests = ['chat', '#llm']

  test('the one that is slower is told among those that are not', ({ task }) => {
    session(task, {}, () => expect(run(1, 1)).toMatchBaseline({ requests, metrics: ['p95'] }))
    expect(said(task, {}, run(1, 1.3), { requests, metrics: ['p95'] } as never))
      .toMatchInlineSnapshot(`
        "expect(run).toMatchBaseline()

        p95 latency of stream: +30 % [+27.4 %, +32.6 %], at most 10 % is tolerated
          5 runs: 130 ms (127 ms … 133 ms); baseline of 5 runs: 100 ms (98 ms … 102 ms)
          p = 0.00794, corrected for 2 comparisons
        accept it with vitest -u
        baseline "chat 1" in __perf__/chat.perf.ts.json"
      `)
  })

  test('one that did not occur is reported, one that never did is a mistake', ({ task }) => {
    session(task, {}, () => expect(run(1, 1)).toMatchBaseline({ requests: ['*'] }))
    const { verdicts } = session(task, {}, () =>
      expect(repeated(BEFORE)).toMatchBaseline({ requests: ['*'] }),
    )
    expect(
      verdicts.flatMap(({ subject, note }) => (note === undefined ? [] : [`${subject}: ${note}`])),
    ).toMatchInlineSnapshot(`
      [
        "p50 latency of stream: not judged: not measured in this run",
        "p95 latency of stream: not judged: not measured in this run",
      ]
    `)
    expect(said(task, {}, run(1, 1), { requests: ['caht'] } as never)).toMatchInlineSnapshot(
      `"toMatchBaseline(…, options).requests: "caht" did not occur in this run; known: "chat", "stream"; did you mean "chat"?"`,
    )
  })
})

test('no baseline is made of a run that failed', ({ task }) => {
  const failing = recordedRun([{ times: 90 }, { times: 10, outcome: 'status' }])
  expect(said(task, {}, failing)).toMatchInlineSnapshot(
    `"no baseline is made of this run: p95 of all requests is not known in each of its runs, 10 requests failed, which makes it endless"`,
  )
  session(task, {}, () => expect(failing).toMatchBaseline({ metrics: ['p50'] }))
})

test('a service whose answers no longer come is worse than its baseline', ({ task }) => {
  write(task)
  const runs = BEFORE.map(() => recordedRun([{ times: 90 }, { times: 10, outcome: 'status' }]))
  expect(said(task, {}, toLoadRun(runs[0] as LoadRun, runs))).toMatchInlineSnapshot(`
    "expect(run).toMatchBaseline()

    p95 latency of all requests: endless, at most 10 % is tolerated
      5 runs: ∞ (∞ … ∞); baseline of 5 runs: 100 ms (98 ms … 102 ms)
      p = 0.00794, corrected for 2 comparisons
    accept it with vitest -u
    baseline "chat 1" in __perf__/chat.perf.ts.json"
  `)
})

test('what is wrongly asked', ({ task }) => {
  const run = repeated(BEFORE)
  const wrong = { tolerance: '200%', metrics: ['p59', 'errorRate'], requests: [], require: true }
  const messages = [
    () => expect(run).toMatchBaseline(wrong as never),
    () => expect(run).toMatchBaseline(5 as never),
    () => expect(run).not.toMatchBaseline(),
    () => expect(run.request('chat') as never).toMatchBaseline(),
    () => expect(Promise.resolve(run) as never).toMatchBaseline(),
  ].map(messageOf)
  expect([...messages, said(task, {}, repeated([]))]).toMatchInlineSnapshot(`
    [
      "toMatchBaseline(…, options) has 4 mistakes:
      - toMatchBaseline(…, options).require is not an option; known: "tolerance", "metrics", "requests", "requireJudged", "confidence", "onInconclusive"; did you mean "requireJudged"?
      - toMatchBaseline(…, options).tolerance must be a ratio from 0 to 1 or a string like '95%', got "200%"
      - toMatchBaseline(…, options).metrics has 2 mistakes:
        - toMatchBaseline(…, options).metrics[0]: p59 is no figure; known: "p50", "p75", "p90", "p95", "p99", "p999", "mean", "throughput", "tokensPerSecond"; did you mean "p50"?
        - toMatchBaseline(…, options).metrics[1]: errorRate has no baseline, which may be 0: give it a limit, expect(run).toMeet({ errorRate: … })
      - toMatchBaseline(…, options).requests must be a list of requests like ['chat', 'GET *', '#read'], got []",
      "toMatchBaseline(name) must be a name like 'at noon', or options, got 5",
      ".not.toMatchBaseline does not say what is to differ: compare the figures by hand",
      "toMatchBaseline takes a finished run: expect(run).toMatchBaseline(), got request "chat"",
      "toMatchBaseline got a promise. Await it first: \`const run = await load(…)\`, or \`await expect(promise).resolves.toMatchBaseline(…)\`",
      "no baseline is made of this run: p50 of all iterations is not known in each of its runs, it was not measured",
    ]
  `)
})

test('outside the perf project nobody would write it', () => {
  expect(messageOf(() => expect(repeated(BEFORE)).toMatchBaseline())).toMatchInlineSnapshot(
    `"toMatchBaseline() works inside a test of the perf project, where the plugin keeps the baselines of its file"`,
  )
})
