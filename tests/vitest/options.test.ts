import { describe, expect, test } from 'vitest'
import { resolveOptions } from '../../src/vitest/options.ts'
import { messageOf } from '../support/message-of.ts'

const PERF_SEED = '7'
const baseUrl = 'http://127.0.0.1:8080'
const wsUrl = 'ws://127.0.0.1:8081'
const server = { command: 'npm start' }

test('without options: the usual files, no service, no place to call', () => {
  expect(resolveOptions({}, { PERF_SEED })).toEqual({
    include: ['**/*.perf.?(c|m)[jt]s?(x)'],
    services: [],
    report: { html: '.vitest/perf/{id}.html' },
    config: {
      baseUrl: undefined,
      wsUrl: undefined,
      session: undefined,
      profiles: {},
      timeout: undefined,
      transport: { tls: { ca: [] }, h2: false },
      seed: 7,
      verdict: { confidence: 0.95, onInconclusive: 'warn' },
      overrides: {},
      told: { PERF_SEED: '7' },
      debug: false,
      redact: [],
    },
  })
})

test('everything that test processes need is told as it was given', () => {
  const session = { open: 'POST /sessions', chat: 'POST /sessions/{id}/chat' }
  const profiles = { smoke: { users: 1, iterations: 5 } }
  const options = { include: 'load/**/*.ts', baseUrl, session, profiles, timeout: '5s' as const }
  expect(resolveOptions(options, { PERF_SEED })).toMatchObject({
    include: ['load/**/*.ts'],
    config: { baseUrl, wsUrl: baseUrl, session, profiles, timeout: '5s' },
  })
})

describe('where the service is', () => {
  const elsewhere = 'https://staging.example'
  test.each([
    ['sockets connect to the base URL', { baseUrl }, {}, [baseUrl, baseUrl]],
    ['unless they have one of their own', { baseUrl, wsUrl }, {}, [baseUrl, wsUrl]],
    ['sockets only', { wsUrl }, {}, [undefined, wsUrl]],
    ['PERF_BASE_URL wins', { baseUrl }, { PERF_BASE_URL: elsewhere }, [elsewhere, elsewhere]],
    [
      'over a wrong one too',
      { baseUrl: 'x' },
      { PERF_BASE_URL: elsewhere },
      [elsewhere, elsewhere],
    ],
    [
      'and takes sockets along',
      { baseUrl, wsUrl },
      { PERF_BASE_URL: elsewhere },
      [elsewhere, elsewhere],
    ],
    [
      'PERF_WS_URL wins',
      { baseUrl, wsUrl },
      { PERF_WS_URL: 'wss://s.example' },
      [baseUrl, 'wss://s.example'],
    ],
    [
      'both win',
      { baseUrl, wsUrl },
      { PERF_BASE_URL: elsewhere, PERF_WS_URL: 'wss://s.example' },
      [elsewhere, 'wss://s.example'],
    ],
    [
      'an empty variable is none',
      { baseUrl, wsUrl },
      { PERF_BASE_URL: '', PERF_WS_URL: '' },
      [baseUrl, wsUrl],
    ],
  ])('%s', (_, options, environment, [base, ws]) => {
    const { config } = resolveOptions(options, environment)
    expect(config).toMatchObject({ baseUrl: base, wsUrl: ws })
  })

  test.each([
    ['by its command', { baseUrl, server }, {}, ['npm start']],
    [
      'several',
      { baseUrl, server: [server, { command: 'redis-server', ready: { port: 6379 } }] },
      {},
      ['npm start', 'redis-server'],
    ],
    [
      'not when PERF_BASE_URL says where it runs',
      { baseUrl, server },
      { PERF_BASE_URL: elsewhere },
      [],
    ],
    ['but when that is empty', { baseUrl, server }, { PERF_BASE_URL: '' }, ['npm start']],
  ])('it is started: %s', (_, options, environment, commands) => {
    const { services } = resolveOptions(options, environment)
    expect(services.map(({ command }) => command)).toEqual(commands)
  })
})

describe('the seed', () => {
  test.each([
    ['0', 0],
    ['43', 43],
  ])('PERF_SEED=%s', (text, seed) =>
    expect(resolveOptions({}, { PERF_SEED: text }).config.seed).toBe(seed),
  )

  test.each([undefined, ''])('is another one each time for %o', (text) => {
    const seeds = [1, 2, 3].map(() => resolveOptions({}, { PERF_SEED: text }).config.seed)
    expect(new Set(seeds).size).toBeGreaterThan(1)
    for (const seed of seeds) expect(Number.isSafeInteger(seed)).toBe(true)
  })
})

describe('mistakes', () => {
  const mistake = (options: unknown, environment = {}): string =>
    messageOf(() => resolveOptions(options as never, environment))

  test('all of them come in one error', () => {
    const options = {
      includ: 'x',
      include: [],
      baseUrl: 'localhost:8080',
      wsUrl: 'ftp://127.0.0.1',
      server: { comand: 'npm start' },
      session: { opn: 'POST /sessions', chat: '/chat' },
      timeout: '5',
      profiles: {
        big: { users: -1, duration: '1m' },
        told: { users: 1, duration: '1m', events: {} },
        none: undefined,
      },
    }
    expect(mistake(options, { PERF_SEED: 'x' })).toMatchInlineSnapshot(`
      "perf has 13 mistakes:
        - perf.includ is not an option; known: "include", "baseUrl", "wsUrl", "server", "session", "profiles", "timeout", "tls", "http", "verdict", "redact", "report", "dashboard"; did you mean "include"?
        - perf.baseUrl must be a URL like 'http://127.0.0.1:8080', got "localhost:8080"
        - perf.wsUrl must be a URL like 'ws://127.0.0.1:8080', got "ftp://127.0.0.1"
        - perf.server has 2 mistakes:
          - perf.server.comand is no option (known: "command", "ready", "cwd", "env", "name", "inspect", "startTimeout", "stopTimeout"; did you mean "command"?)
          - perf.server.command must be a command like 'npm start'
        - perf.session.opn is not an option; known: "open", "chat", "stream", "history", "stop", "close", "id"; did you mean "open"?
        - perf.session.open must be a route like 'POST /sessions'
        - perf.session.chat must be a route like 'POST /sessions/{id}/chat', or { route, body }, got "/chat"
        - perf.timeout must be milliseconds or a string like '250ms', '1.5s', '2m', got "5". Write the unit: '5ms', '5s', '5m', '5h'
        - perf.profiles.big.users must be a whole number of at least 1, got -1
        - perf.profiles.told.events are functions, which a profile cannot hold: give them to load({ …, events })
        - perf.profiles.none options must be an object like { users: 10, duration: '30s' }
        - perf.include must be a glob or a list of globs like ['tests/perf/**/*.perf.ts'], got []
        - PERF_SEED must be a whole number, got "x""
    `)
  })

  test.each([
    [
      'a string',
      'http://127.0.0.1',
      {},
      `perf(options) must be an object like { baseUrl: 'http://127.0.0.1:8080' }, got "http://127.0.0.1"`,
    ],
    [
      'null',
      null,
      {},
      "perf(options) must be an object like { baseUrl: 'http://127.0.0.1:8080' }, got null",
    ],
    [
      'an option of another tool',
      { baseURL: baseUrl },
      {},
      'perf.baseURL is not an option; known: "include", "baseUrl", "wsUrl", "server", "session", "profiles", "timeout", "tls", "http", "verdict", "redact", "report", "dashboard"; did you mean "baseUrl"?',
    ],
    [
      'a port',
      { baseUrl: 8080 },
      {},
      "perf.baseUrl must be a URL like 'http://127.0.0.1:8080', got 8080",
    ],
    [
      'a service and nothing that tells when it is ready',
      { server },
      {},
      "perf.server.ready must be a path like '/health', a URL, or { url, log, port }: without a baseUrl nothing else tells when the service is ready",
    ],
    [
      'a wrong base URL under a service is one mistake',
      { baseUrl: 'x', server },
      {},
      `perf.baseUrl must be a URL like 'http://127.0.0.1:8080', got "x"`,
    ],
    [
      'PERF_BASE_URL',
      { baseUrl },
      { PERF_BASE_URL: 'staging' },
      `PERF_BASE_URL must be a URL like 'http://127.0.0.1:8080', got "staging"`,
    ],
    [
      'PERF_WS_URL',
      { wsUrl },
      { PERF_WS_URL: 'staging' },
      `PERF_WS_URL must be a URL like 'ws://127.0.0.1:8080', got "staging"`,
    ],
    ['PERF_SEED', {}, { PERF_SEED: '1.5' }, 'PERF_SEED must be a whole number, got "1.5"'],
    [
      'an expression for a glob',
      { include: [/perf/] },
      {},
      "perf.include must be a glob or a list of globs like ['tests/perf/**/*.perf.ts'], got [ /perf/ ]",
    ],
    [
      'an unknown part of a timeout',
      { timeout: { conect: '1s' } },
      {},
      'perf.timeout.conect is not a timeout; known: "connect", "firstByte", "firstToken", "stall", "stop", "total"; did you mean "connect"?',
    ],
    [
      'the name of a profile for profiles',
      { profiles: 'smoke' },
      {},
      `perf.profiles must be an object like { smoke: { users: 5, duration: '10s' } }, got "smoke"`,
    ],
  ])('%s', (_, options, environment, message) => {
    expect(mistake(options, environment)).toBe(message)
  })
})
