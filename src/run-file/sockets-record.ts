import { messageFlow, type MessageFlow, type SocketsSummary } from '../metrics/sockets.ts'
import type { FlowWindow } from '../metrics/flow.ts'
import type { Bytes, Ms } from '../units/units.ts'

/** One direction as the run file keeps it: at most 60 stretches. */
interface FlowRecord {
  readonly count: number
  readonly bytes: Bytes
  readonly width: Ms
  readonly counts: readonly number[]
}

/** The sockets of a run as the run file keeps them; absent when there were none. */
export interface SocketsRecord {
  readonly opened: number
  /** Absent when none came back. */
  readonly recovered?: number | undefined
  readonly closed: Readonly<Record<string, number>>
  readonly sent?: FlowRecord | undefined
  readonly received?: FlowRecord | undefined
}

const MOST = 60

export function toSocketsRecord(sockets: SocketsSummary): SocketsRecord | undefined {
  const { opened, recovered, closed, sent, received } = sockets
  const ended = Object.keys(closed).length > 0
  if (opened === 0 && !ended && sent.count === 0 && received.count === 0) return undefined
  return {
    opened,
    recovered: recovered > 0 ? recovered : undefined,
    closed,
    sent: toFlowRecord(sent),
    received: toFlowRecord(received),
  }
}

/** Older files have none, as a run without sockets. */
export const fromSocketsRecord = (
  record: SocketsRecord = { opened: 0, closed: {} },
  duration: Ms,
): SocketsSummary => ({
  opened: record.opened,
  recovered: record.recovered ?? 0,
  closed: record.closed,
  sent: fromFlowRecord('sent', record.sent, duration),
  received: fromFlowRecord('received', record.received, duration),
})

function toFlowRecord({ count, bytes, timeline }: MessageFlow): FlowRecord | undefined {
  const [first] = timeline
  if (first === undefined) return undefined
  const joined = Math.ceil(timeline.length / MOST)
  const counts = Array.from({ length: Math.ceil(timeline.length / joined) }, (_, at) =>
    timeline.slice(at * joined, (at + 1) * joined).reduce((sum, each) => sum + each.count, 0),
  )
  return { count, bytes, width: first.width * joined, counts }
}

function fromFlowRecord(
  direction: 'sent' | 'received',
  record: FlowRecord | undefined,
  duration: Ms,
): MessageFlow {
  const { count, bytes, width, counts } = record ?? { count: 0, bytes: 0, width: 0, counts: [] }
  const windows = counts.map((each, at): FlowWindow => ({ at: at * width, width, count: each }))
  return messageFlow(direction, { count, bytes, windows }, duration)
}
