import { UsageError } from '../errors/usage-error.ts'
import { FORMAT, VERSION, type RunFile } from './run-file.ts'

/**
 * The run that a file's text holds. `path` is for the message.
 * @throws UsageError when it is no run file, is cut off, or was written by a newer version
 */
export function parseRunFile(text: string, path = 'the run file'): RunFile {
  const found = parse(text, path)
  if (!isObject(found) || found.format !== FORMAT) throw notOne(path)
  const { version } = found
  if (typeof version === 'number' && version > VERSION) {
    const message = `${path} was written by a newer vitest-perf (version ${version} of the file, this one reads ${VERSION}): update vitest-perf`
    throw UsageError.saying(path, message, version)
  }
  const missing = firstMissing(found)
  if (missing === undefined) return found as object as RunFile
  throw UsageError.saying(path, `${path} is a damaged run file: ${missing}. Run the tests again`)
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    if (!new RegExp(`^\\s*\\{\\s*"format":\\s*"${FORMAT}"`).test(text)) throw notOne(path)
    const message = `${path} is cut off after ${text.length} characters: it was copied or stored incompletely. Run the tests again`
    throw UsageError.saying(path, message)
  }
}

function notOne(path: string): UsageError {
  const message = `${path} is not a run file of vitest-perf. They are written to .vitest/perf/*.json`
  return UsageError.saying(path, message)
}

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a report could not do without, and does not find. */
function firstMissing(file: Fields): string | undefined {
  if (file.version !== VERSION) return `its version is ${JSON.stringify(file.version)}`
  const head = ['id', 'startedAt', 'ending'].find((name) => typeof file[name] !== 'string')
  if (head !== undefined) return `it has no ${head}`
  if (!Array.isArray(file.tests)) return 'it has no tests'
  const at = file.tests.findIndex((test) => !isTest(test))
  return at < 0 ? undefined : `test ${at + 1} of ${file.tests.length} is incomplete`
}

function isTest(test: unknown): boolean {
  if (!isObject(test) || !isObject(test.record)) return false
  const { file, name, state, errors, record } = test
  const texts = [file, name, state].every((each) => typeof each === 'string')
  return texts && Array.isArray(errors) && areRuns(record.runs) && areObjects(record.verdicts)
}

const areObjects = (value: unknown): value is Fields[] =>
  Array.isArray(value) && value.every(isObject)

const areRuns = (value: unknown): boolean =>
  areObjects(value) &&
  value.every(
    ({ shape, whole, iterations, requests, errors, metrics, phases, timeline }) =>
      [shape, whole, iterations].every(isObject) &&
      [requests, errors, metrics, phases, timeline].every(areObjects),
  )
