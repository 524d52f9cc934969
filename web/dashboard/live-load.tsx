import { useState } from 'preact/hooks'
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
  if (load === undefined) return <p class="nothing">Its first second is not over yet.</p>
  const chosen = load.requests.find((request) => request.name === name)
  const choose = (wanted: OperationPage | undefined): void => setName(wanted?.name)
  return (
    <>
      <h2 class="unseen">Figures</h2>
      {chosen === undefined ? null : (
        <p class="drawn">
          Latency and rate are of <strong>{chosen.name}</strong>.{' '}
          <button type="button" class="button" onClick={() => setName(undefined)}>
            Show all requests
          </button>
        </p>
      )}
      <div class="charts of-live">
        <TimeCharts load={load} operation={chosen ?? load.whole} />
        <WatchCharts load={load} />
      </div>
      <LiveEndpoints
        recent={live.recent}
        requests={load.requests}
        chosen={chosen}
        choose={choose}
      />
      <Errors errors={newestFirst(load.errors)} order="the newest first" />
    </>
  )
}
