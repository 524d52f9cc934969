import type { WatcherOptions } from '../../examples/btc-watcher/service/settings.ts'
import { PASSWORD } from '../../examples/btc-watcher/service/sow.ts'
import { startWatcher } from '../../examples/btc-watcher/service/start.ts'

export const QUICK = { delay: 0, accounts: 2 }
export const BUY = {
  pair: 'BTC/USDT',
  action: 'buy',
  current_rate: 45_000,
  indicators: { signal_strength: 0.9 },
}

interface Said {
  readonly status: number
  readonly body: Record<string, unknown>
}

/** Calls as one account: `ask('GET /strategies/')`. */
type Ask = (request: string, body?: object) => Promise<Said>

export const asking =
  (url: string, token: string): Ask =>
  async (request, body) => {
    const [method = '', path = ''] = request.split(' ')
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && method !== 'GET' && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? {} : JSON.parse(text) }
  }

export const logIn = (url: string, form: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(`${url}/api/v1/auth/token`, { method: 'POST', body: new URLSearchParams(form) })

export async function tokenOf(url: string, username: string): Promise<string> {
  const answer = await logIn(url, { username, password: PASSWORD })
  const { access_token } = (await answer.json()) as { access_token: string }
  return access_token
}

/** A service and someone who is logged in. */
export async function watched(options: WatcherOptions = {}) {
  const service = await startWatcher({ ...QUICK, ...options })
  const ask = asking(service.url, await tokenOf(service.url, 'trader-1'))
  return { ...service, ask }
}
