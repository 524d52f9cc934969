import { knownNames } from '../errors/nearest.ts'
import { Mistakes } from '../errors/mistakes.ts'
import { show } from '../errors/show.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { AbSide } from './ab-order.ts'
import type { Workload } from './behaviours.ts'
import type { Scenario } from './iteration.ts'

/** Two places: URLs, or names of servers that the plugin starts. */
export interface ComparedPlaces {
  readonly base: string
  readonly head: string
}

/** Two ways to do the same, against the one service of the suite. */
export interface ComparedScenarios {
  readonly base: Scenario
  readonly head: Scenario
}

/** One of the two, ready to be loaded. */
export interface AbTarget {
  /** How it is called: its URL, its server's name, its function's name. */
  readonly label: string
  /** `undefined` for the service of the suite. */
  readonly url: string | undefined
  readonly workload: Workload
}

/** The servers that names may stand for. */
export interface NamedServers {
  readonly names: readonly string[]
  urlOf(name: string): string | undefined
}

const EXPECTED = 'two URLs, two names of servers or two functions: { base: …, head: … }'

/** @throws UsageError for what is no two of a kind, an unknown server, a scenario that is missing or too much */
export function toTargets(
  input: unknown,
  workload: unknown,
  servers: NamedServers,
): Readonly<Record<AbSide, AbTarget>> {
  const path = 'load.compare(targets)'
  if (typeof input !== 'object' || input === null) throw new UsageError(path, EXPECTED, input)
  const { base, head, ...others } = { ...input } as Readonly<Record<string, unknown>>
  const unknown = Object.keys(others)[0]
  if (unknown !== undefined) {
    const message = `${path}.${unknown} is no side of a comparison; known: base, head`
    throw UsageError.saying(path, message, input)
  }
  if (typeof base === 'function' && typeof head === 'function') {
    if (workload !== undefined) {
      const message =
        'load.compare({ base, head }, options) of two functions takes no third argument: they are the scenarios'
      throw UsageError.saying('load.compare', message)
    }
    return { base: doing(base as Scenario, 'base'), head: doing(head as Scenario, 'head') }
  }
  if (typeof base !== 'string' || typeof head !== 'string') {
    const given = `{ base: ${show(base)}, head: ${show(head)} }`
    throw UsageError.saying(path, `${path} must be ${EXPECTED}, got ${given}`, input)
  }
  const mistakes = new Mistakes()
  const at = (side: AbSide, place: string): AbTarget => ({
    label: place,
    url: mistakes.check(() => urlOf(place, `load.compare({ ${side} })`, servers), ''),
    workload: workload as Workload,
  })
  const targets = { base: at('base', base), head: at('head', head) }
  mistakes.throwAll('load.compare')
  return targets
}

const doing = (workload: Scenario, side: AbSide): AbTarget => ({
  label: workload.name === side || workload.name === '' ? `the ${side} function` : workload.name,
  url: undefined,
  workload,
})

function urlOf(place: string, path: string, servers: NamedServers): string {
  if (URL.canParse(place) && /^https?:$/.test(new URL(place).protocol)) return place
  const expected = "a URL like 'http://127.0.0.1:8080' or the name of a server"
  if (!servers.names.includes(place)) {
    const remedy =
      servers.names.length === 0
        ? 'perf({ server: [{ name: …, command: … }, …] }) starts servers (and PERF_BASE_URL, when set, leaves them alone)'
        : knownNames(place, servers.names).replace(/^./, (letter) => letter.toUpperCase())
    throw new UsageError(path, expected, place, remedy)
  }
  const url = servers.urlOf(place)
  if (url !== undefined) return url
  const message = `${path} is the server ${JSON.stringify(place)}, whose URL is not known: give its ready check as a whole URL, ready: 'http://127.0.0.1:8081/health'`
  throw UsageError.saying(path, message, place)
}
