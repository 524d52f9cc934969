import { createParser, type EventSourceParser } from 'eventsource-parser'
import { Client, type Dispatcher } from 'undici'
import { answerCalls } from '../common/answer-calls.ts'
import { rateWindow, type Rate, type WindowOptions } from '../common/rate-window.ts'
import { USERS } from './events.ts'

const done = { count: 0, running: false }

/** What a user of undici and eventsource-parser would write by hand: decode, parse, keep the data. */
class Reader implements Dispatcher.DispatchHandler {
  readonly tokens: string[] = []
  readonly decoder = new TextDecoder()
  readonly parser: EventSourceParser
  readonly resolve: (reader: Reader) => void
  readonly reject: (error: Error) => void
  ended = false

  constructor(resolve: (reader: Reader) => void, reject: (error: Error) => void) {
    this.resolve = resolve
    this.reject = reject
    this.parser = createParser({
      onEvent: ({ data }) => {
        if (data === '[DONE]') this.ended = true
        else this.tokens.push(data)
      },
    })
  }

  onRequestStart(): void {}
  onResponseStart(): void {}

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.parser.feed(this.decoder.decode(chunk, { stream: true }))
  }

  onResponseEnd(): void {
    this.resolve(this)
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.reject(error)
  }
}

async function user(url: string): Promise<void> {
  const client = new Client(url, { pipelining: 1, headersTimeout: 0, bodyTimeout: 0 })
  while (done.running) {
    const { tokens, ended } = await new Promise<Reader>((resolve, reject) => {
      client.dispatch({ method: 'GET', path: '/' }, new Reader(resolve, reject))
    })
    if (!ended) throw new Error('no end marker')
    done.count += tokens.length + 1
  }
  await client.close()
}

answerCalls({
  rate: async (url: string, window: WindowOptions): Promise<Rate> => {
    done.running = true
    const users = Promise.all(Array.from({ length: USERS }, () => user(url)))
    const rate = await rateWindow(() => done.count, window)
    done.running = false
    await users
    return rate
  },
})
