import type { SteerCommand } from '../load/steering.ts'

/**
 * The routes of the dashboard. Each but `GET /` wants the token of its address: as `Authorization: Bearer <token>`,
 * or, for GET only, as `?token=<token>`. Who has no token gets 401. An error is `{ "error": "why" }`.
 *
 * - `GET /`: the page. It has no data in it. The token is in the fragment of its address, `#token=…`, which no
 *   browser sends anywhere: the page keeps it in its `sessionStorage`, which is of this port alone.
 * - `GET /events`: server-sent events, see `ServerEvent`.
 * - `POST /steer`: a `SteerRequest` as JSON. 200 with an `Answer`; 404 when the load is over, 409 when it does not
 *   take that, 400 for a body that means nothing.
 * - `POST /start`: a `StartRequest` as JSON. 202 with an `Answer`; 409 outside of watch mode, and while a run goes on.
 * - `GET /download/report.html`, `/download/run.json`, `/download/report.md`, `/download/stats.csv`,
 *   `/download/stats_history.csv`, `/download/failures.csv`: of what is kept so far. With several loads
 *   `?load=2` is the second one.
 * - `GET /stats/requests`, `GET /stats/requests/csv`: as Locust answers them.
 * - `GET /status`, `GET /logs?lines=100`: for the command line.
 */
export interface Routes {
  readonly events: '/events'
  readonly steer: '/steer'
  readonly start: '/start'
}

export interface SteerRequest {
  /** The `id` of a `LiveLoad`; it may be left out when one load runs. */
  readonly load?: string | undefined
  readonly command: SteerCommand
}

/** In watch mode. */
export interface StartRequest {
  /** The `id` of a `StartableTest`. */
  readonly test: string
  readonly users?: number | undefined
  /** Users per second. */
  readonly spawnRate?: number | undefined
}

/** What became of a request. */
export interface Answer {
  /** `users 10 → 50` */
  readonly text: string
}
