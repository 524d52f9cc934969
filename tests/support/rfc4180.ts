/**
 * Reads CSV by RFC 4180 and nothing more lenient: CR LF between records, a quote only around a whole
 * field or doubled within one, as many fields in each record. @throws Error where a text breaks a rule
 */
export function parseCsv(text: string): string[][] {
  if (!text.endsWith('\r\n')) throw new Error('the last record has no end')
  const records: string[][] = []
  let at = 0
  while (at < text.length) {
    const record: string[] = []
    for (;;) {
      const field = text[at] === '"' ? quoted(text, at) : bare(text, at)
      record.push(field.value)
      at = field.end
      if (text[at] !== ',') break
      at++
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`no end of record at ${at}`)
    at += 2
    records.push(record)
  }
  const widths = new Set(records.map(({ length }) => length))
  if (widths.size > 1) throw new Error(`records of ${[...widths].join(', ')} fields`)
  return records
}

interface Field {
  readonly value: string
  readonly end: number
}

function bare(text: string, from: number): Field {
  const [value = ''] = /^[^,\r\n"]*/.exec(text.slice(from)) ?? []
  return { value, end: from + value.length }
}

function quoted(text: string, from: number): Field {
  const [whole] = /^"(?:[^"]|"")*"/.exec(text.slice(from)) ?? []
  if (whole === undefined) throw new Error(`a quote at ${from} is never closed`)
  return { value: whole.slice(1, -1).replaceAll('""', '"'), end: from + whole.length }
}

/** The records below the first one, under its names. */
export function csvRows(text: string): Record<string, string>[] {
  const [head = [], ...records] = parseCsv(text)
  return records.map((record) =>
    Object.fromEntries(head.map((name, at) => [name, record[at] ?? ''])),
  )
}
