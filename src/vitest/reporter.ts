import type { Reporter } from 'vitest/node'
import type { ControlServer } from './control-server.ts'
import { PROJECT } from './projects.ts'
import { takeSignals } from './signals.ts'
import type { TestModule, TestRunEndReason, TestSpecification, Vitest, SerializedError } from 'vitest/node'

export class PerfReporter implements Reporter {
  readonly #server: ControlServer | undefined
  #vitest: Vitest | undefined
  #giveBack: (() => void) | undefined
  constructor(server?: ControlServer) {
    this.#server = server
  }
  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }
  async onTestRunStart(specs: readonly TestSpecification[]): Promise<void> {
    if (!specs.some((s) => s.project.name === PROJECT)) return
    this.#giveBack = takeSignals(() => void this.#vitest?.cancelCurrentRun('keyboard-input'))
    await this.#server?.listen()
  }
  async onTestRunEnd(_m: readonly TestModule[], _e: readonly SerializedError[], _r: TestRunEndReason): Promise<void> {
    this.#giveBack?.()
    await this.#server?.close()
  }
}
