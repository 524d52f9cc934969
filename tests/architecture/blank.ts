// Comments, strings, templates and regular expressions, so that none of them is taken for code.
const TOKENS =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|(['"])(?:\\.|(?!\1)[^\\\n])*\1|`(?:\\[\s\S]|[^`\\])*`|(?<=(?:[=(,:;!&|?[{}>\n]|\breturn)[ \t\n]*)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g

/**
 * The source with every comment and the inside of every string replaced by spaces, so that a search
 * finds code alone. Offsets and line breaks stay, and so do the quotes of strings.
 */
export function blank(source: string): string {
  return source.replace(TOKENS, (token) => {
    const quoted = /^['"`]/.test(token)
    const inside = quoted ? token.slice(1, -1) : token
    const spaces = inside.replaceAll(/[^\n]/g, ' ')
    return quoted ? `${token[0]}${spaces}${token[0]}` : spaces
  })
}

/** The line, from 1, on which `offset` lies. */
export function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length
}
