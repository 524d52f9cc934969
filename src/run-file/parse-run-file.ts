import { UsageError } from '../errors/usage-error.ts'
import { FORMAT, VERSION, type RunFile } from './run-file.ts'
import { firstMistake } from './schema/first-mistake.ts'
import { runFileSchema } from './schema/file.ts'
import { upgraded } from './upgrade.ts'

/**
 * The run that a file's text holds, in the version of today. `path` is for the message.
 * @throws UsageError when it is no run file, is cut off or damaged, or was written by a newer version
 */
export function parseRunFile(text: string, path = 'the run file'): RunFile {
  const found = parse(text, path)
  if (!isObject(found) || found.format !== FORMAT) throw notOne(path)
  const { version } = found
  if (typeof version === 'number' && version > VERSION) {
    const message = `${path} was written by a newer vitest-perf (version ${version} of the file, this one reads ${VERSION}): update vitest-perf`
    throw UsageError.saying(path, message, version)
  }
  const file = upgraded(found)
  const { error } = runFileSchema.safeParse(file)
  // Fields that the schema does not know stay as they are.
  if (error === undefined) return file as object as RunFile
  throw UsageError.saying(
    path,
    `${path} is a damaged run file: ${firstMistake(error, file)}. ${REMEDY}`,
  )
}

const REMEDY = 'Run the tests again'

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    if (!new RegExp(`^\\s*\\{\\s*"format":\\s*"${FORMAT}"`).test(text)) throw notOne(path)
    const message = `${path} is cut off after ${text.length} characters: it was copied or stored incompletely. ${REMEDY}`
    throw UsageError.saying(path, message)
  }
}

function notOne(path: string): UsageError {
  const message = `${path} is not a run file of vitest-perf. They are written to .vitest/perf/*.json`
  return UsageError.saying(path, message)
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
