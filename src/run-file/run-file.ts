import { stripVTControlCharacters } from 'node:util'
import type { TestRecord } from './test-record.ts'

/** The `format` of every run file. */
export const FORMAT = 'vitest-perf run'
/** The version that this package writes. */
export const VERSION = 1

type TestState = 'passed' | 'failed' | 'skipped' | 'running'

/** One test of an invocation. */
export interface TestEntry {
  /** From the root of the project, with forward slashes. */
  readonly file: string
  /** With the names of its groups: `chat › 100 users chat`. */
  readonly name: string
  /** The Vitest project. */
  readonly project: string
  readonly state: TestState
  readonly seconds: number
  /** The first line of each error. */
  readonly errors: readonly string[]
  readonly record: TestRecord
}

/** On what the tests ran. */
export interface RunFileHead {
  /** The file's name without `.json`; sorts by time. */
  readonly id: string
  /** ISO 8601, as all times here. */
  readonly startedAt: string
  /** Version of Vitest. */
  readonly vitest: string
  /** Version of Node. */
  readonly node: string
  /** `linux x64` */
  readonly platform: string
  readonly cpus: number
}

/** One invocation of Vitest: everything that a person reads is made from this file. */
export interface RunFile extends RunFileHead {
  readonly format: typeof FORMAT
  readonly version: typeof VERSION
  /** Missing while it runs, and for ever when the process was killed. */
  readonly finishedAt?: string
  readonly ending: 'complete' | 'interrupted' | 'running'
  readonly tests: readonly TestEntry[]
}

/** How an invocation ended. */
export interface RunFileEnd {
  readonly finishedAt: string
  readonly ending: 'complete' | 'interrupted'
}

/** The file of an invocation; without an end it is one that still runs. */
export const toRunFile = (
  head: RunFileHead,
  tests: readonly TestEntry[],
  end?: RunFileEnd,
): RunFile => ({
  format: FORMAT,
  version: VERSION,
  ...head,
  ...(end ?? { ending: 'running' }),
  tests,
})

/** `2026-01-31T09-05-07-k3x9`: sorts by time, and two started in one second differ. */
export function runFileId(startedAt: Date, random: () => number = Math.random): string {
  const second = startedAt.toISOString().slice(0, 19).replaceAll(':', '-')
  const letters = Array.from({ length: 4 }, () => Math.floor(random() * 36).toString(36))
  return `${second}-${letters.join('')}`
}

/** The first line of an error that says something, without colours, at most 300 characters long. */
export function firstLine(message: string): string {
  const lines = stripVTControlCharacters(message.slice(0, 2_000)).split(/\r?\n/)
  const line = lines.map((each) => each.trim()).find((each) => each !== '') ?? ''
  return line.length <= 300 ? line : `${line.slice(0, 299)}…`
}
