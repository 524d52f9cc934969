import type { Theme } from '../theme/theme.ts'

/** The first run is quiet, the last one is what the page is about; those between have colours of their own. */
export function colorOfRun(theme: Theme, at: number, of: number): string {
  if (at === 0) return theme.soft
  return (at === of - 1 ? theme.series[0] : theme.series[1 + ((at - 1) % 4)]) ?? theme.ink
}

/** The first run is dashed: colours alone tell nothing on paper. */
export const dashOfRun = (at: number, of: number): 'solid' | 'dashed' | 'dotted' =>
  at === 0 ? 'dashed' : at === of - 1 ? 'solid' : 'dotted'
