import { cleanText } from '../clean-text.ts'
import { fillTemplate } from '../html.ts'
import { readPageTemplate } from '../page-template.ts'
import type {
  Charts,
  ChangeVerdict,
  ComparedEndpoint,
  Comparison,
  Obstacle,
  Suggestion,
} from './comparison.ts'
import { headlineOf, rowOf, type ComparedRow } from './words.ts'

/** What the page of a comparison shows, as JSON: texts are made and cleaned here. */
export interface ComparisonPage {
  readonly kind: 'comparison'
  /** The ids of the first and the last run. */
  readonly id: string
  readonly verdict: ChangeVerdict
  readonly headline: string
  readonly runs: readonly string[]
  readonly obstacles: readonly Obstacle[]
  readonly loads: readonly LoadComparison[]
  readonly notes: readonly string[]
  readonly suggestions: readonly Suggestion[]
  /** How it was judged. */
  readonly rules: string
}

export interface LoadComparison {
  readonly title: string
  readonly shape: string
  readonly obstacles: readonly Obstacle[]
  /** All together first, then each endpoint. */
  readonly endpoints: readonly ComparedRows[]
  readonly charts: Charts
}

export interface ComparedRows {
  readonly name: string
  readonly verdict: ChangeVerdict
  readonly rows: readonly ComparedRow[]
}

/** A comparison as one HTML file that loads nothing. */
export const comparisonToHtml = (comparison: Comparison): string =>
  fillTemplate(readPageTemplate(), toComparisonPage(comparison))

export function toComparisonPage(comparison: Comparison): ComparisonPage {
  const { runs, verdict, obstacles, loads, gone, added, suggestions, rules } = comparison
  const ids = [runs[0]?.id ?? '', runs.at(-1)?.id ?? ''].map(cleanText)
  return {
    kind: 'comparison',
    id: ids.join(' → '),
    verdict,
    headline: headlineOf(comparison),
    runs: runs.map(({ id, revision, ending }) =>
      [id, revision, ending === 'complete' ? undefined : ending]
        .flatMap((text) => (text === undefined ? [] : [cleanText(text)]))
        .join(' · '),
    ),
    obstacles,
    loads: loads.map(({ title, shape, obstacles: own, whole, endpoints, charts }) => ({
      title,
      shape,
      obstacles: own,
      endpoints: [whole, ...endpoints].map(rowsOf),
      charts,
    })),
    notes: [
      ...gone.map((title) => `only in the first run: ${title}`),
      ...added.map((title) => `only in the last run: ${title}`),
    ],
    suggestions,
    rules: `${rules.judged} figures judged, with a chance of 5 % of one false call in all (Holm). Times count from a change of ${Math.round(rules.least * 1_000) / 10} % on; noise is what both runs found in themselves.`,
  }
}

const rowsOf = ({ name, verdict, figures }: ComparedEndpoint): ComparedRows => ({
  name,
  verdict,
  rows: figures.map((figure) => rowOf(name, figure)),
})
