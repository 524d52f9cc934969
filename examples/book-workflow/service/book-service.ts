import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { sendJson, type Call } from '../../services/call.ts'
import { HttpError } from '../../services/http-error.ts'
import { seededRandom } from '../../services/random.ts'
import { planReply, type Plan } from '../../services/tokens.ts'
import { faultsOf, type Faults } from './faults.ts'
import type { Settings } from './options.ts'
import { Store, type Book, type Chapter } from './store.ts'
import { tell, tellWhole } from './tell.ts'
import type { Head, Usage, Wire } from './wires/wire.ts'

/** What a model is asked. */
export interface Question {
  readonly wire: Wire
  readonly model?: string
  readonly prompt: string
  readonly stream: boolean
  readonly wantsUsage: boolean
  /** What a whole answer looks like, if not as the wire has it. */
  readonly answer?: (text: string, usage: Usage) => object
}

/** What every route works on. */
export class BookService {
  readonly store: Store
  readonly #settings: Settings
  readonly #luck: () => number
  #asked = 0

  constructor(settings: Settings) {
    this.#settings = settings
    this.store = new Store(settings.database)
    this.store.addTokens(readTokens(settings.accessTokens))
    this.#luck = seededRandom(`${settings.seed}/luck`)
  }

  /** The user of the request's access token. @throws HttpError 401 */
  userOf({ request: { headers } }: Call): string {
    const [, bearer] = /^Bearer (\S+)$/i.exec(headers.authorization ?? '') ?? []
    const user = this.store.userOf(bearer ?? String(headers['x-api-key'] ?? ''))
    if (user !== undefined) return user
    throw new HttpError(401, 'send an access token as a bearer token or as x-api-key')
  }

  /** @throws HttpError 401, or 404 when it is not the user's */
  bookOf(call: Call): Book {
    const user = this.userOf(call)
    const book = this.store.book(call.id)
    if (book?.user === user) return book
    throw new HttpError(404, `unknown book ${call.id}`)
  }

  /** @throws HttpError 401, or 404 when its book is not the user's */
  chapterOf(call: Call): { readonly book: Book; readonly chapter: Chapter } {
    const user = this.userOf(call)
    const chapter = this.store.chapter(call.id)
    const book = chapter && this.store.book(chapter.book)
    if (book?.user === user && chapter !== undefined) return { book, chapter }
    throw new HttpError(404, `unknown chapter ${call.id}`)
  }

  /**
   * Answers a question, in one piece or streamed. Gives the text, or undefined when it did not come
   * to its end. @throws HttpError 503 for the seeded share `fail`, or what a header asks for
   */
  async ask({ request, response }: Call, question: Question): Promise<string | undefined> {
    const faults = this.#withLuck(faultsOf(request.headers))
    if (faults.delay > 0) await sleep(faults.delay, undefined, { ref: false })
    if (faults.fail !== undefined) throw new HttpError(faults.fail, 'the model is overloaded')
    if (faults.malformed) {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Bad gateway</html>')
      return undefined
    }
    const head = headOf(question)
    const plan = this.#plan(question.prompt, head.input, faults)
    if (question.stream) return tell(response, question.wire, head, plan, faults)
    const answer = await tellWhole(response, plan)
    if (answer === undefined) return undefined
    const usage = { input: head.input, output: answer.tokens }
    const whole = question.answer ?? ((text) => question.wire.whole(head, text, usage))
    sendJson(response, 200, whole(answer.reply, usage))
    return answer.reply
  }

  close(): void {
    this.store.close()
  }

  /** The seeded shares of trouble, for requests that ask for none. */
  #withLuck(faults: Faults): Faults {
    const { fail, cut, tokens } = this.#settings
    if (fail > 0 && this.#luck() < fail) return { ...faults, fail: faults.fail ?? 503 }
    if (cut === 0 || this.#luck() >= cut) return faults
    const after = Math.floor((faults.tokens ?? tokens) / 2)
    return { ...faults, broken: faults.broken ?? { kind: 'cut', after } }
  }

  /** Like questions get like answers, but not like delays; what is read first takes its time. */
  #plan(prompt: string, input: number, faults: Faults): Plan {
    this.#asked += 1
    const { prefill, ...pace } = this.#settings
    const plan = planReply(
      {
        ...pace,
        firstToken: faults.firstToken ?? pace.firstToken + (prefill * input) / 1_000,
        tokenGap: faults.tokenGap ?? pace.tokenGap,
        tokens: faults.tokens ?? pace.tokens,
      },
      prompt,
      `${this.#asked}`,
    )
    return faults.empty ? { tokens: [], due: [] } : plan
  }
}

const headOf = ({ model = 'quill', prompt, wantsUsage }: Question): Head => ({
  id: randomUUID(),
  model,
  input: countTokens(prompt),
  wantsUsage,
})

/** A word is a token. */
const countTokens = (text: string): number => text.match(/\S+/g)?.length ?? 0

/** `user_id,token` on the first line, a user on each of the others. */
function readTokens(file: string): { user: string; token: string }[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1)
  return lines.map((line) => {
    const [user = '', token = ''] = line.trim().split(',')
    return { user, token }
  })
}
