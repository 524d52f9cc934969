import type { ProcessGroup } from './process-group.ts'

/**
 * The last resort: when this process exits while the service runs (a crash, `process.exit`), its whole
 * group is killed, so that nothing holds the port in the next run. Gives the function that takes it back.
 */
export function killOnExit(group: Pick<ProcessGroup, 'killNow'>): () => void {
  const kill = (): void => group.killNow()
  process.once('exit', kill)
  return () => {
    process.off('exit', kill)
  }
}
