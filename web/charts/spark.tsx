import type { Values } from '../../src/report/page/charted.ts'

const [WIDTH, HEIGHT, EDGE] = [100, 24, 2]

/** A course in a word's space, from 0 up; the figures beside it say the rest. */
export function Spark({ course }: { readonly course: Values }): preact.JSX.Element | null {
  const known = course.filter((value) => value !== null)
  if (known.length < 2) return null
  const most = Math.max(...known)
  const place = (value: number, at: number): string => {
    const x = (at / (course.length - 1)) * WIDTH
    const y = HEIGHT - EDGE - (most === 0 ? 0 : value / most) * (HEIGHT - 2 * EDGE)
    return `${round(x)},${round(y)}`
  }
  const points = course.flatMap((value, at) => (value === null ? [] : [place(value, at)]))
  return (
    <svg class="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      <polyline points={points.join(' ')} vector-effect="non-scaling-stroke" />
    </svg>
  )
}

const round = (value: number): number => Math.round(value * 10) / 10
