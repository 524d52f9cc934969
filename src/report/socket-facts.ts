import type { RunData } from '../load/load-run.ts'
import type { MessageFlow } from '../metrics/sockets.ts'
import { formatBytes, formatNumber, formatRate } from '../units/format.ts'
import { figure } from './figures.ts'

/** `10 opened · closed 8× 1000, 2× 1006 · 52/s in (1.2 MB), 50/s out (64 kB)`; `undefined` without any. */
export function socketsOf({ sockets }: RunData): string | undefined {
  const { opened, recovered, closed, sent, received } = sockets
  const codes = Object.entries(closed)
  if (opened === 0 && codes.length === 0 && sent.count + received.count === 0) return undefined
  const ended = codes.map(([code, count]) => `${formatNumber(count)}× ${code}`).join(', ')
  return [
    `${formatNumber(opened)} opened${recovered > 0 ? ` (${formatNumber(recovered)} again)` : ''}`,
    ...(ended === '' ? [] : [`closed ${ended}`]),
    `${flowOf(received)} in, ${flowOf(sent)} out`,
  ].join(' · ')
}

const flowOf = ({ throughput, bytes, count }: MessageFlow): string =>
  count === 0 ? 'none' : `${figure(throughput.mean, formatRate)} (${formatBytes(bytes)})`
