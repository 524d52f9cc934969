import type { Obstacle } from '../../src/report/compare/comparison.ts'

/** What two runs do not have in common: what forbids to compare them, and what is to be kept in mind. */
export function Obstacles({
  obstacles,
}: {
  readonly obstacles: readonly Obstacle[]
}): preact.JSX.Element | null {
  if (obstacles.length === 0) return null
  return (
    <ul class="notes">
      {obstacles.map(({ blocks, text }, at) => (
        <li key={at} class={blocks ? 'bad' : ''}>
          {blocks ? '✗ not comparable: ' : '! '}
          <bdi>{text}</bdi>
        </li>
      ))}
    </ul>
  )
}
