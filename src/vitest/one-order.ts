import { BaseSequencer, type TestSpecification, type Vitest } from 'vitest/node'

/**
 * Files in the order of their names: Vitest goes by what it remembers of earlier runs, which is something else on
 * every machine, and generators that take another file first would wait for each other.
 */
class ByName extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const byName = (left: TestSpecification, right: TestSpecification): number =>
      left.moduleId < right.moduleId ? -1 : 1
    return Promise.resolve(files.toSorted(byName))
  }
}

/** Has all machines of a run take the files in one order. */
export function takeOneOrder(vitest: Vitest): void {
  vitest.config.sequence.sequencer = ByName
}
