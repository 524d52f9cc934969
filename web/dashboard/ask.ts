import type { Answer, StartRequest, SteerRequest } from '../../src/live/requests.ts'

/** What became of it, for the reader. */
export interface Said {
  readonly ok: boolean
  readonly text: string
}

export type Ask = (path: '/steer' | '/start', body: SteerRequest | StartRequest) => Promise<Said>

/** Asks the server to do something; it never rejects. */
export const askWith =
  (token: string): Ask =>
  async (path, body) => {
    try {
      const response = await fetch(path, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const answer = (await response.json()) as Partial<Answer & { readonly error: string }>
      const text = answer.text ?? answer.error ?? `the server answered ${response.status}`
      return { ok: response.ok, text }
    } catch {
      return { ok: false, text: 'the server does not answer' }
    }
  }
