/** A configuration for a project that has none. */
export const CONFIG = `import { defineConfig } from 'vitest/config'
import { perf } from 'vitest-perf/plugin'

export default defineConfig({
  plugins: [
    perf({
      // Where your service is, and how it is started when a perf test runs:
      // baseUrl: 'http://127.0.0.1:8080',
      // server: { command: 'npm start', ready: '/health' },
    }),
  ],
})
`

/** A test that passes before there is a service to test. */
export const FIRST_TEST = `import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest-perf'

// Stands in for your service. Once the config says its baseUrl, a path is enough: http.get('/health').
const service = createServer((_request, response) => response.end('hello'))
const url = () => \`http://127.0.0.1:\${(service.address() as AddressInfo).port}/\`

test.beforeAll(() => new Promise<void>((ready) => service.listen(0, '127.0.0.1', ready)))
test.afterAll(() => new Promise<unknown>((closed) => service.close(closed)))

test('10 users are answered', async ({ load }) => {
  const run = await load({ users: 10, duration: '2s' }, async ({ http, pause }) => {
    await http.get(url())
    await pause('20ms')
  })
  expect(run).toHaveSuccessRateAbove('99%')
  expect(run.request('GET /')).toHaveP95Below('2s')
})
`

/** What a package manager is called for in a workflow. */
interface Steps {
  /** Before Node is set up. */
  readonly before: readonly string[]
  /** What `setup-node` keeps between jobs. */
  readonly cache?: string
  readonly install: string
  /** Runs a program of the project. */
  readonly exec: string
}

const NPM: Steps = { before: [], cache: 'npm', install: 'npm ci', exec: 'npx' }

const STEPS: Readonly<Record<string, Steps>> = {
  npm: NPM,
  pnpm: {
    before: ['      - uses: pnpm/action-setup@v4'],
    cache: 'pnpm',
    install: 'pnpm install --frozen-lockfile',
    exec: 'pnpm exec',
  },
  yarn: {
    before: ['      - run: corepack enable'],
    cache: 'yarn',
    install: 'yarn install --frozen-lockfile',
    exec: 'yarn',
  },
  bun: {
    before: ['      - uses: oven-sh/setup-bun@v2'],
    install: 'bun install --frozen-lockfile',
    exec: 'bunx',
  },
}

/** What a project uses, with the version when its package.json says it. */
interface Manager {
  readonly name: string
  readonly version?: string | undefined
}

/** Its action wants one. */
const PNPM_VERSION = ['        with:', '          version: latest']

/** A job that runs the perf tests, and keeps their report. */
export function workflow({ name, version }: Manager, hasLockFile: boolean): string {
  const { before, cache, install, exec } = STEPS[name] ?? NPM
  const lines = [
    'name: performance',
    'on:',
    '  pull_request:',
    '  workflow_dispatch:',
    '',
    'jobs:',
    '  perf:',
    '    runs-on: ubuntu-latest',
    '    timeout-minutes: 30',
    '    steps:',
    '      - uses: actions/checkout@v6',
    ...before,
    ...(name === 'pnpm' && version === undefined ? PNPM_VERSION : []),
    '      - uses: actions/setup-node@v6',
    '        with:',
    '          node-version: 24',
    ...(cache !== undefined && hasLockFile ? [`          cache: ${cache}`] : []),
    `      - run: ${hasLockFile ? install : withoutLockFile(install)}`,
    '      # The page of the job shows the summary.',
    `      - run: ${exec} vitest-perf run`,
    `      - if: ${ALWAYS}`,
    `        run: ${exec} vitest-perf report --output perf-report.html`,
    `      - if: ${ALWAYS}`,
    '        uses: actions/upload-artifact@v7',
    '        with:',
    '          path: perf-report.html',
    '          archive: false',
  ]
  return `${lines.join('\n')}\n`
}

/** A report is wanted of tests that failed, above all. */
const ALWAYS = '${{ !cancelled() }}'

const withoutLockFile = (install: string): string =>
  install.replace(/ ci$/, ' install').replace(' --frozen-lockfile', '')
