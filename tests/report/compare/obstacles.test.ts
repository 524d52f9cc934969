import { describe, expect, test } from 'vitest'
import type { LoadShape } from '../../../src/load/load-shape.ts'
import type { RunData } from '../../../src/load/load-run.ts'
import type { RunFile } from '../../../src/run-file/run-file.ts'
import { compared } from '../../support/compared-runs.ts'
import { generator } from '../../support/recorded.ts'

const SMALL = [{ name: 'GET /', perSecond: 50, p50: 10 }]
const shape: LoadShape = {
  model: 'closed',
  users: 100,
  rampUp: 5_000,
  warmUp: 0,
  duration: 30_000,
  iterations: undefined,
}
const open: LoadShape = {
  model: 'open',
  users: 500,
  stretches: [{ from: 200, to: 200, duration: 30_000 }],
  arrivals: 'even',
  duration: 30_000,
  rampUp: 0,
  warmUp: 0,
}
const machine = { platform: 'linux', arch: 'x64', cpus: 8, cpu: 'Ryzen 9', memory: 32e9 }
const target = { baseUrl: 'http://127.0.0.1:8080' }
const before = { shape, machine, target }

type Given = Partial<Pick<RunData, 'shape' | 'generator' | 'ending'>> &
  Partial<Pick<RunFile, 'machine' | 'target' | 'versions'>> & { readonly file?: Partial<RunFile> }

function between(base: Given, head: Given, anyway = false) {
  const side = ({ file, machine: of, target: to, versions, ...over }: Given) => ({
    endpoints: SMALL,
    seed: 1,
    seconds: 10,
    with: over,
    file: {
      ...(of && { machine: of }),
      ...(to && { target: to }),
      ...(versions && { versions }),
      ...file,
    },
  })
  const comparison = compared([side(base), side(head)], { anyway })
  const all = [...comparison.obstacles, ...comparison.loads.flatMap((load) => load.obstacles)]
  return {
    verdict: comparison.verdict,
    obstacles: all.map(({ blocks, text }) => `${blocks ? '✗' : '!'} ${text}`),
  }
}

describe('another load, or another machine, is not comparable', () => {
  test.each<[string, Given, Given, string]>([
    ['users', before, { ...before, shape: { ...shape, users: 200 } }, '✗ users: 100, then 200'],
    ['the model', before, { ...before, shape: open }, '✗ model: closed, then open'],
    [
      'the rate',
      { ...before, shape: open },
      { ...before, shape: { ...open, stretches: [{ from: 200, to: 300, duration: 30_000 }] } },
      '✗ stages: 200/s, even, then 200/s→300/s, even',
    ],
    [
      'stages',
      { ...before, shape: { ...shape, stages: [{ from: 0, to: 50, duration: 5_000 }] } },
      { ...before, shape: { ...shape, stages: [{ from: 0, to: 90, duration: 5_000 }] } },
      '✗ stages: 0→50 in 5 s, then 0→90 in 5 s',
    ],
    [
      'what is judged',
      before,
      { ...before, shape: { ...shape, judge: 'all' } },
      '✗ judged: steady, then all',
    ],
    ['cores', before, { ...before, machine: { ...machine, cpus: 2 } }, '✗ CPUs: 8, then 2'],
    [
      'the CPU',
      before,
      { ...before, machine: { ...machine, cpu: 'Xeon' } },
      '✗ CPU: Ryzen 9, then Xeon',
    ],
    [
      'the platform',
      before,
      { ...before, machine: { ...machine, arch: 'arm64' } },
      '✗ platform: linux x64, then linux arm64',
    ],
  ])('%s', (_, base, head, text) => {
    expect(between(base, head)).toEqual({ verdict: 'not comparable', obstacles: [text] })
    expect(between(base, head, true)).toEqual({ verdict: 'within noise', obstacles: [text] })
  })
})

describe('is to be kept in mind, and compared all the same', () => {
  test.each<[string, Given, Given, string]>([
    [
      'a longer load',
      before,
      { ...before, shape: { ...shape, duration: 60_000 } },
      '! duration: 30 s, then 60 s',
    ],
    [
      'another warm-up',
      before,
      { ...before, shape: { ...shape, warmUp: 2_000 } },
      '! warm-up: 0 ms, then 2 s',
    ],
    [
      'memory',
      before,
      { ...before, machine: { ...machine, memory: 64e9 } },
      '! memory: 32 GB, then 64 GB',
    ],
    [
      'versions',
      { ...before, versions: { node: '22.19.0', vitest: '5.1.1' } },
      { ...before, versions: { node: '24.1.0', vitest: '5.1.1' } },
      '! Node: 22.19.0, then 24.1.0',
    ],
    [
      'the target',
      before,
      { ...before, target: { baseUrl: 'https://staging.shop' } },
      '! base URL: http://this machine/, then https://staging.shop/',
    ],
    [
      'a saturated generator',
      before,
      { ...before, generator: generator({ saturated: true, reasons: ['event loop busy 97 %'] }) },
      '! the generator of the last run was saturated: event loop busy 97 %',
    ],
    [
      'a load that was cut short',
      before,
      { ...before, ending: 'aborted' },
      '! the load of the last run was aborted',
    ],
    [
      'a partial run',
      { ...before, file: { ending: 'partial' } },
      before,
      '! the first run is partial: it has figures of what ran',
    ],
  ])('%s', (_, base, head, text) => {
    expect(between(base, head)).toEqual({ verdict: 'within noise', obstacles: [text] })
  })
})

test('another port of this machine is the same target, and a few bytes less memory the same machine', () => {
  const head = {
    ...before,
    target: { baseUrl: 'http://127.0.0.1:9999' },
    machine: { ...machine, memory: 31.4e9 },
  }
  expect(between(before, head)).toEqual({ verdict: 'within noise', obstacles: [] })
})

test('what an older file does not say is no difference', () => {
  const older = { ...before, machine: { platform: 'linux', arch: 'x64', cpus: 8 } }
  expect(between(older, before).obstacles).toEqual([])
})
