import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { processTable } from '../../src/service/process-table.ts'

/**
 * A port that nothing listens on. From below the range that systems hand out by themselves: there, a
 * connection of some other test may take it before the service does.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const port = 10_000 + Math.floor(Math.random() * 20_000)
    if (await isFree(port)) return port
  }
  throw new Error('no port is free')
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  const listens = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true))
  })
  if (listens) await new Promise((resolve) => server.close(resolve))
  return listens
}

/** The command that runs a script of this folder. */
export function scriptCommand(name: string): string {
  return `"${process.execPath}" "${join(import.meta.dirname, name)}"`
}

/** The command that runs a line of code. */
export function codeCommand(code: string): string {
  return `"${process.execPath}" -e "${code}"`
}

/** Whether any process has this pid, one that ended and was not collected left aside. */
export async function isGone(pid: number): Promise<boolean> {
  return !(await processTable()).some((row) => row.pid === pid && !row.zombie)
}

/** Asks again and again until it holds, for a minute: a machine may be busy with other tests. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 2_400; tries += 1) {
    if (await holds()) return
    await delay(25)
  }
  throw new Error('it never held')
}
