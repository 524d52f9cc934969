import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { soak } from '../../bench/soak/soak.ts'
import { summarize } from '../../src/metrics/summary.ts'
import { partsOf } from '../../src/run-file/journal-lines.ts'
import { readJournal } from '../../src/run-file/read-journal.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heldBytes(): number {
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

test('twenty minutes with a million operations: what is held stops to grow, and all is on the disk', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'soak-'))
  try {
    const seconds = 1_200
    const soaked = await soak({ seconds, samples: 1e6, endpoints: 5, folder, looks: 6, heldBytes })
    const { held, journal, recorder } = soaked
    // The first ten minutes are kept second by second; from then on there are no more windows.
    expect(held).toHaveLength(6)
    const [, , , , late = NaN, end = NaN] = held
    expect(end / late).toBeLessThan(1.15)
    expect(journal).toBeLessThan(12e6)
    const whole = summarize(recorder.data(seconds * 1_000), seconds * 1_000)
    const parts = partsOf(readdirSync(folder)).get('soak') ?? []
    const kept = (await readJournal(folder, parts))?.run
    expect(kept?.whole).toMatchObject({ count: 1e6, ok: whole.ok, failed: whole.failed })
    expect(kept?.elapsed).toBe(seconds * 1_000)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 120_000)
