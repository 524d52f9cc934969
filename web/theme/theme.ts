import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

/** The colours that charts draw with, as the style sheet has them. */
export interface Theme {
  /** Texts in a chart are measured, so it has to be named. */
  readonly font: string
  readonly ink: string
  readonly soft: string
  readonly line: string
  readonly panel: string
  readonly band: string
  readonly pass: string
  readonly fail: string
  /** Told apart by colour-blind people too; more than five need dashes. */
  readonly series: readonly string[]
  /** Percentiles are ordered: one ramp, the higher the stronger. */
  readonly ramp: Readonly<Record<string, string>>
}

export type Scheme = 'light' | 'dark'

/** Reads the tokens of the style sheet that are in force. */
export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    font: style.fontFamily,
    ink: token('ink'),
    soft: token('soft'),
    line: token('line'),
    panel: token('panel'),
    band: token('band'),
    pass: token('pass'),
    fail: token('fail'),
    series: [1, 2, 3, 4, 5].map((at) => token(`series-${at}`)),
    ramp: Object.fromEntries(['p50', 'p90', 'p95', 'p99'].map((name) => [name, token(name)])),
  }
}

/** Which scheme is in force; charts draw anew when it changes. */
export const SchemeContext = createContext<Scheme>('light')
export const useScheme = (): Scheme => useContext(SchemeContext)
