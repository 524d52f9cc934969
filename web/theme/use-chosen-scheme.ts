import { useEffect, useLayoutEffect, useState } from 'preact/hooks'
import type { Scheme } from './theme.ts'

const KEY = 'vitest-perf-scheme'
const DARK = '(prefers-color-scheme: dark)'

/** The scheme of the reader's choice; that of the system until one was chosen. Paper is light. */
export function useChosenScheme(): readonly [Scheme, () => void] {
  const [chosen, choose] = useState(remembered)
  const dark = useMatches(DARK)
  const printed = useMatches('print')
  const scheme = printed ? 'light' : (chosen ?? (dark ? 'dark' : 'light'))
  // Before any chart reads its colours.
  useLayoutEffect(() => {
    document.documentElement.dataset.scheme = scheme
  }, [scheme])
  const toggle = (): void => {
    const other = scheme === 'dark' ? 'light' : 'dark'
    remember(other)
    choose(other)
  }
  return [scheme, toggle]
}

function useMatches(query: string): boolean {
  const [matches, set] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const follow = (): void => set(list.matches)
    list.addEventListener('change', follow)
    return () => list.removeEventListener('change', follow)
  }, [query])
  return matches
}

/** A page from a file may have no storage. */
function remembered(): Scheme | undefined {
  try {
    const kept = localStorage.getItem(KEY)
    return kept === 'light' || kept === 'dark' ? kept : undefined
  } catch {
    return undefined
  }
}

function remember(scheme: Scheme): void {
  try {
    localStorage.setItem(KEY, scheme)
  } catch {
    return
  }
}
