import type { Kpi } from '../../src/report/page/report-page.ts'
import { Spark } from '../charts/spark.tsx'
import { ChangeMark } from '../parts/change-mark.tsx'

/** The figures that a reader looks for first, each with its course. */
export const Kpis = ({ kpis }: { readonly kpis: readonly Kpi[] }): preact.JSX.Element => (
  <ul class="kpis" aria-label="Key figures">
    {kpis.map(({ label, value, course, change }) => (
      <li key={label}>
        <span class="label">{label}</span>
        <span class="value">{value}</span>
        <ChangeMark change={change} />
        <Spark course={course} />
      </li>
    ))}
  </ul>
)
