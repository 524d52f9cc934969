import { formatNumber } from '../../src/units/format.ts'
import type { ErrorRow } from '../../src/report/page/report-page.ts'
import { Panel } from '../parts/panel.tsx'

interface ErrorsProps {
  readonly errors: readonly ErrorRow[]
  /** Their order, where it is not the usual one. */
  readonly order?: string
}

/** Failures that are alike, the commonest first; each opens to its first one in full. */
export function Errors({ errors, order = 'grouped' }: ErrorsProps): preact.JSX.Element | null {
  if (errors.length === 0) return null
  return (
    <Panel title="Errors" note={`${order}; each opens to its first`} wide>
      <div class="errors">
        {errors.map((error) => (
          <Group key={`${error.what}\n${error.message}`} error={error} />
        ))}
      </div>
    </Panel>
  )
}

const Group = ({ error }: { readonly error: ErrorRow }): preact.JSX.Element => (
  <details>
    <summary>
      <span class="count">{formatNumber(error.count)}×</span>
      <span class="what">
        <bdi>{error.what}</bdi>
      </span>
      <span class="message quiet">
        <bdi>{error.message}</bdi>
      </span>
      <span class="when quiet">{error.when}</span>
    </summary>
    <dl class="sample">
      {error.sample.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <pre dir="auto">{value}</pre>
          </dd>
        </div>
      ))}
    </dl>
  </details>
)
