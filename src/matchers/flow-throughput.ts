import type { MessageFlow } from '../metrics/sockets.ts'
import { formatBytes, formatNumber, formatRate } from '../units/format.ts'
import { describeMissing } from './missing.ts'
import type { RateReading } from './rates.ts'

/** Messages per second of the judged time. */
export function flowThroughput(flow: MessageFlow): RateReading {
  const subject = `throughput of ${flow.name}`
  const evidence = {
    lines: () => flowLines(flow),
    missing: () => describeMissing(subject),
  }
  return { subject, measured: flow.throughput.mean, samples: flow.count, evidence }
}

function flowLines({ count, bytes, timeline }: MessageFlow): readonly string[] {
  const total = `${formatNumber(count)} ${count === 1 ? 'message' : 'messages'}, ${formatBytes(bytes)}`
  // The last window is cut short by the end of the run.
  const rates = timeline.slice(0, -1).map((window) => window.count / (window.width / 1_000))
  return rates.length === 0 ? [total] : [total, `slowest second: ${formatRate(Math.min(...rates))}`]
}
