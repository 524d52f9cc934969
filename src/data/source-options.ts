import { fileURLToPath } from 'node:url'
import { Mistakes } from '../errors/mistakes.ts'
import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { RowPick, WhenDry } from './data-source.ts'

/** Reads the options of a source one by one; all mistakes come in one error at the end. */
export class SourceOptions {
  readonly #options: Readonly<Record<string, unknown>>
  readonly #path: string
  readonly #mistakes = new Mistakes()

  /** @param own the options that only this kind of source has */
  constructor(options: object, path: string, own: readonly string[]) {
    this.#path = path
    this.#options = this.check(() => toObject(options, path), {})
    const known = ['pick', 'whenDry', ...own]
    for (const name of Object.keys(this.#options)) {
      if (known.includes(name)) continue
      const message = `${path}.${name} is not an option; ${knownNames(name, known)}`
      this.mistake(UsageError.saying(`${path}.${name}`, message))
    }
  }

  check<T>(parse: () => T, fallback: T): T {
    return this.#mistakes.check(parse, fallback)
  }

  mistake(error: UsageError): void {
    this.#mistakes.add(error)
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.#options[name] ?? fallback
    if (typeof value === 'boolean') return value
    this.mistake(new UsageError(`${this.#path}.${name}`, 'true or false', value))
    return fallback
  }

  columns(): readonly string[] | undefined {
    const { columns } = this.#options
    if (columns === undefined) return undefined
    return this.check(() => toColumns(columns, `${this.#path}.columns`), [])
  }

  delimiter(): string | undefined {
    const { delimiter } = this.#options
    if (delimiter === undefined) return undefined
    if (typeof delimiter === 'string' && /^[^"\r\n]+$/.test(delimiter)) return delimiter
    const expected = "what lies between two fields, like ';' or '\\t'"
    this.mistake(new UsageError(`${this.#path}.delimiter`, expected, delimiter))
    return undefined
  }

  /** The options that all sources have. @throws UsageError with every mistake that was found */
  done(): { readonly pick: RowPick; readonly whenDry: WhenDry } {
    const { pick = 'sequential', whenDry = 'fail' } = this.#options
    const path = this.#path
    this.check(() => oneOf(pick, ['sequential', 'random', 'unique'], `${path}.pick`), undefined)
    this.check(() => oneOf(whenDry, ['fail', 'wrap'], `${path}.whenDry`), undefined)
    if (this.#options.whenDry !== undefined && pick !== 'unique') {
      const message = `${path}.whenDry is for pick: 'unique'; rows that are picked otherwise never run dry`
      this.mistake(UsageError.saying(`${path}.whenDry`, message, whenDry))
    }
    this.#mistakes.throwAll(path)
    return { pick: pick as RowPick, whenDry: whenDry as WhenDry }
  }
}

/** The path of a file as it was given, or of a `file:` URL. @throws UsageError */
export function toFile(file: unknown, path: string): string {
  const text = hasHref(file) ? file.href : file
  if (typeof text !== 'string' || text.trim() === '') {
    throw new UsageError(path, 'the path of a file or a file: URL', file)
  }
  if (!/^[a-z][a-z\d+.-]+:\/\//i.test(text)) return text
  try {
    return fileURLToPath(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : undefined
    throw new UsageError(path, 'the path of a file or a file: URL', text, why)
  }
}

/** Not `instanceof`: a test may have the URL of another environment, such as jsdom. */
function hasHref(file: unknown): file is { readonly href: unknown } {
  return typeof file === 'object' && file !== null && 'href' in file
}

function toObject(options: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof options === 'object' && options !== null && !Array.isArray(options)) {
    return options as Readonly<Record<string, unknown>>
  }
  throw new UsageError(`${path} options`, "an object like { pick: 'unique' }", options)
}

function toColumns(columns: unknown, path: string): readonly string[] {
  const named = (each: unknown): boolean => typeof each === 'string' && each.trim() !== ''
  if (!Array.isArray(columns) || columns.length === 0 || !columns.every(named)) {
    throw new UsageError(path, "a list of names like ['user', 'token']", columns)
  }
  const names = columns as readonly string[]
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice === undefined) return Object.freeze([...names])
  throw new UsageError(path, `a list that names "${twice}" once`, columns)
}

function oneOf(value: unknown, choices: readonly string[], path: string): void {
  if (choices.some((choice) => choice === value)) return
  const quoted = choices.map((choice) => `'${choice}'`)
  throw new UsageError(path, `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`, value)
}
