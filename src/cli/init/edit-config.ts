import type { ASTNode } from 'magicast'
import { parseConfig, type ConfigSyntax, type ObjectNode } from './config-object.ts'

/** The plugin as an import brings it. */
const FROM = 'vitest-perf/plugin'
const CALL = 'perf()'

/**
 * The text of a Vitest or Vite configuration with `perf()` among its plugins; all else stays as it is
 * written. `undefined` when there is no telling where its plugins are.
 */
export function withPlugin(text: string): string | undefined {
  const syntax = parsed(text)
  const options = syntax?.options
  if (syntax === undefined || options === undefined) return undefined
  const lines = lineStarts(text)
  const at = (node: ASTNode): Span => spanOf(node, lines)
  const object = braces(text, at(syntax.place ?? options))
  if (object === undefined) return undefined
  const edits = [pluginEdit(text, options, { at, object }), importEdit(text, syntax, at)]
  return edits
    .toSorted((left, right) => right.from - left.from)
    .reduce((edited, { from, to, by }) => edited.slice(0, from) + by + edited.slice(to), text)
}

/** Whether a configuration has the plugin already. */
export const hasPlugin = (text: string): boolean => text.includes(FROM)

function parsed(text: string): ConfigSyntax | undefined {
  try {
    return parseConfig(text)
  } catch {
    return undefined
  }
}

/** Characters from `start` up to `end`. */
interface Span {
  readonly start: number
  readonly end: number
}

interface Edit {
  readonly from: number
  readonly to: number
  readonly by: string
}

type Locate = (node: ASTNode) => Span

const lineStarts = (text: string): number[] => [
  0,
  ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1),
]

function spanOf({ loc }: ASTNode, lines: readonly number[]): Span {
  const offset = (line = 0, column = 0): number => (lines[line - 1] ?? 0) + column
  return {
    start: offset(loc?.start.line, loc?.start.column),
    end: offset(loc?.end.line, loc?.end.column),
  }
}

/** From the first brace of an object to its last. */
function braces(text: string, { start, end }: Span): Span | undefined {
  const before = /^(?:export\s+default\s+)?(?=\{)/.exec(text.slice(start, end))?.[0]
  const after = text.lastIndexOf('}', end - 1) + 1
  return before === undefined || after <= start
    ? undefined
    : { start: start + before.length, end: after }
}

interface Places {
  readonly at: Locate
  /** Of the options. */
  readonly object: Span
}

function pluginEdit(text: string, options: ObjectNode, places: Places): Edit {
  const { at } = places
  const plugins = options.properties.find(
    (each) => each.type === 'ObjectProperty' && keyOf(each.key) === 'plugins',
  )
  if (plugins?.type !== 'ObjectProperty') return newProperty(text, options, places)
  const { start, end } = at(plugins.value)
  if (plugins.value.type !== 'ArrayExpression') {
    const key = plugins.shorthand ? 'plugins: ' : ''
    return { from: start, to: end, by: `${key}[${text.slice(start, end)}, ${CALL}]` }
  }
  const last = plugins.value.elements.findLast((each) => each !== null)
  if (last === undefined || last === null) return { from: start, to: end, by: `[${CALL}]` }
  const after = at(last).end
  const gap = /^(\s*)\S/.exec(text.slice(lineStart(text, at(last).start)))?.[1] ?? ''
  const ownLine = text.slice(lineStart(text, at(last).start), at(last).start).trim() === ''
  return { from: after, to: after, by: ownLine ? `,${eol(text)}${gap}${CALL}` : `, ${CALL}` }
}

const keyOf = (key: ASTNode): string => {
  if (key.type === 'Identifier') return key.name
  return key.type === 'StringLiteral' ? key.value : ''
}

/** Before the other properties, indented as they are. */
function newProperty(text: string, options: ObjectNode, { at, object }: Places): Edit {
  const from = object.start + 1
  const [first] = options.properties
  const property = `plugins: [${CALL}]`
  if (first === undefined) return { from, to: object.end - 1, by: ` ${property} ` }
  const between = text.slice(from, at(first).start)
  if (!between.includes('\n')) return { from, to: from, by: ` ${property},` }
  const indent = /[^\n]*$/.exec(between)?.[0] ?? ''
  return { from, to: from, by: `${eol(text)}${indent}${property},` }
}

/** After the last import, with the quotes and the semicolon of the others. */
function importEdit(text: string, { imports, first }: ConfigSyntax, at: Locate): Edit {
  const last = imports.at(-1)
  if (last !== undefined) {
    const { end } = at(last)
    const statement = importLike(text.slice(at(last).start, end))
    return { from: end, to: end, by: `${eol(text)}${statement}` }
  }
  const from = first === undefined ? text.length : at(first).start
  return { from, to: from, by: `import { perf } from '${FROM}'${eol(text)}${eol(text)}` }
}

function importLike(written: string): string {
  const quote = written.includes('"') ? '"' : "'"
  return `import { perf } from ${quote}${FROM}${quote}${written.endsWith(';') ? ';' : ''}`
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1

const eol = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n')
