import type { Window } from '../metrics/timeline.ts'

/** A stretch of the run with the figure that makes it the worst. */
export interface WorstWindow {
  readonly window: Window
  readonly score: number
}

/**
 * The window with the highest score, the one with more failures among equals. `undefined` where
 * there are not two windows to choose from, or none has a score.
 */
export function worstWindow(
  windows: readonly Window[] | undefined,
  score: (window: Window) => number | undefined,
): WorstWindow | undefined {
  if (windows === undefined || windows.length < 2) return undefined
  let worst: WorstWindow | undefined
  for (const window of windows) {
    const own = score(window)
    if (own !== undefined && isWorse(own, window, worst)) worst = { window, score: own }
  }
  return worst
}

function isWorse(score: number, window: Window, worst: WorstWindow | undefined): boolean {
  if (worst === undefined || score > worst.score) return true
  return score === worst.score && window.failed > worst.window.failed
}
