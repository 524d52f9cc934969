import { Client, type Dispatcher } from 'undici'
import { answerCalls } from '../common/answer-calls.ts'
import { rateWindow, type Rate, type WindowOptions } from '../common/rate-window.ts'
import { SENT, USERS, type Variant } from './variant.ts'

const done = { count: 0, sum: 0, running: false }

/** What a user of undici would write by hand for one request: a promise, the status, the body. */
class Handler implements Dispatcher.DispatchHandler {
  status = 0
  readonly chunks: Buffer[] = []
  readonly resolve: (handler: Handler) => void
  readonly reject: (error: Error) => void

  constructor(resolve: (handler: Handler) => void, reject: (error: Error) => void) {
    this.resolve = resolve
    this.reject = reject
  }

  onRequestStart(): void {}

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.status = status
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk)
  }

  onResponseEnd(): void {
    this.resolve(this)
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.reject(error)
  }
}

const GET: Dispatcher.DispatchOptions = { method: 'GET', path: '/' }
const post = (): Dispatcher.DispatchOptions => ({
  method: 'POST',
  path: '/',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(SENT),
})

async function user(url: string, variant: Variant): Promise<void> {
  const client = new Client(url, { pipelining: 1, headersTimeout: 0, bodyTimeout: 0 })
  while (done.running) {
    const { status, chunks } = await new Promise<Handler>((resolve, reject) => {
      client.dispatch(variant === 'post' ? post() : GET, new Handler(resolve, reject))
    })
    if (status !== 200) throw new Error(`answered ${status}`)
    if (variant !== 'get') {
      done.sum += (JSON.parse(Buffer.concat(chunks).toString()) as { ok: number }).ok
    }
    done.count++
  }
  await client.close()
}

answerCalls({
  rate: async (url: string, variant: Variant, window: WindowOptions): Promise<Rate> => {
    done.running = true
    const users = Promise.all(Array.from({ length: USERS }, () => user(url, variant)))
    const rate = await rateWindow(() => done.count, window)
    done.running = false
    await users
    return rate
  },
})
