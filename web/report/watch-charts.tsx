import { useMemo } from 'preact/hooks'
import { formatBytes, formatNumber, formatRatio } from '../../src/units/format.ts'
import type { Line } from '../../src/report/page/charted.ts'
import type { LoadPage } from '../../src/report/page/report-page.ts'
import { endOf } from '../charts/axes.ts'
import { Chart } from '../charts/chart.tsx'
import { linesDrawing, type NamedLine } from '../charts/lines.ts'
import { Panel } from '../parts/panel.tsx'

/** What the service and the generator took of their machine. */
export function WatchCharts({ load }: { readonly load: LoadPage }): preact.JSX.Element {
  const { memory, cpu, generator } = load
  const processors: readonly NamedLine[] = [
    ...named(cpu, { name: 'service, cores', format: cores }),
    ...named(generator, { name: "generator's event loop", format: formatRatio, right: true }),
  ]
  return (
    <>
      {memory === undefined ? null : (
        <Panel title="Memory of the service" note="RSS">
          <Watched
            name="memory"
            load={load}
            lines={named(memory, { name: 'RSS', format: formatBytes })}
          />
        </Panel>
      )}
      {processors.length === 0 ? null : (
        <Panel title="CPU">
          <Watched name="cpu" load={load} lines={processors} />
        </Panel>
      )}
    </>
  )
}

interface WatchedProps {
  readonly name: string
  readonly load: LoadPage
  readonly lines: readonly NamedLine[]
}

function Watched({ name, load, lines }: WatchedProps): preact.JSX.Element {
  const drawing = useMemo(() => {
    const label = `${lines.map((each) => each.name).join(' and ')} over time`
    return linesDrawing(lines, { label, end: endOf(load), bands: load.bands })
  }, [load])
  return <Chart name={name} drawing={drawing} />
}

const named = (line: Line | undefined, rest: Omit<NamedLine, 'line'>): readonly NamedLine[] =>
  line === undefined ? [] : [{ ...rest, line }]

const cores = (value: number): string => formatNumber(Math.round(value * 100) / 100)
