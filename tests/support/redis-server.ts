import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from './service-processes.ts'

/** A real Redis on a free port of loopback; leaving its block ends it. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string
  readonly port: number
  start(): Promise<void>
  /** At once, as a machine that is switched off. */
  kill(): Promise<void>
  /** Holds its connections open, and answers nothing. */
  freeze(): void
  thaw(): void
  /** `redis-cli …`, its output trimmed. */
  cli(...args: string[]): Promise<string>
}

export interface RedisOptions {
  /** Whether it has its data again after a restart. */
  readonly keeps?: boolean
  /** More of the command line, such as `--requirepass`. */
  readonly args?: (port: number) => readonly string[]
}

/** @throws when there is no `redis-server` (apt-get install redis-server) */
export async function redisServer({
  keeps = false,
  args,
}: RedisOptions = {}): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'))
  const port = await freePort()
  const running: { child?: ChildProcess } = {}
  const command = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '']
  const safe = keeps ? ['--appendonly', 'yes', '--appendfsync', 'always'] : []
  const kill = async (): Promise<void> => {
    const { child } = running
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  const server: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    port,
    start: async () => {
      running.child = spawn('redis-server', [...command, ...safe, ...(args?.(port) ?? [])])
      await ready(running.child)
    },
    kill,
    freeze: () => void running.child?.kill('SIGSTOP'),
    thaw: () => void running.child?.kill('SIGCONT'),
    cli: (...rest) => redisCli(port, rest),
    [Symbol.asyncDispose]: async () => {
      await kill()
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
  await server.start()
  return server
}

async function ready(child: ChildProcess): Promise<void> {
  const lines: string[] = []
  const failed = once(child, 'error').then(() => {
    throw new Error('there is no redis-server here: apt-get install redis-server')
  })
  failed.catch(() => undefined)
  if (child.stdout === null) return
  const read = async (): Promise<void> => {
    for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
      lines.push(line)
      if (line.includes('Ready to accept connections')) return
    }
    throw new Error(`redis-server ended:\n${lines.join('\n')}`)
  }
  await Promise.race([read(), failed])
  child.stdout.resume()
}

async function redisCli(port: number, args: readonly string[]): Promise<string> {
  const child = spawn('redis-cli', ['-p', String(port), ...args])
  const chunks: string[] = []
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk))
  await once(child, 'close')
  return chunks.join('').trim()
}
