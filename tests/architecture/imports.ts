import { blank, lineAt } from './blank.ts'

export interface Import {
  /** As it is written: `../units/units.ts`, `vitest/node`. */
  readonly specifier: string
  readonly line: number
  /** `import type … from` or `export type … from`: gone when the package is built. */
  readonly typeOnly: boolean
}

// `import … from 'x'`, `export … from 'x'`, `import 'x'`, `import('x')` and the type `import('x').Y`.
const SPECIFIERS = /(?<![.\w$])(?:from|import\s*\(|import)\s*(['"`])(\s*)\1/g

/** Every module that a source text names, in the order of the text. */
export function importsOf(source: string): Import[] {
  const code = blank(source)
  return [...code.matchAll(SPECIFIERS)].map((match) => {
    const end = match.index + match[0].length - 1
    const start = end - (match[2] ?? '').length
    return {
      specifier: source.slice(start, end),
      line: lineAt(source, start),
      typeOnly: isTypeOnly(code.slice(0, match.index)),
    }
  })
}

function isTypeOnly(before: string): boolean {
  const statement = before.slice(Math.max(...starts(before)))
  return /^(?:import|export)\s+type\b/.test(statement)
}

function starts(code: string): number[] {
  return [0, ...[...code.matchAll(/\b(?:import|export)\b/g)].map((match) => match.index)]
}
