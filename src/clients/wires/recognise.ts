import type { Frame } from './frame.ts'
import { aiSdk } from './ai-sdk.ts'
import { PRESETS } from './presets.ts'
import type { Framing, Wire } from './wire.ts'

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

const EVENTS = 'text/event-stream'
const LINES = [
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/x-jsonlines',
]

/** The framing that the headers of an answer speak of; `undefined` for one that need not be a stream. */
export function framingOf(headers: Headers): 'sse' | 'ndjson' | undefined {
  const type = typeOf(headers) ?? ''
  if (type === EVENTS) return 'sse'
  return LINES.includes(type) ? 'ndjson' : undefined
}

/** `text/html`: the content type, without its parameters. */
export function typeOf(headers: Headers): string | undefined {
  const type = headers['content-type']
  return typeof type === 'string' ? type.split(';', 1)[0]?.trim().toLowerCase() : undefined
}

/**
 * A wire that finds out by the headers and the first event what is spoken: one of the presets, or
 * else bare tokens. One for each stream.
 */
export function recognise(headers: Headers = {}): Wire {
  if (headers['x-vercel-ai-ui-message-stream'] !== undefined) return aiSdk
  const framing = framingOf(headers) ?? 'sse'
  let wire: Wire | undefined
  return {
    name: 'recognised',
    framing,
    get end() {
      return wire?.end ?? 'close'
    },
    read: (frame) => {
      wire ??= wireOf(framing, frame)
      return wire.read(frame)
    },
  }
}

function wireOf(framing: Exclude<Framing, 'text'>, first: Frame): Wire {
  const presets: readonly Wire[] = Object.values(PRESETS)
  const known = presets.find((wire) => wire.framing === framing && wire.knows?.(first) === true)
  return known ?? PRESETS[framing]
}
