import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { UsageError } from '../errors/usage-error.ts'
import type { SteerAnswer } from '../load/steering.ts'
import type { RunFile } from '../run-file/run-file.ts'
import { download } from './download.ts'
import { streamEvents, type StreamTimes } from './event-stream.ts'
import type { LiveFeed } from './feed.ts'
import { jsonOnly, ownHost, ownOrigin, withToken, type Entrance } from './guard.ts'
import { NO_PAGE, pagePolicy, SECURE_HEADERS } from './headers.ts'
import { locustCsv, toLocustStats } from './locust-stats.ts'
import { readStart, readSteer, type StartRequest, type SteerRequest } from './requests.ts'

/** What the routes are about. */
export interface Watched {
  readonly feed: LiveFeed
  /** The run so far; `undefined` before the first one. */
  file(): Promise<RunFile | undefined>
  steer(request: SteerRequest): Promise<SteerAnswer>
  start(request: StartRequest): Promise<SteerAnswer>
}

export interface AppOptions extends Entrance {
  /** The page, which has no data in it. */
  readonly html: string
  readonly times?: StreamTimes | undefined
  /** Browsers that watch at the same time. */
  readonly most?: number | undefined
}

type Env = { Bindings: HttpBindings }

const MOST_BODY = 16 * 1024
const MOST_STREAMS = 32

/**
 * The routes of the dashboard. Each but `GET /` wants the token of its address: as `Authorization: Bearer <token>`,
 * or, for GET only, as `?token=<token>`. Who has no token gets 401. An error is `{ "error": "why" }`.
 *
 * - `GET /`: the page. It has no data in it. The token is in the fragment of its address, `#token=…`, which no
 *   browser sends anywhere: the page keeps it in its `sessionStorage`, which is of this port alone. (A cookie
 *   would go to every port of this machine, that of the service under test included.)
 * - `GET /events`: server-sent events, see `ServerEvents`.
 * - `POST /steer`: a `SteerRequest` as JSON. 200 with an `Answer`; 409 when the load does not take that, or is over;
 *   400 for a body that means nothing.
 * - `POST /start`: a `StartRequest` as JSON. 202 with an `Answer`; 409 outside of watch mode, and while a run goes on.
 * - `GET /download/report.html`, `run.json`, `report.md`, `stats.csv`, `stats_history.csv`, `failures.csv` and
 *   `exceptions.csv`: of what is kept so far. `?load=2` is the second load, where there are several; else it is
 *   the last one.
 * - `GET /stats/requests`, `GET /stats/requests/csv`: as Locust answers them.
 */
export function dashboardApp(watched: Watched, options: AppOptions): Hono<Env> {
  const { html } = options
  const app = new Hono<Env>()
  app.use(async ({ header }, next) => {
    header('content-security-policy', NO_PAGE)
    for (const [name, value] of Object.entries(SECURE_HEADERS)) header(name, value)
    await next()
  })
  app.use(ownHost(options))
  app.get('/', (context) => {
    context.header('content-security-policy', pagePolicy(html))
    return context.html(html)
  })
  app.use(ownOrigin, withToken(options))
  reads(app, watched, options)
  const limit = bodyLimit({
    maxSize: MOST_BODY,
    onError: (context) => context.json({ error: `more than ${MOST_BODY} bytes` }, 413),
  })
  app.post('/steer', jsonOnly, limit, (context) =>
    answered(context, async (body) => watched.steer(readSteer(body))),
  )
  app.post('/start', jsonOnly, limit, (context) =>
    answered(context, async (body) => watched.start(readStart(body)), 202),
  )
  app.notFound((context) => context.json({ error: 'there is nothing here' }, 404))
  app.onError((error, context) => context.json({ error: error.message }, 500))
  return app
}

function reads(app: Hono<Env>, watched: Watched, { times, most = MOST_STREAMS }: AppOptions): void {
  const streams = new Set<object>()
  app.get('/events', async (context) => {
    if (streams.size >= most) return context.json({ error: `${most} browsers watch already` }, 503)
    const { outgoing } = context.env
    streams.add(outgoing)
    outgoing.once('close', () => streams.delete(outgoing))
    const type = { 'content-type': 'text/event-stream; charset=utf-8' }
    outgoing.writeHead(200, { ...SECURE_HEADERS, 'content-security-policy': NO_PAGE, ...type })
    void streamEvents(outgoing, watched.feed, times).catch(() => outgoing.destroy())
    return RESPONSE_ALREADY_SENT
  })
  app.get('/download/:name', async (context) =>
    download(context.req.param('name'), await watched.file(), context.req.query()),
  )
  app.get('/stats/requests', async (context) => {
    const { page } = await watched.feed.now()
    return context.json(toLocustStats(await watched.file(), page))
  })
  app.get('/stats/requests/csv', async () => locustCsv(await watched.file()))
}

/** Has a request that was sent as JSON answered. */
async function answered(
  context: Context,
  act: (body: unknown) => Promise<SteerAnswer>,
  fine: 200 | 202 = 200,
): Promise<Response> {
  try {
    const answer = await act(await bodyOf(context))
    return answer.ok
      ? context.json({ text: answer.said }, fine)
      : context.json({ error: answer.message }, 409)
  } catch (error) {
    if (error instanceof UsageError) return context.json({ error: error.message }, 400)
    throw error
  }
}

async function bodyOf(context: Context): Promise<unknown> {
  try {
    return await context.req.json()
  } catch (error) {
    // What is too long ends in the middle of it, too.
    if (!(error instanceof SyntaxError)) throw error
    throw UsageError.saying('body', 'the body is no JSON')
  }
}
