import type { Table } from '../../src/report/page/report-page.ts'

/** Texts in rows. */
export function PlainTable({ title, head, rows }: Table): preact.JSX.Element {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={title}>
      <table>
        <thead>
          <tr>
            {head.map((text, at) => (
              <th key={at} scope="col" class={at === 0 ? 'left' : ''}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, index) => (
            <tr key={index}>
              {cells.map((text, at) => (
                <td key={at} class={at === 0 ? 'left' : ''}>
                  <bdi>{text}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
