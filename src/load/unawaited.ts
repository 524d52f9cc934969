import { realClock } from '../clock/clock.ts'
import { sleep } from '../clock/sleep.ts'
import { UsageError } from '../errors/usage-error.ts'

/** Says whether a rejection that no code waits for was of its load. */
type Take = (reason: unknown) => boolean
type Listener = NodeJS.UnhandledRejectionListener

/** Calls of one user that may go on after its iteration; far more than anyone means to leave behind. */
const MOST_LEFT_OPEN = 1_000

/**
 * Iterations that do not wait for their calls follow one another as fast as they can, until no memory
 * is left.
 * @throws UsageError when so many calls are under way that no iteration waits for
 */
export function refusePile(underWay: number, users: number): void {
  if (underWay <= MOST_LEFT_OPEN * users) return
  throw UsageError.saying(
    'scenario',
    `the scenario does not wait for its calls, and more than ${MOST_LEFT_OPEN} of one user are under way: write await http.get(…), or return the promise`,
    underWay,
  )
}

/** The loads that run now, and who listened before the first of them did. */
const watch: { readonly takes: Set<Take>; theirs: readonly Listener[] } = {
  takes: new Set(),
  theirs: [],
}

/**
 * A scenario that forgets an `await` leaves promises that nobody waits for. Each that rejects, and
 * after the last iteration all do, would be an unhandled rejection of its own: pages of them. While
 * `run` runs, its load takes those that are its own; it has recorded them anyhow.
 */
export async function takingUnawaited(take: Take, run: () => Promise<void>): Promise<void> {
  if (watch.takes.size === 0) {
    watch.theirs = process.listeners('unhandledRejection')
    for (const listener of watch.theirs) process.off('unhandledRejection', listener)
    process.on('unhandledRejection', ours)
  }
  watch.takes.add(take)
  try {
    await run()
  } finally {
    // Node tells of a rejection when the turn in which it happened is over.
    await sleep(realClock, 0)
    watch.takes.delete(take)
    if (watch.takes.size === 0) giveBack()
  }
}

function giveBack(): void {
  process.off('unhandledRejection', ours)
  for (const listener of watch.theirs) process.on('unhandledRejection', listener)
}

const ours: Listener = (reason, promise) => {
  if ([...watch.takes].some((take) => take(reason))) return
  for (const listener of watch.theirs) listener(reason, promise)
  // As Node does where nobody listens.
  if (watch.theirs.length === 0) throw reason
}
