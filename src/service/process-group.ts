import { execFile } from 'node:child_process'
import { realClock } from '../clock/clock.ts'
import { sleep } from '../clock/sleep.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Ms } from '../units/units.ts'
import { linuxTable, processTable } from './process-table.ts'
import type { ProcessRow } from './process-table.ts'
import { withDescendants } from './process-tree.ts'

/** How long the kernel is given to clear away what was killed. */
const AFTER_KILL: Ms = 2_000

/**
 * Everything that a command started: the process group that it leads, its session, and descendants
 * that left both. Zombies do not count: in a container nobody may ever collect them.
 */
export class ProcessGroup {
  readonly leader: number
  readonly #seen = new Set<number>()

  constructor(leader: number) {
    this.leader = leader
  }

  /** The pids that are alive. Whoever was seen is remembered, also when its parent has gone. */
  async alive(): Promise<readonly number[]> {
    return (await this.#members()).map(({ pid }) => pid)
  }

  /** To all of them. A stopped process wakes up to hear that it shall end. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    if (process.platform === 'win32') return endWindowsTree(this.leader, signal)
    const members = await this.#members()
    this.#send(signal, members)
    if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') this.#send('SIGCONT', members)
  }

  /** The pids that are still alive after `within`: empty as soon as all have ended. */
  async left(within: Ms): Promise<readonly number[]> {
    const deadline = realClock.now() + within
    for (let wait = 5; ; wait = Math.min(wait * 1.5, 100)) {
      const left = await this.alive()
      const remaining = deadline - realClock.now()
      if (left.length === 0 || remaining <= 0) return left
      await sleep(realClock, Math.min(wait, remaining))
    }
  }

  /** SIGTERM, `grace` to obey it, SIGKILL. Gives the pids that not even that could end. */
  async end(grace: Ms): Promise<readonly number[]> {
    await this.signal('SIGTERM')
    if ((await this.left(grace)).length === 0) return []
    await this.signal('SIGKILL')
    return this.left(AFTER_KILL)
  }

  /** SIGKILL without a wait, for a process that is itself about to exit. */
  killNow(): void {
    if (process.platform === 'linux') this.#send('SIGKILL', this.#membersOf(linuxTable()))
    else trySignal(process.platform === 'win32' ? this.leader : -this.leader, 'SIGKILL')
  }

  async #members(): Promise<readonly ProcessRow[]> {
    return process.platform === 'win32' ? [] : this.#membersOf(await processTable())
  }

  #membersOf(rows: readonly ProcessRow[]): readonly ProcessRow[] {
    const { leader } = this
    const belongs = ({ pid, group, session }: ProcessRow): boolean =>
      pid === leader || group === leader || session === leader || this.#seen.has(pid)
    const roots = rows.filter(belongs).map(({ pid }) => pid)
    const family = new Set(withDescendants(rows, roots))
    const members = rows.filter(({ pid, zombie }) => !zombie && family.has(pid))
    // Only the last look counts: the pid of one that has gone may be given to a stranger.
    this.#seen.clear()
    for (const { pid } of members) this.#seen.add(pid)
    return members
  }

  /** The group at one stroke, so that none forks away; then those who left it. Never twice. */
  #send(signal: NodeJS.Signals, members: readonly ProcessRow[]): void {
    if (members.some(({ group }) => group === this.leader)) trySignal(-this.leader, signal)
    for (const { pid, group } of members) if (group !== this.leader) trySignal(pid, signal)
  }
}

function trySignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended already, or runs as somebody else: then it is still alive, which `left` tells.
  }
}

function endWindowsTree(pid: number, signal: NodeJS.Signals): Promise<void> {
  if (signal === 'SIGSTOP' || signal === 'SIGCONT') {
    const why = 'processes cannot be halted there'
    throw UsageError.saying('server.pause', `server.pause() does not exist on Windows: ${why}`)
  }
  return new Promise((resolve) => {
    execFile('taskkill', ['/pid', String(pid), '/T', '/F'], () => resolve())
  })
}
