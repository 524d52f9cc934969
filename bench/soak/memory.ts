import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answerCalls } from '../common/answer-calls.ts'
import { heldBytes } from '../common/held-bytes.ts'
import { soak } from './soak.ts'

const HALF_AN_HOUR = 1_800

answerCalls({
  /** Half an hour with so many operations: what it held after each ten minutes, and what its journal took. */
  soak: async (samples: number) => {
    const folder = mkdtempSync(join(tmpdir(), 'soak-'))
    try {
      const options = { seconds: HALF_AN_HOUR, endpoints: 5, folder, looks: 3, heldBytes }
      const { held, journal, cpu } = await soak({ ...options, samples })
      return { held, journal, cpu }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
})
