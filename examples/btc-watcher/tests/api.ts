import { route, type Answer, type HttpClient } from 'vitest-perf'
import { endpoints, type Endpoint } from './endpoints.ts'

export interface Account {
  readonly username: string
  readonly password: string
}

export interface Strategy {
  readonly id: number
  readonly name: string
  readonly status: 'running' | 'stopped'
}

export interface Signal {
  readonly id: number
  readonly pair: string
}

/** What a trading bot reports. */
export interface Report {
  readonly pair: string
  readonly action: 'buy' | 'sell' | 'hold'
  readonly current_rate: number
  readonly indicators: {
    /** From 0 to 1. */
    readonly signal_strength: number
    readonly rsi: number
    readonly macd: number
  }
}

/** Which signals, and which part of their list. */
export interface Query {
  readonly skip?: number
  readonly limit?: number
  readonly pair?: string
  readonly action?: string
  readonly strength_level?: string
  readonly from?: string
  readonly to?: string
}

type Expectation = readonly number[]

const FINE: Expectation = [200, 201, 204]

/** BTC Watcher's API: every call recorded under the name of its endpoint. */
export class Api {
  readonly #http: HttpClient

  /** `token` is undefined before the log-in. */
  constructor(http: HttpClient, token?: string) {
    const bearer = token === undefined ? {} : { bearer: token }
    this.#http = http.extend({ prefix: '/api/v1', ...bearer })
  }

  /** As `endpoints.login`, unless it is one that is to fail. */
  login(account: Account, endpoint: Endpoint = endpoints.login, expect = FINE): Promise<Answer> {
    return this.#http.post('/auth/token', { form: { ...account }, ...endpoint, expect })
  }

  me(): Promise<Answer> {
    return this.#http.get('/auth/me', endpoints.me)
  }

  /** A call that a token which was never issued must not open. */
  withBadToken(): Promise<Answer> {
    return this.#http.extend({ bearer: 'forged' }).get('/strategies/', {
      ...endpoints.badToken,
      expect: 401,
    })
  }

  async strategies(): Promise<readonly Strategy[]> {
    const answer = await this.#http.get('/strategies/', endpoints.strategies)
    return answer.json<{ strategies: Strategy[] }>().strategies
  }

  strategiesPage(skip: number, limit: number): Promise<Answer> {
    const query = { skip, limit }
    return this.#http.get('/strategies/', { query, ...endpoints.strategiesPage })
  }

  strategy(id: number, expect = FINE): Promise<Answer> {
    return this.#http.get(route`/strategies/${id}`, { ...endpoints.strategy, expect })
  }

  overview(): Promise<Answer> {
    return this.#http.get('/strategies/overview', endpoints.overview)
  }

  async createStrategy(name: string): Promise<number> {
    const json = { name, config: { period: 14, stake: 100 } }
    const answer = await this.#http.post('/strategies/', { json, ...endpoints.createStrategy })
    return answer.json<Strategy>().id
  }

  /** A strategy that must not be created: it has no config. */
  createNothing(): Promise<Answer> {
    const json = { name: 'without a config' }
    return this.#http.post('/strategies/', { json, ...endpoints.createStrategy, expect: 422 })
  }

  updateStrategy(id: number, period: number): Promise<Answer> {
    const json = { name: `period ${period}`, config: { period } }
    return this.#http.put(route`/strategies/${id}`, { json, ...endpoints.updateStrategy })
  }

  deleteStrategy(id: number): Promise<Answer> {
    return this.#http.delete(route`/strategies/${id}`, endpoints.deleteStrategy)
  }

  startStrategy(id: number, expect = FINE): Promise<Answer> {
    return this.#http.post(route`/strategies/${id}/start`, { ...endpoints.startStrategy, expect })
  }

  stopStrategy(id: number, expect = FINE): Promise<Answer> {
    return this.#http.post(route`/strategies/${id}/stop`, { ...endpoints.stopStrategy, expect })
  }

  logs(id: number): Promise<Answer> {
    return this.#http.get(route`/strategies/${id}/logs`, endpoints.logs)
  }

  /** As the endpoint that this query counts as. */
  async signals(
    query: Query = {},
    endpoint: Endpoint = endpoints.signals,
  ): Promise<readonly Signal[]> {
    const answer = await this.#http.get('/signals/', { query: { ...query }, ...endpoint })
    return answer.json<{ signals: Signal[] }>().signals
  }

  signal(id: number, expect = FINE): Promise<Answer> {
    return this.#http.get(route`/signals/${id}`, { ...endpoints.signal, expect })
  }

  statistics(query: Query = {}): Promise<Answer> {
    return this.#http.get('/signals/statistics', {
      query: { ...query },
      ...endpoints.statistics,
    })
  }

  webhook(strategy: number, json: Report | object, expect = FINE): Promise<Answer> {
    return this.#http.post(route`/signals/webhook/${strategy}`, {
      json,
      ...endpoints.webhook,
      expect,
    })
  }
}
