import { readFile, readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import { blank } from './architecture/blank.ts'
import { importsOf } from './architecture/imports.ts'
import { FOLDERS, breaches } from './architecture/rules.ts'
import type { Source } from './architecture/rules.ts'

const root = join(import.meta.dirname, '..')

test.each(['src', 'web'])('every source in %s/ keeps the rules of the house', async (folder) => {
  const sources = await readSources(folder)
  expect(sources.length).toBeGreaterThan(5)
  expect(sources.flatMap(breaches)).toEqual([])
})

test('a page of a browser takes types from the sources, how units are written and what changed: nothing that needs Node', async () => {
  const taken = (await readSources('web')).flatMap(({ path, text }) =>
    importsOf(text)
      .filter(({ specifier, typeOnly }) => /(?:^|\/)src\//.test(specifier) && !typeOnly)
      .map(({ specifier }) => `${path} ${specifier}`),
  )
  const pure = /\/src\/(?:units\/format|live\/delta)\.ts$/
  expect(taken.filter((each) => !pure.test(each))).toEqual([])
})

async function readSources(folder: string): Promise<Source[]> {
  const entries = await readdir(join(root, folder), { recursive: true })
  const paths = entries.filter((entry) => /\.tsx?$/.test(entry)).toSorted()
  return Promise.all(
    paths.map(async (path) => ({
      path: `${folder}/${path.replaceAll(sep, '/')}`,
      text: await readFile(join(root, folder, path), 'utf8'),
    })),
  )
}

describe('imports go down the list of folders', () => {
  test.each([
    ['the same folder', 'src/load/run.ts', "import { a } from './pacing.ts'"],
    ['a folder before it', 'src/load/run.ts', "import { a } from '../clients/http.ts'"],
    ['a package', 'src/load/run.ts', "import { Client } from 'undici'"],
    ['Vitest, in its own folder', 'src/vitest/plugin.ts', "import { x } from 'vitest/node'"],
    ['types of Vitest, in a matcher', 'src/matchers/a.ts', "import type { M } from 'vitest'"],
    ['anything, at an entry point', 'src/index.ts', "export { test } from './vitest/test.ts'"],
    ['a comment names a file', 'src/units/a.ts', "// import a from '../load/run.ts'\nconst a = 1"],
    ['a string names a file', 'src/units/a.ts', 'const a = "import b from \'../load/b.ts\'"'],
  ])('allowed: %s', (_, path, text) => expect(breaches({ path, text })).toEqual([]))

  test.each([
    ['a folder after it', 'src/units/a.ts', "import { run } from '../load/run.ts'"],
    ['its types too', 'src/units/a.ts', "import type { Run } from '../load/run.ts'"],
    ['in a type', 'src/units/a.ts', "let a: import('../load/run.ts').Run"],
    ['at run time', 'src/units/a.ts', "const a = () => import('../load/run.ts')"],
    ['passed on', 'src/units/a.ts', "const a = 1\nexport * from '../load/run.ts'"],
    ['for its effect', 'src/units/a.ts', "import '../load/run.ts'"],
    ['an entry point', 'src/load/a.ts', "import { test } from '../index.ts'"],
    ['the package itself', 'src/load/a.ts', "import { test } from 'vitest-perf'"],
    ['Vitest, elsewhere', 'src/load/a.ts', "import type { Task } from 'vitest'"],
    ['a value of Vitest, in a matcher', 'src/matchers/a.ts', "import { expect } from 'vitest'"],
  ])('refused: %s', (_, path, text) => expect(breaches({ path, text })).not.toEqual([]))

  test('the message says where, what and what to do', () => {
    const text = "import { a } from './a.ts'\n\nimport {\n  run,\n} from '../load/run.ts'\n"
    expect(breaches({ path: 'src/units/parse.ts', text })).toMatchInlineSnapshot(`
      [
        "src/units/parse.ts:5 imports ../load/run.ts: load/ comes after units/ in the list of folders; move what is shared down, or pass it in",
      ]
    `)
  })

  test('a folder that is not in the list has no place', () => {
    expect(breaches({ path: 'src/extra/a.ts', text: 'export const a = 1' })).toMatchInlineSnapshot(`
      [
        "src/extra/a.ts is in no known folder: add extra to the ordered list",
      ]
    `)
  })

  test('no folder is listed twice', () => {
    expect(new Set(FOLDERS).size).toBe(FOLDERS.length)
  })
})

describe('code', () => {
  test.each([
    ['any as a type', 'export function a(b: any) {}'],
    ['any as an argument of a type', 'export const a = new Set<any>()'],
    ['a cast to any', 'export const a = b as any'],
    ['a cast through unknown', 'export const a = b as unknown as string'],
    ['module state', 'let count = 0\nexport const a = () => count++'],
    ['exported module state', 'export let count = 0'],
    ['old module state', 'var count = 0'],
    ['a barrel', "export * from './a.ts'\nexport type { B } from './b.ts'"],
    ['a barrel by way of imports', "import { a } from './a.ts'\nexport { a }"],
    ['201 lines', 'export const a = 1\n'.repeat(201)],
  ])('refused: %s', (_, text) => expect(breaches({ path: 'src/load/a.ts', text })).toHaveLength(1))

  test.each([
    ['unknown', 'export function a(b: unknown) {}'],
    ['the word in a comment', '// as any\nexport const a = 1 /* : any */'],
    ['the word in a string', "export const a = 'cast as any'"],
    ['the word in a template', 'export const a = `b: any`'],
    ['a quote in a regular expression', "export const a = /['\"]/\nexport const b = 'as any'"],
    ['state in a function', 'export function a() {\n  let count = 0\n  return count++\n}'],
    ['a re-export beside code', "export { b } from './b.ts'\nexport const a = 1"],
    ['200 lines', 'export const a = 1\n'.repeat(200)],
  ])('allowed: %s', (_, text) => expect(breaches({ path: 'src/load/a.ts', text })).toEqual([]))

  test.each(['src/load/utils.ts', 'src/load/helpers/a.ts', 'src/types/a.ts', 'src/constants.ts'])(
    'refused: the name %s',
    (path) => expect(breaches({ path, text: 'export const a = 1' }).join()).toContain('shelf'),
  )

  test('the messages', () => {
    const text = 'let a: any = b as unknown as any\n'
    expect(breaches({ path: 'src/load/utils.ts', text })).toMatchInlineSnapshot(`
      [
        "src/load/utils.ts:1 says any: write the type, or unknown and narrow it",
        "src/load/utils.ts:1 says any: write the type, or unknown and narrow it",
        "src/load/utils.ts:1 says "as unknown as": give the value its type where it is made",
        "src/load/utils.ts:1 keeps state in the module: move it into what has a lifetime",
        "src/load/utils.ts is named after a shelf: name it after what is in it",
      ]
    `)
  })
})

describe('the scanner', () => {
  test('blanks what is no code and keeps every offset', () => {
    const source = "a('x') // b\n/* c\n */ d(`e ${1}`, /f'/g) / 2"
    expect(blank(source)).toBe("a(' ')     \n    \n    d(`      `,      ) / 2")
  })

  test('finds each kind of import with its line', () => {
    const source = [
      "import type { A } from 'a'",
      "import b, { type B } from 'b'",
      'export {',
      '  c,',
      "} from 'c'",
      "const d = await import('d')",
      "import 'e'",
      "type F = import('f').F",
      "const no = Array.from('g')",
    ].join('\n')
    const lines = importsOf(source).map((each) => `${each.line} ${each.specifier}`)
    expect(lines).toEqual(['1 a', '2 b', '5 c', '6 d', '7 e', '8 f'])
    expect(importsOf(source).filter((each) => each.typeOnly)).toHaveLength(1)
  })
})
