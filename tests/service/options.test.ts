import { describe, expect, test } from 'vitest'
import { environmentOf } from '../../src/service/launch.ts'
import { parseServices } from '../../src/service/options.ts'
import { addressesOf, describeReady } from '../../src/service/ready-check.ts'

const base = 'http://127.0.0.1:8080'
const command = 'npm start'

test('one service, with what is left out filled in', () => {
  expect(parseServices({ command, ready: '/health' }, 'perf.server', base)).toEqual([
    {
      name: 'npm start',
      command: 'npm start',
      ready: { url: 'http://127.0.0.1:8080/health', address: undefined, log: undefined },
      url: base,
      port: 8_080,
      cwd: undefined,
      env: {},
      inspect: false,
      startTimeout: 30_000,
      stopTimeout: 5_000,
    },
  ])
})

test('no option is no service', () =>
  expect(parseServices(undefined, 'perf.server', base)).toEqual([]))

describe('ready', () => {
  test.each([
    ['nothing', undefined, 'port 8080 of 127.0.0.1 accepts connections'],
    ['a path', '/health', 'GET http://127.0.0.1:8080/health answers 2xx or 3xx'],
    ['a URL', 'http://[::1]:9/up', 'GET http://[::1]:9/up answers 2xx or 3xx'],
    ['a port', { port: 9 }, 'port 9 of localhost accepts connections'],
    ['a text of the log', { log: 'ready' }, 'the log says "ready"'],
    ['an expression', { log: /ready in \d+/g }, 'the log says /ready in \\d+/'],
    [
      'all at once',
      { url: '/up', port: 9, log: 'ready' },
      'GET http://127.0.0.1:8080/up answers 2xx or 3xx, and port 9 of localhost accepts connections, and the log says "ready"',
    ],
  ])('%s', (_, ready, text) => {
    const [spec] = parseServices({ command, ready }, 'perf.server', base)
    expect(spec && describeReady(spec.ready)).toBe(text)
  })

  test('a path stands on the path of the base URL', () => {
    const [spec] = parseServices({ command, ready: '/health' }, 'perf.server', 'http://h:1/api/')
    expect(spec?.ready.url).toBe('http://h:1/api/health')
  })

  test.each([
    ['http://h/up', 'h', 80],
    ['https://h/up', 'h', 443],
    ['http://[::1]:9/up', '::1', 9],
  ])('%s is at %s port %i', (ready, host, port) => {
    const [spec] = parseServices({ command, ready }, 'perf.server', base)
    expect(spec && addressesOf(spec.ready)).toEqual([{ host, port }])
  })
})

describe('PORT is given', () => {
  test.each([
    ['to the service at the base URL', { command, ready: '/health' }, base, 8_080],
    ['to the only one, ready by its log', { command, ready: { log: 'up' } }, base, 8_080],
    ['not to a companion elsewhere', { command, ready: { port: 9 } }, base, undefined],
    ['not without an explicit port', { command, ready: '/health' }, 'http://h', undefined],
  ])('%s', (_, input, baseUrl, port) => {
    expect(parseServices(input, 'perf.server', baseUrl)[0]?.port).toBe(port)
  })

  test.each([
    ['that of the base URL', {}, 8_080, {}, '8080'],
    ["that of the base URL, not the shell's", {}, 8_080, { PORT: '1' }, '8080'],
    ["the service's own", { PORT: '2' }, 8_080, { PORT: '1' }, '2'],
    ["the shell's, when the base URL says none", {}, undefined, { PORT: '1' }, '1'],
  ])('%s', (_, env, port, outer, expected) => {
    expect(environmentOf({ env, port }, outer)).toEqual({ PORT: expected })
  })
})

describe('mistakes', () => {
  const messageOf = (input: unknown, baseUrl?: string): string => {
    try {
      parseServices(input, 'perf.server', baseUrl)
    } catch (error) {
      return String(error)
    }
    return 'no error'
  }

  test('all of them come in one error', () => {
    const services = [
      { comand: 'npm start', startTimeout: '30 sec', ready: { urll: '/health' } },
      'npm start',
      { command, env: { PORT: 80 }, ready: 'health', cwd: '' },
    ]
    expect(messageOf(services, base)).toMatchInlineSnapshot(`
      "UsageError: perf.server has 8 mistakes:
        - perf.server[0].comand is no option (known: "command", "ready", "cwd", "env", "name", "inspect", "startTimeout", "stopTimeout"; did you mean "command"?)
        - perf.server[0].command must be a command like 'npm start'
        - perf.server[0].ready.urll is no option (known: "url", "log", "port"; did you mean "url"?)
        - perf.server[0].startTimeout must be milliseconds or a string like '250ms', '1.5s', '2m', got "30 sec"
        - perf.server[1] must be an object like { command: 'npm start', ready: '/health' }, or a list of them, got "npm start"
        - perf.server[2].ready must be a path like '/health' or an http(s) URL, got "health"
        - perf.server[2].cwd must be a directory, got ""
        - perf.server[2].env.PORT must be a text, got 80"
    `)
  })

  test('a single one stands alone', () => {
    expect(messageOf({ command, stopTimeout: -1 }, base)).toMatchInlineSnapshot(
      `"UsageError: perf.server.stopTimeout must be milliseconds or a string like '250ms', '1.5s', '2m', got -1. It cannot be negative"`,
    )
  })

  test('without a base URL a path has nothing to stand on', () => {
    expect(messageOf({ command, ready: '/health' })).toMatchInlineSnapshot(
      `"UsageError: perf.server.ready must be a whole URL, got "/health". A path needs a baseUrl to stand on"`,
    )
  })

  test('without a base URL nothing tells when it is ready', () => {
    expect(messageOf({ command })).toMatchInlineSnapshot(
      `"UsageError: perf.server.ready must be a path like '/health', a URL, or { url, log, port }: without a baseUrl nothing else tells when the service is ready"`,
    )
  })

  test.each([[{ port: 0 }], [{ port: '80' }], [{ log: '' }], [{}], [/up/], [8_080], ['ftp://h']])(
    'ready: %o is refused',
    (ready) => expect(messageOf({ command, ready }, base)).toContain('perf.server.ready'),
  )
})

test('what Vitest says of itself stays out of the service', () => {
  const outer = { PATH: '/bin', VITEST: 'true', VITEST_MODE: 'RUN', NODE_ENV: 'test' }
  expect(environmentOf({ env: {}, port: undefined }, outer)).toEqual({ PATH: '/bin' })
  const chosen = { ...outer, NODE_ENV: 'production' }
  expect(environmentOf({ env: { VITEST: 'own' }, port: undefined }, chosen)).toEqual({
    PATH: '/bin',
    NODE_ENV: 'production',
    VITEST: 'own',
  })
})
