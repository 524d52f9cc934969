import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { renderBaselines } from '../../src/baseline/baseline-record.ts'
import { BaselineStore, type UpdateMode } from '../../src/baseline/baseline-store.ts'
import { dataFolder } from '../support/data-folder.ts'
import { messageOf } from '../support/message-of.ts'
import { machineBaseline } from './made-runs.ts'

const entry = { linux: machineBaseline(100, 101) }
const other = { linux: machineBaseline(200) }
const TEXT = renderBaselines({ 'chat 1': entry, 'chat > at noon 1': entry, 'chatter 1': entry })

/** A test file with a file of baselines beside it. */
async function placed(text: string | undefined) {
  const folder = await dataFolder({})
  const testFile = join(folder.path, 'chat.perf.ts')
  const path = new BaselineStore(testFile, 'new').path
  if (text !== undefined) {
    await mkdir(dirname(path))
    await writeFile(path, text)
  }
  return {
    open: (mode: UpdateMode) => new BaselineStore(testFile, mode),
    text: () => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
    files: () => (existsSync(dirname(path)) ? readdirSync(dirname(path)).toSorted() : []),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

test('what is new is written at the end, and not before', async () => {
  await using place = await placed(undefined)
  const store = place.open('new')
  expect(store.get('chat 1')).toBeUndefined()
  store.note('chat 1', 'added', entry)
  expect(place.files()).toEqual([])
  expect(store.finish()).toMatchObject({ added: 1, unchecked: [], deleted: false })
  expect(place.files()).toEqual(['chat.perf.ts.json'])
  expect(place.text()).toBe(renderBaselines({ 'chat 1': entry }))
})

test('a file that nothing was changed in is not touched', async () => {
  const crooked = TEXT.replaceAll('\n', '\r\n')
  await using place = await placed(crooked)
  const store = place.open('all')
  for (const key of ['chat 1', 'chat > at noon 1', 'chatter 1']) {
    expect(store.get(key)).toEqual(JSON.parse(JSON.stringify(entry)))
    store.note(key, 'matched')
  }
  expect(store.finish()).toMatchObject({ matched: 3, unchecked: [] })
  expect(place.text()).toBe(crooked)
})

test('what no test asked for is obsolete: reported, and removed when everything may be written', async () => {
  await using place = await placed(TEXT)
  for (const mode of ['none', 'new'] as const) {
    const store = place.open(mode)
    store.get('chat 1')
    expect(store.finish()?.unchecked).toEqual(['chat > at noon 1', 'chatter 1'])
    expect(place.text()).toBe(TEXT)
  }
  const store = place.open('all')
  store.get('chat 1')
  expect(store.finish()?.unchecked).toEqual(['chat > at noon 1', 'chatter 1'])
  expect(place.text()).toBe(renderBaselines({ 'chat 1': entry }))
  expect(place.open('all').finish()).toMatchObject({ unchecked: ['chat 1'], deleted: true })
  expect(place.files()).toEqual([])
})

test('a test that did not come to its end keeps its baselines, and none of another name', async () => {
  await using place = await placed(TEXT)
  const store = place.open('all')
  store.spare('chat')
  expect(store.finish()?.unchecked).toEqual(['chatter 1'])
})

test('an attempt that is made again leaves nothing behind, and counts from where it did', async () => {
  await using place = await placed(TEXT)
  const store = place.open('all')
  const ask = () => store.nextKey('id of chat', 'chat')
  expect(ask()).toBe('chat 1')
  store.note('chat 1', 'updated', other)
  store.begin('id of chat')
  expect([ask(), ask()]).toEqual(['chat 1', 'chat 2'])
  expect(store.nextKey('id of chat', 'chat > at noon')).toBe('chat > at noon 1')
  store.spare('chat')
  store.spare('chatter')
  expect(store.finish()).toBeUndefined()
  expect(place.text()).toBe(TEXT)
})

test('two tests of one name have baselines of their own', async () => {
  await using place = await placed(undefined)
  const store = place.open('new')
  expect(['first', 'second'].map((id) => store.nextKey(id, 'chat'))).toEqual(['chat 1', 'chat 2'])
})

test('a file that cannot be read is an error where it is asked for, and is left alone', async () => {
  await using place = await placed(TEXT.slice(0, -40))
  for (const mode of ['none', 'new'] as const) {
    const store = place.open(mode)
    expect(messageOf(() => store.get('chat 1'))).toMatch(/is damaged: .*or run vitest -u/)
    expect(store.finish()).toBeUndefined()
  }
  expect(place.text()).toBe(TEXT.slice(0, -40))
})

test('with -u it is begun anew, and what it was is kept beside it, however often', async () => {
  await using place = await placed('mine')
  const nothing = place.open('all')
  expect(nothing.get('chat 1')).toBeUndefined()
  expect(nothing.finish()).toBeUndefined()
  expect(place.text()).toBe('mine')
  const store = place.open('all')
  store.get('chat 1')
  store.note('chat 1', 'added', entry)
  expect(store.finish()?.kept).toMatch(/chat\.perf\.ts\.json\.kept$/)
  expect(place.files()).toEqual(['chat.perf.ts.json', 'chat.perf.ts.json.kept'])
  expect(place.text()).toBe(renderBaselines({ 'chat 1': entry }))
})
