import { useMemo, useState } from 'preact/hooks'
import type { LiveLoad } from '../../src/live/live-page.ts'
import type { LoadPage, OperationPage } from '../../src/report/page/report-page.ts'
import { Errors } from '../report/errors.tsx'
import { TimeCharts } from '../report/time-charts.tsx'
import { WatchCharts } from '../report/watch-charts.tsx'
import { LiveEndpoints } from './live-endpoints.tsx'
import { newestFirst } from './newest-first.ts'

interface LiveLoadProps {
  readonly live: LiveLoad
  readonly load: LoadPage | undefined
}

/** A load under way: what it does over time, its endpoints and its newest errors. */
export function LiveLoadView({ live, load }: LiveLoadProps): preact.JSX.Element {
  const [name, setName] = useState<string>()
  const marked = useMemo(() => load && withMarks(load, live), [load, live.marks])
  if (marked === undefined) return <p class="nothing">Its first second is not over yet.</p>
  const chosen = marked.requests.find((request) => request.name === name)
  const choose = (wanted: OperationPage | undefined): void => setName(wanted?.name)
  return (
    <>
      {marked.warnings.map((warning) => (
        <p key={warning} class="warning">
          ! {warning}
        </p>
      ))}
      {chosen === undefined ? null : (
        <p class="drawn">
          Latency and rate are of <strong>{chosen.name}</strong>.{' '}
          <button type="button" class="button" onClick={() => setName(undefined)}>
            Show all requests
          </button>
        </p>
      )}
      <div class="charts">
        <TimeCharts load={marked} operation={chosen ?? marked.whole} />
        <WatchCharts load={marked} />
      </div>
      <LiveEndpoints
        recent={live.recent}
        requests={marked.requests}
        chosen={chosen}
        choose={choose}
      />
      <Errors errors={newestFirst(marked.errors)} order="the newest first" />
    </>
  )
}

/** The file has them when the load has ended. */
function withMarks(load: LoadPage, { marks }: LiveLoad): LoadPage {
  const known = new Set(load.marks.map(({ at, text }) => `${Math.round(at)} ${text}`))
  const more = marks.filter(({ at, text }) => !known.has(`${Math.round(at)} ${text}`))
  return more.length === 0 ? load : { ...load, marks: [...load.marks, ...more] }
}
