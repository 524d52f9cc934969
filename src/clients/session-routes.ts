import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Answer } from './answer.ts'
import type { CallOptions, Method } from './call.ts'
import type { Route } from './route.ts'
import type { SessionContext, SessionDefinition } from './session-definition.ts'
import { at } from './wires/wire.ts'
import { checkSerialisable, type WireInput } from './wires/wire-input.ts'

/** A route with what is sent to it; `{id}` and `{text}` in strings are replaced. */
export interface SessionRoute {
  /** `'POST /api/v1/sessions/{id}/chat'` */
  readonly route: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
}

/** The `session` option of the plugin: how a session is spoken to, as data. */
export interface SessionRoutes {
  readonly open: string | SessionRoute
  /** Path to the id in the answer of `open`: `'session_id'`, `'data.id'`. Default `'id'`. */
  readonly id?: string
  readonly chat?: string | SessionRoute
  readonly stream?: string | (SessionRoute & { readonly wire?: WireInput })
  /** `messages`: path to the list in the answer; without it the answer is the list. */
  readonly history?: string | (SessionRoute & { readonly messages?: string })
  readonly stop?: string | SessionRoute
  readonly close?: string | SessionRoute
}

const OPERATIONS = ['open', 'chat', 'stream', 'history', 'stop', 'close'] as const
const KNOWN = [...OPERATIONS, 'id']
const ROUTE = /^(GET|POST|PUT|PATCH|DELETE) (\/\S*)$/

/** Everything wrong with a `session` option. */
export function sessionMistakes(input: unknown, path: string): UsageError[] {
  if (typeof input !== 'object' || input === null)
    return [new UsageError(path, "routes like { open: 'POST /sessions', … }", input)]
  const options = input as Readonly<Record<string, unknown>>
  const mistakes = Object.keys(options)
    .filter((key) => !KNOWN.includes(key))
    .map((key) =>
      UsageError.saying(
        `${path}.${key}`,
        `${path}.${key} is not an option; ${knownNames(key, KNOWN)}`,
      ),
    )
  if (options.open === undefined)
    mistakes.push(new UsageError(`${path}.open`, "a route like 'POST /sessions'"))
  for (const name of OPERATIONS) {
    const route = routeText(options[name])
    if (options[name] !== undefined && (route === undefined || !ROUTE.test(route))) {
      mistakes.push(
        new UsageError(
          `${path}.${name}`,
          "a route like 'POST /sessions/{id}/chat', or { route, body }",
          options[name],
        ),
      )
    }
  }
  const wire = at(options, 'stream.wire')
  if (wire !== undefined)
    mistakes.push(...mistakesOf(() => checkSerialisable(wire, `${path}.stream.wire`)))
  return mistakes
}

/** A session definition from routes. @throws UsageError listing every mistake */
export function sessionFromRoutes(routes: SessionRoutes, path = 'perf.session'): SessionDefinition {
  const mistakes = sessionMistakes(routes, path)
  if (mistakes.length > 0) throw UsageError.all(path, mistakes)
  const { open, chat, stream, history, stop, close, id: idPath = 'id' } = routes
  return {
    open: async ({ http, id }) => {
      const body = id === undefined || typeof open === 'object' ? {} : { json: { [idPath]: id } }
      return idOf(await call({ http, id: id ?? '' }, open, '', body), idPath, id)
    },
    ...(chat !== undefined && {
      chat: (context, text, options) => call(context, chat, text, options),
    }),
    ...(stream !== undefined && {
      stream: (context, text, options) => {
        const { method, target, sending } = fill(stream, context.id, text)
        const wire = typeof stream === 'object' ? stream.wire : undefined
        const reading = wire === undefined ? {} : { wire }
        return context.http.stream(target, { ...sending, ...options, method, ...reading })
      },
    }),
    ...(history !== undefined && {
      history: async (context, options) => {
        const answer = await call(context, history, '', options)
        return listOf(answer, typeof history === 'object' ? history.messages : undefined)
      },
    }),
    ...(stop !== undefined && { stop: (context, options) => call(context, stop, '', options) }),
    ...(close !== undefined && { close: (context) => call(context, close, '', {}) }),
  }
}

function call(
  context: SessionContext,
  route: string | SessionRoute,
  text: string,
  options: CallOptions,
): Promise<Answer> {
  const { method, target, sending } = fill(route, context.id, text)
  return context.http.request(method, target, { ...sending, ...options })
}

function fill(
  route: string | SessionRoute,
  id: string,
  text: string,
): { method: Method; target: Route; sending: CallOptions } {
  const [, method, template = '/'] = ROUTE.exec(routeText(route) ?? '') ?? []
  const path = template
    .replaceAll('{id}', encodeURIComponent(id))
    .replaceAll('{text}', encodeURIComponent(text))
  const target = { path, template: template.replaceAll(/\{[^}]*\}/g, '{}') }
  const { body, headers, query } = typeof route === 'object' ? route : {}
  const sending = {
    ...(body !== undefined && { json: fillIn(body, id, text) }),
    ...(headers !== undefined && { headers }),
    ...(query !== undefined && {
      query: fillIn(query, id, text) as Readonly<Record<string, string>>,
    }),
  }
  return { method: method as Method, target, sending }
}

function fillIn(value: unknown, id: string, text: string): unknown {
  if (typeof value === 'string')
    return value.replaceAll('{id}', () => id).replaceAll('{text}', () => text)
  if (Array.isArray(value)) return value.map((each) => fillIn(each, id, text))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, fillIn(each, id, text)]),
  )
}

function idOf(answer: Answer, path: string, asked: string | undefined): string {
  const id = at(answer.json(), path) ?? asked
  if (typeof id === 'string' || typeof id === 'number') return String(id)
  return answer.fail(`it has no session id at ${JSON.stringify(path)}`)
}

function listOf(answer: Answer, path: string | undefined): readonly unknown[] {
  const list = path === undefined ? answer.json() : at(answer.json(), path)
  if (Array.isArray(list)) return list
  return answer.fail(
    `it has no list of messages${path === undefined ? '' : ` at ${JSON.stringify(path)}`}; session.history.messages says where it is`,
  )
}

function routeText(route: unknown): string | undefined {
  const text = typeof route === 'object' && route !== null && 'route' in route ? route.route : route
  return typeof text === 'string' ? text : undefined
}

function mistakesOf(check: () => unknown): UsageError[] {
  try {
    check()
    return []
  } catch (error) {
    if (error instanceof UsageError) return [error]
    throw error
  }
}
