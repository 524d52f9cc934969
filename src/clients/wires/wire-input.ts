import { knownNames } from '../../errors/nearest.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { byParsing, type ParsedWire } from './parse-wire.ts'
import { byPaths, type TokenPaths } from './paths.ts'
import { PRESETS, type WireName } from './presets.ts'
import type { Wire } from './wire.ts'

/** A wire by name, or by the paths to its tokens; serialisable, so it may stand in a config. */
export type WireInput =
  | WireName
  | ({ readonly framing: 'sse'; readonly lenient?: boolean | undefined } & TokenPaths)
  | ({ readonly framing: 'ndjson' } & TokenPaths)
  | { readonly framing: 'text' }

const PATHS = ['token', 'reasoning', 'tool', 'done', 'usage', 'error'] as const
const FLAGS: readonly string[] = ['cumulative', 'lenient']

/** The options of each framing. */
const OPTIONS = {
  sse: ['framing', ...PATHS, ...FLAGS],
  ndjson: ['framing', ...PATHS, 'cumulative'],
  text: ['framing'],
} as const

const EXPECTED = "a name or paths like { framing: 'sse', token: 'delta.text' }"

/**
 * The wire of one stream: some keep what came before.
 * @throws UsageError for an unknown wire or option, with the nearest known one
 */
export function toWire(input: WireInput | ParsedWire, path: string): Wire {
  if (typeof input === 'object' && input !== null) return fromObject(input, path)
  if (typeof input !== 'string') throw new UsageError(path, EXPECTED, input)
  const name: string = input
  if (isPreset(name)) return PRESETS[name]
  const message = `${path} ${JSON.stringify(name)} is not a wire; ${knownNames(name, Object.keys(PRESETS))}`
  throw UsageError.saying(path, message, name)
}

/** A wire that stands in a config, which reaches the tests as JSON. @throws UsageError for one in code */
export function checkSerialisable(input: unknown, path: string): void {
  if (typeof input === 'object' && input !== null && 'parse' in input) {
    const message = `${path}.parse is code, which a config cannot hand on to the tests: describe the session with defineSession(), and pass the wire to http.stream()`
    throw UsageError.saying(`${path}.parse`, message)
  }
  toWire(input as WireInput, path)
}

const isPreset = (name: string): name is WireName => Object.hasOwn(PRESETS, name)

function fromObject(input: Exclude<WireInput, string> | ParsedWire, path: string): Wire {
  if ('parse' in input) {
    checkParsed(input, path)
    return byParsing(input)
  }
  checkPaths(input, path)
  if (input.framing === 'text') return PRESETS.text
  return byPaths(input.framing, input, 'lenient' in input && input.lenient === true)
}

/** An option that nobody reads would leave raw JSON as tokens. */
function checkPaths(input: Exclude<WireInput, string>, path: string): void {
  checkFraming(input.framing, path)
  checkKeys(input, OPTIONS[input.framing], path)
  for (const [key, value] of Object.entries(input)) {
    if (value === undefined) continue
    const isFlag = FLAGS.includes(key)
    if (typeof value === (isFlag ? 'boolean' : 'string')) continue
    const expected = isFlag ? 'true or false' : "a path or a text like 'delta.text'"
    throw new UsageError(`${path}.${key}`, expected, value)
  }
}

function checkParsed({ framing, end, parse, ...rest }: ParsedWire, path: string): void {
  checkFraming(framing, path)
  checkKeys(rest, ['framing', 'end', 'lenient', 'parse'], path)
  if (typeof parse !== 'function') {
    throw new UsageError(`${path}.parse`, 'a function (frame, state) => signal', parse)
  }
  if (end !== undefined && end !== 'marker' && end !== 'close') {
    throw new UsageError(`${path}.end`, "'marker' or 'close'", end)
  }
}

function checkFraming(framing: unknown, path: string): void {
  if (typeof framing === 'string' && Object.hasOwn(OPTIONS, framing)) return
  const remedy =
    framing === 'ws'
      ? 'A socket is read by socket.stream(message, { token, done, error })'
      : undefined
  throw new UsageError(`${path}.framing`, "'sse', 'ndjson' or 'text'", framing, remedy)
}

function checkKeys(input: object, known: readonly string[], path: string): void {
  for (const [key, value] of Object.entries(input)) {
    if (known.includes(key)) continue
    const here = `${path}.${key}`
    throw UsageError.saying(here, `${here} is not an option; ${knownNames(key, known)}`, value)
  }
}
