/** `align` has one letter a column: `r` for figures. Without rows there is no table. */
export function markdownTable(
  head: readonly string[],
  align: string,
  rows: readonly (readonly string[])[],
): string {
  if (rows.length === 0) return ''
  const rule = head.map((_, at) => (align[at] === 'r' ? '---:' : '---'))
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
