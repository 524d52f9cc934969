import { useState } from 'preact/hooks'
import type { TestPage } from '../../src/report/page/report-page.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Mark } from '../parts/mark.tsx'
import { Limits } from './limits.tsx'
import { LoadView } from './load-view.tsx'
import { Searches } from './searches.tsx'
import { Trust } from './trust.tsx'
import { Why } from './why.tsx'

/** A test: did it pass, by how much, why, and can it be trusted; then its loads, one at a time. */
export function TestView({ test }: { readonly test: TestPage }): preact.JSX.Element {
  const [at, setAt] = useState(0)
  const load = test.loads[at] ?? test.loads[0]
  return (
    <article>
      <div class="test-head">
        <h2>
          <Mark status={test.status} /> <bdi>{test.name}</bdi>
        </h2>
        <CopyButton label="Copy command" text={test.rerun} />
        <p class="quiet">
          <bdi>{test.file}</bdi>
          {load === undefined ? '' : ` · ${load.facts}`}
        </p>
      </div>
      {test.loads.length < 2 ? null : (
        <div class="tabs" role="group" aria-label="Loads of this test">
          {test.loads.map(({ title }, index) => (
            <button
              type="button"
              key={index}
              aria-pressed={index === at}
              onClick={() => setAt(index)}
            >
              {title}
            </button>
          ))}
        </div>
      )}
      <div class="answers">
        <div>
          <Limits rows={test.limits} />
          <Why reasons={test.why} />
        </div>
        {load === undefined ? null : <Trust trust={load.trust} />}
      </div>
      <Searches searches={test.searches} />
      {load === undefined ? null : <LoadView key={at} load={load} />}
    </article>
  )
}
