const BLOCKS = Array.from('▁▂▃▄▅▆▇█')

/**
 * A course in so many characters at most, the highest value of each stretch: the greatest of all is full,
 * half of it or less is the lowest block (less, when the least value is less), and a gap is a space.
 */
export function sparkline(values: readonly (number | null | undefined)[], columns: number): string {
  const cells = stretchesOf(values, columns)
  const known = cells.filter((each) => each !== undefined)
  if (known.length < 2) return ''
  const most = Math.max(...known)
  const floor = Math.min(most / 2, ...known)
  return cells.map((value) => blockOf(value, floor, most)).join('')
}

function blockOf(value: number | undefined, floor: number, most: number): string {
  if (value === undefined) return ' '
  const level = most === floor ? 0 : (value - floor) / (most - floor)
  return BLOCKS[Math.round(level * (BLOCKS.length - 1))] as string
}

function stretchesOf(
  values: readonly (number | null | undefined)[],
  columns: number,
): readonly (number | undefined)[] {
  const count = Math.min(columns, values.length)
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * values.length) / count)
    const to = Math.floor(((at + 1) * values.length) / count)
    const known = values.slice(from, to).filter((value) => typeof value === 'number')
    return known.length === 0 ? undefined : Math.max(...known)
  })
}
