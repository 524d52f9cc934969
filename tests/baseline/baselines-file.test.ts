import { describe, expect, test } from 'vitest'
import { renderBaselines, type Baselines } from '../../src/baseline/baseline-record.ts'
import { readBaselines } from '../../src/baseline/read-baselines.ts'
import { messageOf } from '../support/message-of.ts'
import { machineBaseline } from './made-runs.ts'

const baselines: Baselines = {
  'chat > 10 users 10': { linux: machineBaseline(100) },
  'chat > 10 users 2': { linux: machineBaseline(100, 101), darwin: machineBaseline(80) },
}
const PATH = 'tests/__perf__/chat.perf.ts.json'

test('the file: in order, a run on a line', () => {
  expect(renderBaselines(baselines)).toMatchSnapshot()
})

test('is read as it was written, and written as it was read', () => {
  const text = renderBaselines(baselines)
  expect(readBaselines(text, PATH)).toEqual(JSON.parse(JSON.stringify(baselines)))
  expect(renderBaselines(readBaselines(text, PATH))).toBe(text)
})

test('the order in which they came does not matter', () => {
  const turned = Object.fromEntries(Object.entries(baselines).toReversed())
  expect(renderBaselines(turned)).toBe(renderBaselines(baselines))
})

test('five runs of three endpoints are a few kilobytes', () => {
  const [chat] = machineBaseline(100).runs
  const operations = {
    a: chat?.operations.chat,
    b: chat?.operations.chat,
    c: chat?.operations.chat,
  }
  const five = Array.from({ length: 5 }, () => ({ ...chat, operations })) as never
  const text = renderBaselines({ 'a 1': { linux: { ...machineBaseline(1), runs: five } } })
  expect(text.length).toBeLessThan(5_000)
})

describe('what is no whole file of baselines loses nothing', () => {
  const text = renderBaselines(baselines)
  test.each([
    ['cut off', text.slice(0, -40)],
    ['conflicts of a merge', text.replace('  "version"', '<<<<<<< HEAD\n  "version"')],
    ['another file', '{ "name": "app" }'],
    ['no JSON', 'exports[`chat 1`] = `3`'],
    ['a newer one', text.replace('"version": 1', '"version": 7')],
    ['another version', text.replace('"version": 1', '"version": "one"')],
    ['without baselines', text.replace('"baselines"', '"others"')],
    ['an entry without runs', text.replaceAll('"runs"', '"walks"')],
  ])('%s', (_, wrong) => {
    expect(messageOf(() => readBaselines(wrong, PATH))).toMatchSnapshot()
  })
})
