import { basename, dirname, join } from 'node:path'

/** Where the baselines of a test file are: `tests/__perf__/chat.perf.ts.json` beside `tests/chat.perf.ts`. */
export const baselinePath = (testFile: string): string =>
  join(dirname(testFile), '__perf__', `${basename(testFile)}.json`)
