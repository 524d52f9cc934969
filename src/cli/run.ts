import { join } from 'node:path'
import { UsageError } from '../errors/usage-error.ts'
import { readOverrides } from '../load/profile-overrides.ts'
import { outlineOf } from '../report/run-outline.ts'
import { listRuns, type RunEntry } from '../run-file/list-runs.ts'
import { readRunFile } from '../run-file/read-run-file.ts'
import type { RunFile } from '../run-file/run-file.ts'
import { command } from './command.ts'
import { findPackage } from './find-package.ts'
import { runProgram } from './run-program.ts'
import { resultsFolder } from './runs.ts'
import { note, sayJson } from './terminal.ts'

/** The flag, and the variable that it sets. */
const VARIABLES = {
  profile: 'PERF_PROFILE',
  users: 'PERF_USERS',
  'spawn-rate': 'PERF_SPAWN_RATE',
  duration: 'PERF_DURATION',
  scale: 'PERF_SCALE',
  timeout: 'PERF_TIMEOUT',
  seed: 'PERF_SEED',
  tags: 'PERF_TAGS',
  'base-url': 'PERF_BASE_URL',
  'ws-url': 'PERF_WS_URL',
  report: 'PERF_REPORT',
} as const

export const run = command({
  usage: 'run [file…] [-- vitest options]',
  about: 'Runs the perf tests, and no others: vitest run --project perf.',
  more: 'Profile, users, spawn rate, duration and scale act on loads that are written with profile(…), never on figures that a test states. The exit code is that of Vitest.',
  many: true,
  args: {
    file: { type: 'positional', required: false, description: 'only files whose path has this' },
    test: { type: 'string', valueHint: 'name', description: 'only tests whose name matches this' },
    profile: { type: 'string', valueHint: 'name', description: 'of every load with a profile' },
    users: { type: 'string', valueHint: 'n', description: 'in place of those of the profile' },
    'spawn-rate': { type: 'string', valueHint: 'n', description: 'users that start in a second' },
    duration: { type: 'string', valueHint: 'time', description: 'the judged time: 30s, 5m' },
    scale: { type: 'string', valueHint: 'factor', description: '0.1 for a tenth of the load' },
    timeout: { type: 'string', valueHint: 'time', description: 'the total time of a call' },
    seed: { type: 'string', valueHint: 'n', description: 'of random, where no load states one' },
    tags: { type: 'string', valueHint: 'filter', description: 'only tests with these tags' },
    'base-url': { type: 'string', valueHint: 'url', description: 'a service that runs already' },
    'ws-url': { type: 'string', valueHint: 'url', description: 'where its sockets connect' },
    report: {
      type: 'string',
      valueHint: 'file',
      description: 'the HTML report: reports/{profile}-{date}.html, or false for none',
    },
    debug: { type: 'boolean', description: 'show the first exchanges of each test' },
    json: { type: 'boolean', description: 'the result as JSON; what Vitest prints, on stderr' },
  },
  examples: [
    ['run', 'every perf test'],
    ['run chat --profile smoke', 'files with chat in their path, smaller'],
    ['run --users 200 --duration 10m', 'longer, with more users'],
    ["run --test '100 users' -- --bail 1", 'with an option of Vitest'],
  ],
  run: async ({ args, rawArgs }) => {
    const flags = Object.entries(VARIABLES).flatMap(([flag, variable]) => {
      const value: string | undefined = args[flag as keyof typeof VARIABLES]
      return value === undefined ? [] : [[variable, value] as const]
    })
    const env = { ...Object.fromEntries(flags), ...(args.debug && { PERF_DEBUG: '1' }) }
    checkOverrides(env)
    const script = vitestIn(process.cwd())
    const vitestArgs = ['run', '--project', 'perf', ...selected(args.test, args._, rawArgs)]
    const before = await newestRun()
    const code = await runProgram(script, vitestArgs, { env, aside: args.json === true })
    const newest = await newestRun()
    const file = newest?.id === before?.id ? undefined : await readable(newest)
    if (file !== undefined && flags.some(([variable]) => OF_PROFILES.includes(variable))) {
      tellUnused(file)
    }
    if (args.json === true) sayJson({ code, run: file && outlineOf(file) })
    return code
  },
})

const newestRun = async (): Promise<RunEntry | undefined> =>
  (await listRuns(resultsFolder(undefined)))[0]

/** Name and files, and then what is for Vitest as it stands. */
function selected(
  name: string | undefined,
  positionals: readonly string[],
  rawArgs: readonly string[],
): string[] {
  const end = rawArgs.indexOf('--')
  const after = end < 0 ? [] : rawArgs.slice(end + 1)
  const files = positionals.slice(0, positionals.length - after.length)
  return [...(name === undefined ? [] : ['-t', name]), ...files, ...after]
}

/** Before the service is started for nothing. @throws UsageError that names the flags */
function checkOverrides(env: Readonly<Record<string, string>>): void {
  try {
    readOverrides(env)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    const asFlags = Object.entries(VARIABLES).reduce(
      (text, [flag, variable]) => text.replaceAll(variable, `--${flag}`),
      error.message.replace(/^the environment has/, 'the command line has'),
    )
    throw UsageError.saying(error.path, asFlags, error.received)
  }
}

/** @throws UsageError when there is no Vitest */
function vitestIn(folder: string): string {
  const vitest = findPackage('vitest', folder)
  if (vitest !== undefined) return join(vitest.path, 'vitest.mjs')
  const message = 'Vitest is not installed here: npx vitest-perf init installs it'
  throw UsageError.saying('vitest', message)
}

/** What acts on a load with a profile only. */
const OF_PROFILES: readonly string[] = [
  VARIABLES.profile,
  VARIABLES.users,
  VARIABLES['spawn-rate'],
  VARIABLES.duration,
  VARIABLES.scale,
]

/** A flag that changed nothing would be believed to have. */
function tellUnused({ tests }: RunFile): void {
  const loads = tests.flatMap(({ record }) => record.runs)
  if (loads.length === 0 || loads.some(({ source }) => source !== undefined)) return
  note('! no load that ran is written with profile(…): its flags changed nothing')
}

/** Nothing when it cannot be read: how the tests ended matters more. */
const readable = (entry: RunEntry | undefined): Promise<RunFile | undefined> =>
  entry === undefined ? Promise.resolve(undefined) : readRunFile(entry.path).catch(() => undefined)
