import type { OtherTest } from '../../src/report/page/report-page.ts'
import { Mark } from '../parts/mark.tsx'

/** Tests without figures: integration tests, and those that were skipped. */
export function OtherTests({
  tests,
}: {
  readonly tests: readonly OtherTest[]
}): preact.JSX.Element | null {
  if (tests.length === 0) return null
  const failed = tests.filter(({ status }) => status === 'failed').length
  return (
    <details class="panel others" open={failed > 0}>
      <summary>
        {tests.length} {tests.length === 1 ? 'test' : 'tests'} without figures
        {failed > 0 ? `, ${failed} failed` : ''}
      </summary>
      <ul>
        {tests.map(({ title, status, error }, at) => (
          <li key={at}>
            <Mark status={status} /> <bdi>{title}</bdi>
            {error === undefined ? null : (
              <span class="quiet" dir="auto">
                {' '}
                {error}
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
