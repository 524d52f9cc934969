import { relative } from 'node:path'
import type { TestCase, TestProject, TestSpecification, Vitest } from 'vitest/node'
import type { SteerAnswer } from '../load/steering.ts'
import type { Starter } from '../live/dashboard.ts'
import type { Start, StartableTest } from '../live/live-page.ts'
import type { StartRequest } from '../live/requests.ts'
import { formatNumber } from '../units/format.ts'
import type { PerfConfig } from './perf-config.ts'
import { PROJECT } from './projects.ts'

/** A test, or a file whose tests are not known before it has run once. */
interface Startable extends StartableTest {
  specification(): TestSpecification
}

/** Starts the perf tests of a watcher by hand, one at a time. */
export class TestStarter implements Starter {
  readonly #vitest: Vitest
  readonly #isBusy: () => boolean
  #files: readonly string[] = []
  #starts = false

  /** `isBusy`: whether perf tests run. */
  constructor(vitest: Vitest, isBusy: () => boolean) {
    this.#vitest = vitest
    this.#isBusy = isBusy
  }

  /** Looks for test files; a watcher may have gained some. */
  async look(): Promise<void> {
    this.#files = (await this.#project?.globTestFiles())?.testFiles ?? []
  }

  now(): Start {
    const tests = this.#all().map(({ id, file, name }) => ({ id, file, name }))
    return { busy: this.#busy, tests }
  }

  /** It begins when the tests that run now, if any, have ended. */
  start({ test, ...started }: StartRequest): Promise<SteerAnswer> {
    if (this.#busy) return refused('perf tests run already')
    const found = this.#all().find(({ id }) => id === test)
    const project = this.#project
    if (found === undefined || project === undefined) {
      return refused('there is no such test any more: reload the page')
    }
    this.#starts = true
    void this.#run(found.specification(), project, started)
    const { name = found.file } = found
    return Promise.resolve({ ok: true, said: `${name} starts${wordsOf(started)}` })
  }

  get #busy(): boolean {
    return this.#starts || this.#isBusy()
  }

  async #run(
    specification: TestSpecification,
    project: TestProject,
    started: Omit<StartRequest, 'test'>,
  ): Promise<void> {
    const told = project.getProvidedContext()['vitest-perf']
    const config: PerfConfig = { ...(JSON.parse(told) as PerfConfig), started }
    project.provide('vitest-perf', JSON.stringify(config))
    try {
      await this.#vitest.rerunTestSpecifications([specification])
    } catch (error) {
      this.#vitest.logger.error(`\n perf: the start failed: ${String(error)}`)
    } finally {
      project.provide('vitest-perf', told)
      this.#starts = false
    }
  }

  #all(): readonly Startable[] {
    const project = this.#project
    if (project === undefined) return []
    const modules = this.#vitest.state
      .getTestModules()
      .filter((module) => module.project.name === PROJECT)
    const tests = modules.flatMap((module) => [...module.children.allTests()].map(toStartable))
    const known = new Set(modules.map(({ moduleId }) => moduleId))
    const files = this.#files
      .filter((file) => !known.has(file))
      .map((file): Startable => ({
        id: file,
        file: relative(this.#vitest.config.root, file).replaceAll('\\', '/'),
        specification: () => project.createSpecification(file),
      }))
    return [...tests, ...files]
  }

  get #project(): TestProject | undefined {
    return this.#vitest.projects.find(({ name }) => name === PROJECT)
  }
}

const toStartable = (test: TestCase): Startable => ({
  id: test.id,
  file: test.module.relativeModuleId,
  name: test.fullName,
  specification: () => test.toTestSpecification(),
})

const refused = (message: string): Promise<SteerAnswer> => Promise.resolve({ ok: false, message })

function wordsOf({ users, spawnRate }: Omit<StartRequest, 'test'>): string {
  const words = [
    ...(users === undefined ? [] : [`${formatNumber(users)} users`]),
    ...(spawnRate === undefined ? [] : [`${formatNumber(spawnRate)} of them per second`]),
  ]
  return words.length === 0 ? '' : ` with ${words.join(', ')}`
}
