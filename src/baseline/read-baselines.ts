import { UsageError } from '../errors/usage-error.ts'
import { FORMAT, VERSION, type Baselines } from './baseline-record.ts'

/**
 * The baselines that a file's text holds. `path` is for the message.
 * @throws UsageError when it is no file of baselines, is damaged, or was written by a newer version
 */
export function readBaselines(text: string, path: string): Baselines {
  const found = parse(text, path)
  if (!isObject(found) || found.format !== FORMAT) throw refused(path, 'is no file of baselines')
  const { version, baselines } = found
  if (typeof version === 'number' && version > VERSION) {
    const message = `was written by a newer vitest-perf (version ${version} of the file, this one reads ${VERSION})`
    throw refused(path, message, 'update vitest-perf')
  }
  const wrong = firstWrong(version, baselines)
  if (wrong !== undefined) throw refused(path, `is damaged: ${wrong}`)
  return baselines as Baselines
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    if (/^<{7} /m.test(text)) throw refused(path, 'has conflicts of a merge in it', RESOLVE)
    if (text.includes(`"format": "${FORMAT}"`)) {
      throw refused(path, 'is damaged: it is no whole JSON')
    }
    throw refused(path, 'is no file of baselines')
  }
}

const RESOLVE = 'keep the lines of one side'
const RESTORE = 'restore it from version control'

function refused(path: string, problem: string, remedy = RESTORE): UsageError {
  const message = `${path} ${problem}: ${remedy}, or run vitest -u, which begins a new one and keeps this one beside it`
  return UsageError.saying(path, message)
}

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a comparison could not do without, and does not find. */
function firstWrong(version: unknown, baselines: unknown): string | undefined {
  if (version !== VERSION) return `its version is ${JSON.stringify(version)}`
  if (!isObject(baselines)) return 'it has no baselines'
  for (const [key, baseline] of Object.entries(baselines)) {
    if (!isObject(baseline) || !Object.values(baseline).every(isMachineBaseline)) {
      return `the baseline ${JSON.stringify(key)} is incomplete`
    }
  }
  return undefined
}

const isMachineBaseline = (value: unknown): boolean =>
  isObject(value) &&
  isObject(value.load) &&
  Array.isArray(value.runs) &&
  value.runs.length > 0 &&
  value.runs.every(isRun)

const isRun = (value: unknown): boolean =>
  isObject(value) &&
  typeof value.at === 'string' &&
  isObject(value.operations) &&
  Object.values(value.operations).every((each) => isObject(each) && isTimes(each.times))

const isTimes = (value: unknown): boolean => isObject(value) && Object.values(value).every(isObject)
