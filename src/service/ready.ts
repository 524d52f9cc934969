import { stripVTControlCharacters } from 'node:util'
import { realClock } from '../clock/clock.ts'
import { sleep } from '../clock/sleep.ts'
import type { Ms } from '../units/units.ts'
import { probePort, probeUrl } from './probe.ts'
import type { Probe } from './probe.ts'
import type { ReadyCheck } from './ready-check.ts'
import type { ServiceLog } from './service-log.ts'

const FIRST_WAIT: Ms = 25
const LONGEST_WAIT: Ms = 200
/** A look that hangs is given up and repeated: a service may accept long before it answers. */
const LONGEST_LOOK: Ms = 2_000

/**
 * Looks at the service every 25 ms, later every 200 ms, until it is ready or the signal aborts.
 * Gives the last look, `ready: false` after an abort; never rejects.
 */
export async function waitUntilReady(
  check: ReadyCheck,
  log: ServiceLog,
  signal: AbortSignal,
): Promise<Probe> {
  const lookOnce = looksAt(check, log, signal)
  let last: Probe = { ready: false, said: 'nothing yet' }
  for (let wait = FIRST_WAIT; !signal.aborted; wait = Math.min(wait * 1.25, LONGEST_WAIT)) {
    const look = await lookOnce()
    // What an abort cut short tells less than the look before it.
    if (!signal.aborted || last.said === 'nothing yet') last = look
    if (look.ready) return look
    await sleep(realClock, wait, signal).catch(() => {})
  }
  return last
}

/** Looks at the service whenever it is called; of its log at what is written from now on. Never rejects. */
export function looksAt(
  check: ReadyCheck,
  log: ServiceLog,
  signal: AbortSignal,
): () => Promise<Probe> {
  const seen = logWatch(check.log, log)
  return () => lookAt(check, seen, signal)
}

async function lookAt(
  check: ReadyCheck,
  seen: () => Promise<Probe>,
  signal: AbortSignal,
): Promise<Probe> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_LOOK)])
  const looks = [
    check.log === undefined ? undefined : seen(),
    check.address === undefined ? undefined : probePort(check.address, within),
    check.url === undefined ? undefined : probeUrl(check.url, within),
  ]
  const probes = await Promise.all(looks.filter((look) => look !== undefined))
  const missing = probes.filter(({ ready }) => !ready)
  const said = (missing.length === 0 ? probes : missing).map((probe) => probe.said).join('; ')
  return { ready: missing.length === 0, said }
}

/** Reads each new line once, without its colours: they would stand inside `listening on 8080`. */
function logWatch(pattern: RegExp | string | undefined, log: ServiceLog): () => Promise<Probe> {
  // What an earlier process of the service has written tells nothing of this one.
  let read = log.count
  let found = false
  return async () => {
    const lines = log.since(read).map(stripVTControlCharacters)
    read = log.count
    found ||= lines.some((line) =>
      typeof pattern === 'string' ? line.includes(pattern) : pattern?.test(line) === true,
    )
    return { ready: found, said: found ? 'the log said it' : 'the log has not said it' }
  }
}
