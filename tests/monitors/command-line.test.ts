import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, onTestFinished, test } from 'vitest'
import { realClock } from '../../src/clock/clock.ts'
import { soleRoot } from '../../src/monitors/command-line.ts'
import { startMonitor } from '../../src/monitors/monitor.ts'
import { sourceOf } from '../../src/monitors/target.ts'
import { UsageError } from '../../src/errors/usage-error.ts'
import { until } from '../support/service-processes.ts'

/** A process that has this word in its command line, and on demand one under a shell. */
async function startNamed(word: string, shell = false): Promise<number> {
  const code = `setInterval(() => {}, 1000); console.log('up')`
  const child = shell
    ? spawn(`"${process.execPath}" -e "${code}" ${word}; true`, { shell, detached: true })
    : spawn(process.execPath, ['-e', code, word], { detached: true })
  const pid = child.pid ?? 0
  onTestFinished(() => {
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      // The test ended it.
    }
  })
  await once(child.stdout, 'data')
  return pid
}

const word = (): string => `subject-${Math.random().toString(36).slice(2)}`

describe('a process by its command line', () => {
  test.each([
    ['a text', (name: string) => name],
    ['an expression', (name: string) => new RegExp(`node.* ${name}$`)],
  ])('%s', async (_, patternOf) => {
    const name = word()
    const pid = await startNamed(name)
    const source = await sourceOf({ command: patternOf(name) }, realClock)
    expect(source).toMatchObject({ pid, label: `process ${pid}` })
  })

  test('under a shell whose command line has it, too, it is the shell with all it started', async () => {
    const name = word()
    const pid = await startNamed(name, true)
    expect((await sourceOf({ command: name }, realClock)).pid).toBe(pid)
  })

  test('when it has ended, the next one of this command line is watched', async () => {
    const name = word()
    const first = await startNamed(name)
    const source = await sourceOf({ command: name }, realClock)
    await using monitor = startMonitor(source, { interval: '50ms' })
    await until(() => monitor.memory.samples > 0)
    process.kill(first, 'SIGKILL')
    await until(() => monitor.memory.ended !== undefined)
    const second = await startNamed(name)
    await until(() => monitor.pid === second)
    expect(monitor.memory).toMatchObject({ restarts: [{ pid: second }] })
    expect(monitor.memory.ended).toBeUndefined()
  })

  test('none', async () => {
    await expect(sourceOf({ command: 'there is no such' }, realClock)).rejects.toThrow(
      'monitor: no process has a command line like "there is no such"',
    )
  })

  test('several that have nothing to do with each other are named', async () => {
    const name = word()
    const pids = [await startNamed(name), await startNamed(name)].toSorted((a, b) => a - b)
    const error: unknown = await sourceOf({ command: name }, realClock).catch((each) => each)
    const [first, second] = pids.map((pid) => `${pid} (${process.execPath.slice(0, 20)}`)
    expect(String(error)).toContain(`monitor: several processes match "${name}": ${first}`)
    expect(String(error)).toContain(`, ${second}`)
    expect(String(error)).toContain('. Match one of them, or give its pid')
  })

  test.each([[''], [5], [undefined]])('%j is refused', async (command) => {
    await expect(sourceOf({ command: command as string }, realClock)).rejects.toThrow(
      'monitor.command must be a text or a regular expression',
    )
  })
})

describe('which one of several is the one above all others', () => {
  const tree = [
    [1, 0],
    [10, 1],
    [11, 10],
    [12, 11],
    [20, 1],
  ].map(([pid = 0, parent = 0]) => ({ pid, parent, group: 0, session: 0, zombie: false }))
  const rootOf = (pids: readonly number[]): number | string | undefined => {
    try {
      return soleRoot(pids, tree, (roots) => UsageError.saying('', roots.join(' and ')))
    } catch (error) {
      return String(error)
    }
  }

  test.each([
    [[], undefined],
    [[12], 12],
    [[11, 10], 10],
    [[12, 10], 10],
    [[20, 12, 11], 'UsageError: 11 and 20'],
  ])('of %j: %s', (pids, expected) => expect(rootOf(pids)).toBe(expected))
})
