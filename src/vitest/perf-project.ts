import { dirname, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject, Vitest } from 'vitest/node'
import { PROJECT } from './projects.ts'

/**
 * All stands still while garbage is collected, and a stream that waits then reads as a slow one:
 * `npm run bench ttft` shows it. Whoever says otherwise in `execArgv` wins.
 *
 * - Little room for what is young: a stream or a user lives for seconds, so that a collection copies all that
 *   came since the one before, and the less that is, the shorter it takes. Short requests leave
 *   hardly anything to copy, but pay for each collection: `npm run bench http ws` shows how much.
 * - Much room for what is old (four times what lives; V8 by itself gives it half as much again), so that it is
 *   collected every half minute under load, not every two seconds.
 * - No helpers: on a machine of few cores they take the core of the generator itself, or of the service, for
 *   50 ms and more at a time.
 */
export const GENERATOR_FLAGS = [
  '--min-semi-space-size=4',
  '--max-semi-space-size=4',
  '--heap-growing-percent=300',
  '--single-threaded-gc',
] as const

/** The module that runs `bench` in perf tests, as it lies beside this one. */
const BENCH_PROVIDER = fileURLToPath(new URL('bench-provider.js', import.meta.url))

/** Settings of the perf project that the command line or inheritance would otherwise override. */
export function holdSettings({ config }: TestProject, include: readonly string[]): void {
  // Globs of the root config are inherited by merging; perf tests are these and no others.
  config.include = [...include]
  config.includeSource = []
  config.pool = 'forks'
  config.execArgv = [...GENERATOR_FLAGS, ...config.execArgv]
  config.environment = 'node'
  config.isolate = true
  config.maxWorkers = 1
  config.maxConcurrency = 1
  config.sequence.concurrent = false
  config.retry = 0
  config.testTimeout = 0
  config.hookTimeout = 0
  config.typecheck = { ...config.typecheck, enabled: false }
  config.coverage = { ...config.coverage, enabled: false }
  config.benchmark.enabled = true
  config.benchmark.provider ??= BENCH_PROVIDER
}

/** This package, as Vitest writes paths. */
const OWN = `${dirname(import.meta.dirname).replaceAll('\\', '/')}/`

/** What is wrong where a load was asked for, not where that was found out. */
const OWN_MISTAKES = ['UsageError', 'RendezvousError']

/** A mistake is shown where it was made, not where this package found it. */
export function showMistakes({ config }: TestProject): void {
  const theirs = config.onStackTrace
  config.onStackTrace = (error, frame) =>
    OWN_MISTAKES.includes(error.name ?? '') && frame.file.startsWith(OWN)
      ? false
      : theirs?.(error, frame)
}

/**
 * Puts the perf project behind every other one. Vitest runs projects in the order of their groups, and
 * projects with one worker and no group of their own (all of them, on a small machine) after all
 * groups: those get the group before the last.
 */
export function runLast(vitest: Vitest): void {
  const orders = others(vitest).map(({ config }) => config.sequence.groupOrder)
  const highest = Math.max(0, ...orders)
  for (const { name, config } of vitest.projects) {
    const { sequence, isolate, maxWorkers } = config
    if (name === PROJECT) sequence.groupOrder = highest + 2
    else if (sequence.groupOrder === 0 && isolate && maxWorkers === 1) {
      sequence.groupOrder = highest + 1
    }
  }
}

/** Keeps the other projects, whose globs may match perf tests too, from running them a second time. */
export function excludeElsewhere(vitest: Vitest, include: readonly string[]): void {
  const from = vitest.config.dir ?? vitest.config.root
  for (const { config } of others(vitest)) {
    const patterns = include.map((each) => seenFrom(config.dir ?? config.root, each, from))
    config.exclude = [...config.exclude, ...patterns.filter((each) => each !== undefined)]
  }
}

const others = (vitest: Vitest): TestProject[] =>
  vitest.projects.filter(({ name }) => name !== PROJECT)

/** A glob that is written for one folder, for another one; `undefined` when it ends outside of it. */
function seenFrom(folder: string, pattern: string, from: string): string | undefined {
  if (pattern.startsWith('!')) return undefined
  if (folder === from || pattern.startsWith('**/')) return pattern
  const inside = `${relative(from, folder).replaceAll('\\', '/')}/`
  return pattern.startsWith(inside) ? pattern.slice(inside.length) : undefined
}
