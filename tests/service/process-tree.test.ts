import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { parsePs, parseStat, processTable } from '../../src/service/process-table.ts'
import { processTree, treeOf } from '../../src/service/process-tree.ts'
import { until } from '../support/service-processes.ts'

describe('the table of processes', () => {
  test.each([
    ['a plain one', '42 (node) S 1 42 42 0 -1', [42, 1, 42, 42, false]],
    ['blanks and brackets in its name', '43 (a) b (c) R 42 41 40 0', [43, 42, 41, 40, false]],
    ['a zombie', '44 (sh) Z 42 42 42 0', [44, 42, 42, 42, true]],
  ])('from /proc: %s', (_, text, [pid, parent, group, session, zombie]) =>
    expect(parseStat(text)).toEqual({ pid, parent, group, session, zombie }),
  )

  test('nothing from /proc when the process ended while it was read', () =>
    expect(parseStat('')).toBeUndefined())

  test('from ps', () => {
    expect(parsePs('    1     0     1 Ss\n  312     1   312 S+\n 4711   312   312 Z\n')).toEqual([
      { pid: 1, parent: 0, group: 1, session: undefined, zombie: false },
      { pid: 312, parent: 1, group: 312, session: undefined, zombie: false },
      { pid: 4_711, parent: 312, group: 312, session: undefined, zombie: true },
    ])
  })

  test('this very process is in it', async () => {
    const self = (await processTable()).find(({ pid }) => pid === process.pid)
    expect(self).toMatchObject({ parent: process.ppid, zombie: false })
  })
})

describe('a tree from the table', () => {
  // 10 ─ 11 ─ 13     12 has ended and waits to be collected; 20 is a stranger
  //    └ 12
  const rows = parsePs('10 1 10 S\n11 10 10 S\n12 10 10 Z\n13 11 10 S\n20 1 20 S\n')
  test.each([
    [10, [10, 11, 13]],
    [11, [11, 13]],
    [13, [13]],
    [12, []],
    [99, []],
  ])('under %i: %j', (root, pids) => expect(treeOf(rows, root)).toEqual(pids))
})

test('a real tree has the child of a child, and is empty when all have ended', async () => {
  // The shell stays because something follows the sleep.
  const shell = spawn('sh', ['-c', 'sh -c "sleep 60; true"; true'], { detached: true })
  const pid = shell.pid ?? 0
  await until(async () => (await processTree(pid)).length === 3)
  const tree = await processTree(pid)
  expect(tree[0]).toBe(pid)
  expect(treeOf(await processTable(), pid)).toEqual(tree)
  expect(await processTree(process.pid)).toEqual(expect.arrayContaining([...tree]))
  process.kill(-pid, 'SIGKILL')
  await once(shell, 'exit')
  expect(await processTree(pid)).toEqual([])
})
