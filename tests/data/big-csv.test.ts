import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { CsvSource } from '../../src/data/data-source.ts'
import { readCsv } from '../../src/data/read-csv.ts'
import { csv, type CsvOptions } from '../../src/data/sources.ts'
import { dataFolder } from '../support/data-folder.ts'

const ROWS = 200_000

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes that are still held after a collection. */
function held(): number {
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

function* bigFile(): Generator<string> {
  yield 'user,token\n'
  for (let from = 0; from < ROWS; from += 1_000) {
    const rows = Array.from({ length: 1_000 }, (_, index) => from + index)
    yield rows.map((row) => `user-${row},${'x'.repeat(200)}${row}\n`).join('')
  }
}

test.each<[string, CsvOptions, number]>([
  ['one column is wanted, less than the file', { columns: ['user'] }, 0.75],
  ['all is wanted, the rows and not the file beside them', {}, 2],
])('of 40 MB is held, when %s', { timeout: 60_000 }, async (_, options, most) => {
  await using folder = await dataFolder({})
  const path = join(folder.path, 'big.csv')
  await writeFile(path, bigFile())
  const { size } = await stat(path)
  const source = csv('big.csv', options) as CsvSource

  const before = held()
  const grown: number[] = []
  const { rows, total } = await readCsv({ path, label: 'big.csv' }, source, (row) => {
    if (row % 50_000 === 49_999) grown.push(held() - before)
    return true
  })
  expect(size).toBeGreaterThan(40_000_000)
  expect(total).toBe(ROWS)
  expect(rows.at(-1)?.user).toMatch(/^user-1999\d\d$/)
  expect(grown).toHaveLength(4)
  for (const bytes of grown) expect(bytes / size).toBeLessThan(most)
})
