import type { Mistakes } from '../errors/mistakes.ts'
import { UsageError } from '../errors/usage-error.ts'
import { set } from './told.ts'

type Environment = Readonly<Record<string, string | undefined>>

interface Places {
  readonly baseUrl?: string | undefined
  readonly wsUrl?: string | undefined
}

/** Where calls and sockets go. A base URL of the environment takes sockets along. */
export function placesOf(
  options: Places,
  environment: Environment,
  check: Mistakes['check'],
): Places {
  const base = set(environment.PERF_BASE_URL)
  const ws = set(environment.PERF_WS_URL)
  const ownWs = base === undefined ? options.wsUrl : undefined
  const basePath = base === undefined ? 'perf.baseUrl' : 'PERF_BASE_URL'
  const wsPath = ws === undefined ? 'perf.wsUrl' : 'PERF_WS_URL'
  return {
    baseUrl: check(() => url(base ?? options.baseUrl, basePath, HTTP), undefined),
    wsUrl: check(() => url(ws ?? ownWs, wsPath, WS), undefined),
  }
}

const HTTP = { protocols: ['http:', 'https:'], example: "'http://127.0.0.1:8080'" }
const WS = { protocols: ['ws:', 'wss:', 'http:', 'https:'], example: "'ws://127.0.0.1:8080'" }

function url(
  input: unknown,
  path: string,
  kind: { readonly protocols: readonly string[]; readonly example: string },
): string | undefined {
  if (input === undefined) return undefined
  const fine =
    typeof input === 'string' &&
    URL.canParse(input) &&
    kind.protocols.includes(new URL(input).protocol)
  if (fine) return input
  throw new UsageError(path, `a URL like ${kind.example}`, input)
}
