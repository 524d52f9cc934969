import { describe, expect, test } from 'vitest'
import { hasPlugin, withPlugin } from '../../../src/cli/init/edit-config.ts'

const IMPORT = `import { defineConfig } from 'vitest/config'`
const BOTH = `${IMPORT}\nimport { perf } from 'vitest-perf/plugin'`

/** A configuration behind the imports, before and after. */
const cases: readonly (readonly [what: string, before: string, after: string])[] = [
  [
    'options without plugins get them, before the rest',
    `export default defineConfig({
  test: { globals: true },
})`,
    `export default defineConfig({
  plugins: [perf()],
  test: { globals: true },
})`,
  ],
  [
    'a plugin comes after the others, and comments stay where they are',
    `export default defineConfig({
  // of the app
  plugins: [react()], // and no other
  test: { globals: true },
})`,
    `export default defineConfig({
  // of the app
  plugins: [react(), perf()], // and no other
  test: { globals: true },
})`,
  ],
  [
    'plugins on lines of their own',
    `export default defineConfig({
  plugins: [
    react({ jsx: true }),
    tailwind(),
  ],
})`,
    `export default defineConfig({
  plugins: [
    react({ jsx: true }),
    tailwind(),
    perf(),
  ],
})`,
  ],
  [
    'a plugin over several lines',
    `export default defineConfig({
  plugins: [react({
    jsx: true,
  })],
})`,
    `export default defineConfig({
  plugins: [react({
    jsx: true,
  }), perf()],
})`,
  ],
  [
    'the projects of a workspace are left alone',
    `export default defineConfig({
  test: {
    projects: ['packages/*', { extends: true, test: { name: 'unit', include: ['src/*.test.ts'] } }],
  },
})`,
    `export default defineConfig({
  plugins: [perf()],
  test: {
    projects: ['packages/*', { extends: true, test: { name: 'unit', include: ['src/*.test.ts'] } }],
  },
})`,
  ],
  [
    'no options',
    `export default defineConfig({})`,
    `export default defineConfig({ plugins: [perf()] })`,
  ],
  [
    'options on one line',
    `export default { test: {} }`,
    `export default { plugins: [perf()], test: {} }`,
  ],
  [
    'an empty list',
    `export default defineConfig({ plugins: [], test: {} })`,
    `export default defineConfig({ plugins: [perf()], test: {} })`,
  ],
  [
    'a list that is made elsewhere',
    `export default defineConfig({ plugins: pluginsOf('test') })`,
    `export default defineConfig({ plugins: [pluginsOf('test'), perf()] })`,
  ],
  [
    'a list under its own name',
    `export default defineConfig({ plugins, test: {} })`,
    `export default defineConfig({ plugins: [plugins, perf()], test: {} })`,
  ],
  [
    'a list with others spread into it',
    `export default defineConfig({ plugins: [...shared] })`,
    `export default defineConfig({ plugins: [...shared, perf()] })`,
  ],
  [
    'of what is merged the last',
    `export default mergeConfig(viteConfig, defineConfig({
  test: { exclude: ['e2e/**'] },
}))`,
    `export default mergeConfig(viteConfig, defineConfig({
  plugins: [perf()],
  test: { exclude: ['e2e/**'] },
}))`,
  ],
  [
    'a function that gives options',
    `export default defineConfig(({ mode }) => ({
  test: { env: { MODE: mode } },
}))`,
    `export default defineConfig(({ mode }) => ({
  plugins: [perf()],
  test: { env: { MODE: mode } },
}))`,
  ],
  [
    'a function that returns them at its end',
    `export default defineConfig(async ({ mode }) => {
  const env = await load(mode)
  return { plugins: [react()], test: { env } }
})`,
    `export default defineConfig(async ({ mode }) => {
  const env = await load(mode)
  return { plugins: [react(), perf()], test: { env } }
})`,
  ],
  [
    'options under a name',
    `const config: UserConfig = {
  test: {},
}
export default config`,
    `const config: UserConfig = {
  plugins: [perf()],
  test: {},
}
export default config`,
  ],
  [
    'options that say their type',
    `export default { test: {} } satisfies UserConfig`,
    `export default { plugins: [perf()], test: {} } satisfies UserConfig`,
  ],
]

describe('the plugin is added, and nothing else is touched', () => {
  test.each(cases)('%s', (_, before, after) => {
    expect(withPlugin(`${IMPORT}\n\n${before}\n`)).toBe(`${BOTH}\n\n${after}\n`)
  })
})

describe('the import is written as the others are', () => {
  const options = 'export default { test: {} }\n'
  test.each([
    [
      'after the last one',
      `${IMPORT}\nimport a from 'a'\n`,
      `import { perf } from 'vitest-perf/plugin'\n`,
    ],
    ['with their quotes', 'import a from "a"\n', 'import { perf } from "vitest-perf/plugin"\n'],
    [
      'with their semicolon',
      `import a from 'a';\n`,
      `import { perf } from 'vitest-perf/plugin';\n`,
    ],
  ])('%s', (_, imports, added) => {
    expect(withPlugin(`${imports}${options}`)).toContain(`${imports}${added}export`)
  })

  test('as the first statement, below what is said of the file', () => {
    const text = '/// <reference types="vitest" />\n\nexport default { test: {} }\n'
    expect(withPlugin(text)).toBe(
      `/// <reference types="vitest" />

import { perf } from 'vitest-perf/plugin'

export default { plugins: [perf()], test: {} }
`,
    )
  })
})

test('tabs, blank lines with spaces and the line ends of Windows stay as they are', () => {
  const text = `${IMPORT};\n   \nexport default defineConfig({\n\tserver: {\n\t\tport: 1,\n\t},\n\t\n\ttest: {},\t// last\n});\n`
  const edited = `${IMPORT};\nimport { perf } from 'vitest-perf/plugin';\n   \nexport default defineConfig({\n\tplugins: [perf()],\n\tserver: {\n\t\tport: 1,\n\t},\n\t\n\ttest: {},\t// last\n});\n`
  expect(withPlugin(text)).toBe(edited)
  expect(withPlugin(text.replaceAll('\n', '\r\n'))).toBe(edited.replaceAll('\n', '\r\n'))
})

test.each([
  ['options that depend on something', `export default process.env.CI ? { test: {} } : {}\n`],
  ['options of another file', `export { default } from './shared'\n`],
  ['a function with several ends', `export default () => { if (ci) return {}; return { a: 1 } }\n`],
  ['what is no module', `export default {\n`],
  ['nothing', ''],
])('%s: to be edited by hand', (_, text) => {
  expect(withPlugin(text)).toBeUndefined()
})

test('a configuration that has the plugin is known', () => {
  expect(hasPlugin(`${BOTH}\nexport default {}`)).toBe(true)
  expect(hasPlugin(`${IMPORT}\nexport default {}`)).toBe(false)
})
