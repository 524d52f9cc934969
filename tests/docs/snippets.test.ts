import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { FILES, fencesOf, PAGES, ROOT, SHOWN, textOf } from './pages.ts'

/** What a page may tell the reader to run, and what runs it for us. */
const COMMANDS: Readonly<Record<string, string>> = {
  'npm install --save-dev vitest vitest-perf': 'package.test.ts, with the packed package',
  'npx vitest run': 'package.test.ts',
  'npx vitest run --project perf': 'tests/e2e',
  "npx vitest run --project '!perf'": 'tests/e2e',
  "npx vitest run --tags-filter '!slow'": 'tests/e2e/tags.test.ts',
  "PERF_TAGS='integration and not slow' npx vitest run": 'tests/e2e/tags.test.ts',
  'PERF_RUN_ID=nightly-17 PERF_GENERATOR=1/2 PERF_RENDEZVOUS=redis://redis:6379 npx vitest run --project perf':
    'tests/e2e/machines.test.ts',
  'PERF_RUN_ID=nightly-17 PERF_GENERATOR=2/2 PERF_RENDEZVOUS=redis://redis:6379 npx vitest run --project perf':
    'tests/e2e/machines.test.ts',
  'npm ci && npm test': '.ci/run',
  'npm ci && npm run demo': 'the example suite',
  'npm ci && npm run demo:all': 'the example suites',
  'echo .vitest/ >> .gitignore': 'any shell',
}

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>
}

test.each(PAGES)('%s closes every block', (page) => {
  const marks = textOf(page).match(/^```/gm) ?? []
  expect(marks).toHaveLength(2 * fencesOf(page).length)
})

const CODE = PAGES.flatMap(fencesOf).filter(({ language }) => !SHOWN.includes(language))

test.each(CODE)('the block at $place is run', ({ language, title, text }) => {
  if (FILES.includes(language)) return expect(title).toBeDefined()
  expect(language).toBe('bash')
  for (const line of text.trimEnd().split('\n')) {
    const command = line.replace(/ +#.*$/, '')
    // cli.test.ts has them.
    if (command.startsWith('npx vitest-perf ')) continue
    const [, script] = /^npm run ([\w:]+)/.exec(command) ?? []
    const known = script === undefined ? COMMANDS : scripts
    expect(Object.keys(known)).toContain(script ?? command)
  }
})

const LINKS = PAGES.flatMap((page) =>
  [...textOf(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => ({
    page,
    link,
  })),
)

test.each(LINKS)('$page links to $link, which is there', ({ page, link }) => {
  const [file = '', anchor] = link.split('#')
  const target = file === '' ? page : join(dirname(page), file)
  expect(target).toSatisfy((path: string) => existsSync(join(ROOT, path)))
  if (anchor !== undefined) expect(anchorsOf(target)).toContain(anchor)
})

/** The headings of a page as GitHub makes anchors of them. */
const anchorsOf = (page: string): string[] =>
  [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .trim()
      .replaceAll(' ', '-'),
  )
