import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

export interface SortColumn<Row> {
  readonly title: string
  /** What rows are sorted by; a column without it is not sorted. */
  readonly by?: (row: Row) => number | string | null
  readonly show: (row: Row) => ComponentChildren
  readonly left?: boolean
}

interface SortTableProps<Row> {
  readonly caption: string
  readonly columns: readonly SortColumn<Row>[]
  readonly rows: readonly Row[]
  /** The row that the page shows more of. */
  readonly chosen?: Row | undefined
}

interface Order {
  readonly column: number
  readonly down: boolean
}

/** A table that a reader sorts by a click on a column's name. */
export function SortTable<Row>(props: SortTableProps<Row>): preact.JSX.Element {
  const { caption, columns, rows, chosen } = props
  const [order, setOrder] = useState<Order>()
  const sort = (column: number): void =>
    setOrder({
      column,
      down: order?.column === column ? !order.down : columns[column]?.left !== true,
    })
  return (
    // Its own scroll bar: a phone shows as much of it as it can, and a keyboard gets to the rest.
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th
                key={at}
                scope="col"
                class={column.left ? 'left' : ''}
                aria-sort={sortOf(order, at)}
              >
                {column.by === undefined ? (
                  column.title
                ) : (
                  <button type="button" onClick={() => sort(at)}>
                    {column.title}
                    <span aria-hidden>{arrowOf(order, at)}</span>
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted(rows, columns, order).map((row, index) => (
            <tr key={index} class={row === chosen ? 'chosen' : ''}>
              {columns.map((column, at) => (
                <td key={at} class={column.left ? 'left' : ''}>
                  {column.show(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function sortOf(order: Order | undefined, at: number): 'ascending' | 'descending' | undefined {
  if (order?.column !== at) return undefined
  return order.down ? 'descending' : 'ascending'
}

const arrowOf = (order: Order | undefined, at: number): string =>
  order?.column === at ? (order.down ? ' ↓' : ' ↑') : ''

/** What is not known comes last, in whatever order. */
function sorted<Row>(
  rows: readonly Row[],
  columns: readonly SortColumn<Row>[],
  order: Order | undefined,
): readonly Row[] {
  const by = order && columns[order.column]?.by
  if (by === undefined) return rows
  const sign = order?.down ? -1 : 1
  return rows.toSorted((left, right) => {
    const [first, second] = [by(left), by(right)]
    if (first === null || second === null) return first === second ? 0 : first === null ? 1 : -1
    return first === second ? 0 : first < second ? -sign : sign
  })
}
