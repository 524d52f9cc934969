import { STATUS_CODES } from 'node:http'
import type { Dispatcher } from 'undici'
import { formatMs } from '../units/format.ts'
import type { Exchange } from './exchange.ts'
import { bytesOf, Kept, watched } from './kept-body.ts'
import { Secrets } from './secrets.ts'
import type { SocketWatcher } from './watcher.ts'

/** Exchanges and messages that are logged of one caller. */
const MOST_ENTRIES = 100
/** Characters of a body. */
const MOST_SHOWN = 2_000

/**
 * What `PERF_DEBUG` shows: each exchange of a caller with its headers and bodies, secrets taken out. It is
 * there only while somebody looks: without it a call costs one comparison more.
 */
export class ExchangeLog {
  readonly #write: (entry: string) => void
  readonly #who: () => string | undefined
  readonly #secrets = new Secrets()
  #left = MOST_ENTRIES

  /** `who` tells whose exchange it is that begins now; `undefined` when it is not to be logged. */
  constructor(write: (entry: string) => void, who: () => string | undefined) {
    this.#write = write
    this.#who = who
  }

  /** Follows an exchange to its end; gives what is to be sent instead, a body that can be watched. */
  follow(
    origin: string,
    options: Dispatcher.DispatchOptions,
    exchange: Exchange,
  ): Dispatcher.DispatchOptions {
    const who = this.#who()
    if (who === undefined || this.#left <= 0) return options
    const asked = new Kept()
    const answered = new Kept()
    exchange.watcher = {
      data: (chunk) => answered.add(chunk),
      ended: () =>
        this.#entry(who, [
          `→ ${options.method} ${this.#secrets.url(origin + options.path)}`,
          ...this.#headers(options.headers),
          ...this.#body(asked),
          ...this.#outcome(exchange),
          ...this.#headers(exchange.headers),
          ...this.#body(answered),
        ]),
    }
    return { ...options, body: watched(options.body ?? null, asked) }
  }

  /** What watches a socket that has just been opened; `undefined` when it is not to be logged. */
  socket(url: string): SocketWatcher | undefined {
    const who = this.#who()
    if (who === undefined) return undefined
    const place = this.#secrets.url(url)
    const message = (arrow: string, data: Kept): void => {
      const now = this.#who()
      if (now !== undefined) this.#entry(now, [`${arrow} WS ${place}`, ...this.#body(data)])
    }
    this.#entry(who, [`→ WS ${place} is open`])
    return {
      sent: (data) => message('→', Kept.of(bytesOf(data))),
      received: (data) => message('←', Kept.of(data)),
      ended: ({ code, reason, by }) => {
        const now = this.#who()
        const why = reason === '' ? '' : `: ${this.#secrets.body(reason)}`
        if (now !== undefined) this.#entry(now, [`✗ WS ${place} closed by ${by}, ${code}${why}`])
      },
    }
  }

  /** A handshake that failed. */
  refused(url: string, error: Error): void {
    const who = this.#who()
    if (who === undefined) return
    this.#entry(who, [
      `✗ WS ${this.#secrets.url(url)}`,
      ...this.#body(Kept.of(bytesOf(error.message))),
    ])
  }

  #entry(who: string, lines: readonly string[]): void {
    if (this.#left <= 0) return
    this.#left--
    const last = this.#left === 0 ? [`… ${MOST_ENTRIES} are shown, the rest is not`] : []
    this.#write([`PERF_DEBUG ${who}`, ...lines, ...last].join('\n'))
  }

  #outcome({ status, outcome, error, startedAt, endedAt, firstByteAt }: Exchange): string[] {
    const took = formatMs(endedAt - startedAt)
    const first =
      firstByteAt === undefined ? '' : `, first byte after ${formatMs(firstByteAt - startedAt)}`
    const answer = status === 0 ? [] : [`← ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd()]
    const ended = outcome === 'ok' ? `in ${took}${first}` : `${outcome} after ${took}${first}`
    const why = error === undefined ? '' : `: ${this.#secrets.body(error.message)}`
    if (outcome === 'ok') return [`${answer.join('')} ${ended}`]
    return [`${[...answer, '✗'].join(' ')} ${ended}${why}`]
  }

  #headers(headers: unknown): string[] {
    return pairsOf(headers).map(
      ([name, value]) => `  ${name}: ${this.#secrets.header(name, value)}`,
    )
  }

  #body(body: Kept): string[] {
    if (body.size === 0) return []
    const text = body.text()
    if (text === undefined) return [`  (${body.size} bytes)`]
    const hidden = this.#secrets.body(text, body.cut).replaceAll(/[^\P{Cc}\n]/gu, ' ')
    const shown = hidden.length <= MOST_SHOWN ? hidden : hidden.slice(0, MOST_SHOWN)
    const more = shown === hidden && !body.cut ? '' : `… (${body.size} bytes)`
    return `${shown.trimEnd()}${more}`.split('\n').map((line) => `  ${line}`.trimEnd())
  }
}

/** Headers as undici takes and gives them: an object, or names and values in turn. */
function pairsOf(headers: unknown): (readonly [string, string])[] {
  if (Array.isArray(headers)) {
    const flat: readonly unknown[] = headers.flat()
    return flat.flatMap((name, at) =>
      at % 2 === 0 ? [[String(name), String(flat[at + 1])] as const] : [],
    )
  }
  if (typeof headers !== 'object' || headers === null) return []
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  )
}
