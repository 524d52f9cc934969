import type { TestPage } from '../../src/report/page/report-page.ts'
import { Mark } from '../parts/mark.tsx'

interface TestListProps {
  readonly tests: readonly TestPage[]
  readonly chosen: number
  readonly choose: (at: number) => void
}

/** The tests of the run, the failed ones first. */
export const TestList = ({ tests, chosen, choose }: TestListProps): preact.JSX.Element => (
  <nav class="tests" aria-label="Performance tests">
    <ol>
      {tests.map((test, at) => (
        <li key={at}>
          <button
            type="button"
            aria-current={at === chosen ? 'true' : undefined}
            onClick={() => choose(at)}
          >
            <Mark status={test.status} />
            <span class="name">
              <bdi>{test.name}</bdi>
            </span>
            <span class="quiet">{test.result}</span>
          </button>
        </li>
      ))}
    </ol>
  </nav>
)
