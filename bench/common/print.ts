import type { Report, Row } from './bench.ts'

const WIDTH = 80

/** A bench's table, at most 80 columns wide. */
export function format({ title, columns: [ours, peer], rows, notes }: Report): string {
  const head = line({ label: '', ours, peer, ratio: 'ratio', target: 'target' })
  const lines = [title, head, ...rows.map(line), ...notes.flatMap((note) => wrap(note))]
  return `${lines.join('\n')}\n`
}

function line({ label, ours, peer = '', ratio = '', target = '', met }: Row): string {
  const mark = met === undefined ? '' : met ? ' ✓' : ' ✗'
  const cells = [
    `  ${label}`.padEnd(31),
    ours.padStart(11),
    peer.padStart(12),
    ratio.padStart(8),
    `${target.padStart(13)}${mark}`,
  ]
  return cells.join('').trimEnd()
}

function wrap(note: string): string[] {
  const lines = ['']
  for (const word of note.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last.length + word.length + 5 > WIDTH) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines.map((text, index) => (index === 0 ? `  · ${text}` : `    ${text}`))
}
