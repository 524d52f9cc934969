import type { ComparedRows } from '../../src/report/compare/comparison-page.ts'
import type { ComparedRow } from '../../src/report/compare/words.ts'
import { VerdictMark } from './verdict-mark.tsx'

interface FiguresTableProps {
  readonly endpoints: readonly ComparedRows[]
  /** Of the runs. */
  readonly names: readonly string[]
}

/** Every figure in every run, with its change and what of that may be noise. */
export function FiguresTable({ endpoints, names }: FiguresTableProps): preact.JSX.Element {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Figures of all runs">
      <table class="compared">
        <thead>
          <tr>
            <th scope="col" class="left">
              endpoint
            </th>
            <th scope="col" class="left">
              figure
            </th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">change</th>
            <th scope="col">noise</th>
            <th scope="col" class="left">
              verdict
            </th>
          </tr>
        </thead>
        {endpoints.map((endpoint, at) => (
          <tbody key={at}>
            {endpoint.rows.map((row, index) => (
              <Row key={index} row={row} name={index === 0 ? endpoint.name : ''} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}

function Row({
  row,
  name,
}: {
  readonly row: ComparedRow
  readonly name: string
}): preact.JSX.Element {
  const tone = row.verdict === 'worse' || row.verdict === 'better' ? row.verdict : ''
  return (
    <tr>
      <td class="left">
        <bdi>{name}</bdi>
      </td>
      <td class="left">{row.metric}</td>
      {row.values.map((value, at) => (
        <td key={at}>{value}</td>
      ))}
      <td class={`change ${tone}`}>{row.change}</td>
      <td class="quiet">{row.noise}</td>
      <td class={`left change ${tone}`}>
        {row.verdict === undefined ? null : (
          <>
            <VerdictMark verdict={row.verdict} /> {row.word}
          </>
        )}
        {row.why === undefined ? null : <span class="quiet">: {row.why}</span>}
      </td>
    </tr>
  )
}
