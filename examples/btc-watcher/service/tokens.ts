import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Access tokens: the id of an account, signed. They are worth nothing to another process. */
export class Tokens {
  readonly #secret = randomBytes(32)

  issue(account: number): string {
    return `${account}.${this.#sign(account)}`
  }

  /** The account's id; undefined for a token that was not issued here. */
  read(token: string): number | undefined {
    const [, id, signature = ''] = /^(\d{1,9})\.([\w-]{43})$/.exec(token) ?? []
    if (id === undefined) return undefined
    const given = Buffer.from(signature)
    return timingSafeEqual(given, Buffer.from(this.#sign(Number(id)))) ? Number(id) : undefined
  }

  #sign(account: number): string {
    return createHmac('sha256', this.#secret).update(String(account)).digest('base64url')
  }
}
