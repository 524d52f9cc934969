import type { Row } from '../common/bench.ts'
import { compareOften, jumping, wandering, type Question, type Setting } from './comparisons.ts'

/** Comparisons of a row. The standard error of 5 % is 0.7 points. */
const RUNS = 1_000
const MOST_FALSE = 0.05
const LEAST_POWER = 0.9

const TWO_MINUTES = { size: 0.03, perSecond: 500, seconds: 120, block: 2, settle: 0.2 }

const SETTINGS: readonly Setting[] = [wandering, jumping].flatMap((drift) =>
  [0, 0.5].map((rho) => ({ ...TWO_MINUTES, drift, rho })),
)

const QUESTIONS: readonly Question[] = [0, 0.05].flatMap((tolerance) =>
  [0, 0.05, 0.1, 0.2].map((slowdown) => ({ slowdown, tolerance })),
)

/** How often `toNotRegress` fails, where it is known by how much `head` is slower. */
export const abRows = (): Row[] =>
  SETTINGS.flatMap((setting, seed) =>
    compareOften(setting, QUESTIONS, { runs: RUNS, seed }).map((found, at): Row => {
      const { slowdown, tolerance } = QUESTIONS[at] as Question
      const { slower, within, gate } = found
      const name = `ab ${setting.drift.name} ${setting.rho}, ${tolerance * 100} % allowed`
      return {
        label: slowdown === 0 ? name : `  ${slowdown * 100} % slower`,
        ours: [within, slower, 1 - within - slower].map(percent).join('/'),
        peer: [1 - gate, gate].map(percent).join('/'),
        ...targetOf({ slowdown, tolerance }, slower),
      }
    }),
  )

const percent = (share: number): string => Math.abs(share * 100).toFixed(share < 0.0995 ? 1 : 0)

/** Nothing is found where the truth is what is tolerated, and 10 % more than nothing is found. */
function targetOf(
  { slowdown, tolerance }: Question,
  slower: number,
): Pick<Row, 'target' | 'met'> | undefined {
  // Three standard errors of so many comparisons: the test itself is exact.
  if (slowdown <= tolerance) return { target: 'fail ≤5 %', met: slower <= MOST_FALSE + 0.02 }
  const found = tolerance === 0 && slowdown === 0.1
  return found ? { target: 'fail ≥90 %', met: slower >= LEAST_POWER } : undefined
}
