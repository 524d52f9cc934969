import { Agent, request } from 'undici'
import type { Clock } from '../clock/clock.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Ms } from '../units/units.ts'
import type { Sample, Source } from './sample.ts'

/** A URL of the service that says its figures. */
export interface ProbeTarget {
  readonly url: string
  /** The figures in the JSON that it answers. Default: the numbers at its top. */
  readonly map?: (body: unknown) => Readonly<Record<string, number>>
}

/** A look that hangs is given up: the service may be paused. */
const LONGEST_LOOK: Ms = 2_000

/** Asks a URL. `rss` is taken for the memory, in bytes. @throws UsageError for a URL that is none */
export function probeSource({ url, map = numbersOf }: ProbeTarget, clock: Clock): Source {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UsageError('monitor.url', "a URL like 'http://127.0.0.1:8080/stats'", url)
  }
  if (typeof map !== 'function') {
    throw new UsageError('monitor.map', 'a function from the JSON to named numbers', map)
  }
  const dispatcher = new Agent({ connections: 1 })
  const look = async (): Promise<Sample> => {
    const { statusCode, body } = await request(url, {
      dispatcher,
      signal: AbortSignal.timeout(LONGEST_LOOK),
    })
    const text = await body.text()
    if (statusCode >= 300) throw new Error(`${url} answered ${statusCode}`)
    const values = numbersOf(map(jsonOf(text, url)))
    if (Object.keys(values).length === 0) throw new Error(`${url} gave no numbers`)
    const { rss } = values
    return { at: clock.now(), cpu: undefined, span: 0, rss, processes: 1, values }
  }
  return { label: url, pid: undefined, look, close: () => dispatcher.destroy() }
}

/** The numbers at the top of an object. */
function numbersOf(body: unknown): Readonly<Record<string, number>> {
  if (typeof body !== 'object' || body === null) return {}
  const numbers = Object.entries(body).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1]),
  )
  return Object.fromEntries(numbers)
}

function jsonOf(text: string, url: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${url} answered no JSON: ${text.slice(0, 60)}`)
  }
}
