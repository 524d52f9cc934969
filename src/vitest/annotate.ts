import type { TestContext } from 'vitest'
import type { Vitest } from 'vitest/node'
import { redact } from '../clients/redact.ts'
import type { Verdict } from '../limits/verdict.ts'
import type { RunData } from '../load/load-run.ts'

/** Vitest's reporters that show what a test was annotated with. */
const READERS = ['junit', 'github-actions', 'tap', 'tap-flat', 'html']

/** Whether anybody reads annotations: the default reporter would only repeat the summary in them. */
export const hasReader = ({ config }: Pick<Vitest, 'config'>): boolean =>
  config.reporters.some((each) => {
    const name: unknown = Array.isArray(each) ? each[0] : each
    return typeof name === 'string' && READERS.includes(name)
  })

/** Hands the results of a test on to Vitest's own reporters. */
export interface Annotator {
  /** Awaited where the test awaits its load, so that the note stands at that line of it. */
  readonly load: (run: RunData) => Promise<void>
  readonly verdict: (verdict: Verdict) => void
}

/** Loaded only when there is a reader. */
export async function annotatorOf({ annotate }: Pick<TestContext, 'annotate'>): Promise<Annotator> {
  const { loadNote, verdictNote } = await import('../report/notes.ts')
  const note = async (text: string, type: string): Promise<void> => {
    try {
      await annotate(redact(text), type)
    } catch {
      // A test that has come to its end takes no more notes: none is worth an error.
      return
    }
  }
  return {
    load: async (run) => note(loadNote(run), 'perf: load'),
    // From outside of the test's stack: at a line of the test each limit would be a notice on GitHub, and
    // one that is missed is an error there already.
    verdict: (verdict) =>
      queueMicrotask(
        () =>
          void note(
            verdictNote(verdict),
            `perf: limit ${verdict.status === 'pass' ? 'met' : 'missed'}`,
          ),
      ),
  }
}
