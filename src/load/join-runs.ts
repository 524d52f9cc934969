import { summarizeArrivals, type Arrivals } from '../metrics/arrivals.ts'
import { inTurn, joinInTurn } from '../metrics/join-in-turn.ts'
import { joinChecks, joinErrors, joinMetrics } from '../metrics/join-metrics.ts'
import { summarizeConnections } from '../metrics/openings.ts'
import { summarizeSockets, type MessageFlow } from '../metrics/sockets.ts'
import type { OperationSummary, RecordingSummary, RequestSummary } from '../metrics/summary.ts'
import { mergeHistograms } from '../stats/histogram.ts'

/** Recordings of one load that was run several times in a row, as one. */
export function joinRecordings(parts: readonly RecordingSummary[]): RecordingSummary {
  const duration = parts.reduce((sum, part) => sum + part.duration, 0)
  const whole = joinInTurn('run', parts[0]?.name ?? 'all requests', parts, parts)
  return {
    ...whole,
    duration,
    requests: joinNamed(parts, (part) => part.requests).map(([name, found]) =>
      joinRequests(name, parts, found),
    ),
    ownFailures: parts.reduce((sum, part) => sum + part.ownFailures, 0),
    iterations: joinInTurn(
      'iterations',
      'iterations',
      parts,
      parts.map(({ iterations }) => iterations),
    ),
    errors: joinErrors(parts.map(({ errors }) => errors)),
    metrics: joinMetrics(parts.map(({ metrics }) => metrics)),
    checks: joinChecks(parts.map(({ checks }) => checks)),
    groups: joinNamed(parts, (part) => part.groups).map(([name, found]) =>
      joinInTurn('group', name, parts, found),
    ),
    arrivals: joinArrivals(parts.flatMap(({ arrivals }) => arrivals ?? [])),
    sockets: joinSockets(parts, duration),
    connections: joinConnections(parts, whole),
  }
}

/** Each name with what every part has of it. */
function joinNamed<T extends { readonly name: string }>(
  parts: readonly RecordingSummary[],
  pick: (part: RecordingSummary) => readonly T[],
): readonly (readonly [name: string, found: readonly (T | undefined)[]])[] {
  const names = new Set(parts.flatMap((part) => pick(part).map(({ name }) => name)))
  return [...names].map((name) => [
    name,
    parts.map((part) => pick(part).find((each) => each.name === name)),
  ])
}

function joinRequests(
  name: string,
  parts: readonly RecordingSummary[],
  found: readonly (RequestSummary | undefined)[],
): RequestSummary {
  const inner = new Set(found.flatMap((each) => each?.parts.map((part) => part.name) ?? []))
  return {
    ...joinInTurn('request', name, parts, found),
    tags: [...new Set(found.flatMap((each) => each?.tags ?? []))],
    parts: [...inner].map((part) =>
      joinRequests(
        part,
        parts,
        found.map((each) => each?.parts.find((one) => one.name === part)),
      ),
    ),
  }
}

function joinArrivals(all: readonly Arrivals[]): Arrivals | undefined {
  if (all.length === 0) return undefined
  return summarizeArrivals({
    late: all.reduce((sum, { late }) => sum + late, 0),
    dropped: all.reduce((sum, { dropped }) => sum + dropped, 0),
    lag: mergeHistograms(all.map(({ lag }) => lag.histogram)),
  })
}

function joinSockets(
  parts: readonly RecordingSummary[],
  duration: number,
): RecordingSummary['sockets'] {
  const all = parts.map(({ sockets }) => sockets)
  const closed: Record<string, number> = {}
  for (const each of all) {
    for (const [code, count] of Object.entries(each.closed)) {
      closed[code] = (closed[code] ?? 0) + count
    }
  }
  const flow = (flows: readonly MessageFlow[]) => ({
    count: flows.reduce((sum, { count }) => sum + count, 0),
    bytes: flows.reduce((sum, { bytes }) => sum + bytes, 0),
    windows: inTurn(flows.map(({ timeline }) => timeline)),
  })
  const data = {
    opened: all.reduce((sum, { opened }) => sum + opened, 0),
    recovered: all.reduce((sum, { recovered }) => sum + recovered, 0),
    closed,
    sent: flow(all.map(({ sent }) => sent)),
    received: flow(all.map(({ received }) => received)),
  }
  return summarizeSockets(data, duration)
}

function joinConnections(
  parts: readonly RecordingSummary[],
  { cold }: OperationSummary,
): RecordingSummary['connections'] {
  const all = parts.map(({ connections }) => connections)
  const join = (of: 'dns' | 'connect' | 'tls' | 'total') =>
    mergeHistograms(all.map((each) => each[of].histogram))
  const data = {
    dns: join('dns'),
    connect: join('connect'),
    tls: join('tls'),
    total: join('total'),
  }
  return summarizeConnections(data, cold)
}
