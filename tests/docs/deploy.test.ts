import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { ROOT } from './pages.ts'

const FOLDER = join(ROOT, 'deploy')
const textOf = (name: string): string => readFileSync(join(FOLDER, name), 'utf8')

/** The documents of a file, as the engines read them: merged, and each key once. */
function documentsOf<T>(name: string): T[] {
  const documents = parseAllDocuments(textOf(name), { merge: true, uniqueKeys: true })
  return [...documents].map((each) => {
    expect([...each.errors, ...each.warnings]).toEqual([])
    return each.toJS() as T
  })
}

interface Compose {
  readonly services: Readonly<Record<string, { readonly environment?: Environment }>>
}
type Environment = Readonly<Record<string, string>>

interface Job {
  readonly kind: string
  readonly spec: {
    readonly parallelism: number
    readonly completions: number
    readonly completionMode: string
    readonly backoffLimit: number
    readonly template: {
      readonly spec: { readonly restartPolicy: string; readonly containers: readonly Container[] }
    }
  }
}
interface Container {
  readonly env: readonly { readonly name: string; readonly value?: string }[]
  readonly args: readonly string[]
}

interface Workflow {
  readonly jobs: Readonly<Record<string, WorkflowJob>>
}
interface WorkflowJob {
  readonly env: Environment
  readonly steps: readonly { readonly run?: string }[]
  readonly strategy?: { readonly matrix: { readonly generator: readonly number[] } }
}

/** All that the sources mention: what they read, and what their messages name. */
const SOURCES = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(join(ROOT, 'src', path), 'utf8'))
  .join('\n')

describe.each(readdirSync(FOLDER))('deploy/%s', (name) => {
  test('sets only variables that are read', () => {
    const variables = new Set(textOf(name).match(/\bPERF_[A-Z_]+\b/g))
    expect([...variables].filter((each) => !new RegExp(`\\b${each}\\b`).test(SOURCES))).toEqual([])
  })

  test('starts files that are there', () => {
    const files = textOf(name).match(/\bnode_modules\/[\w./-]+/g) ?? []
    expect(files.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })
})

test('compose: every generator of as many as there are, in one run', () => {
  const [compose] = documentsOf<Compose>('compose.yaml')
  const all = Object.values(compose?.services ?? {}).flatMap(({ environment }) =>
    environment === undefined ? [] : [environment],
  )
  expect(all.map((each) => each.PERF_GENERATOR)).toEqual(['1/3', '2/3', '3/3'])
  for (const name of ['PERF_RUN_ID', 'PERF_RENDEZVOUS', 'PERF_BASE_URL']) {
    expect(new Set(all.map((each) => each[name])).size).toBe(1)
  }
})

describe('kubernetes', () => {
  const job = documentsOf<Job>('kubernetes.yaml').find(({ kind }) => kind === 'Job')
  const [container] = job?.spec.template.spec.containers ?? []

  test('every generator of as many as there are, and none twice', () => {
    const { parallelism, completions, completionMode, backoffLimit, template } = job?.spec ?? {}
    const generators = container?.env.find(({ name }) => name === 'GENERATORS')?.value
    expect({ parallelism, completions, generators }).toEqual({
      parallelism: 4,
      completions: 4,
      generators: '4',
    })
    expect({ completionMode, backoffLimit, restart: template?.spec.restartPolicy }).toEqual({
      completionMode: 'Indexed',
      backoffLimit: 0,
      restart: 'Never',
    })
  })

  test.each([
    ['0', '1/4'],
    ['3', '4/4'],
  ])('the index %s of the Job is the generator %s', (index, generator) => {
    const [script = ''] = container?.args ?? []
    const shown = script.replace(/exec .*/, 'echo "$PERF_GENERATOR"')
    const env = { ...process.env, JOB_COMPLETION_INDEX: index, GENERATORS: '4' }
    expect(execFileSync('sh', ['-c', shown], { env, encoding: 'utf8' }).trim()).toBe(generator)
  })
})

test('github: a matrix of generators from 1 on, each of as many as there are jobs', () => {
  const [workflow] = documentsOf<Workflow>('github-actions.yml')
  const job = workflow?.jobs.generators
  const numbers = job?.strategy?.matrix.generator ?? []
  expect(numbers).toEqual(numbers.map((_, nth) => nth + 1))
  expect(job?.env.PERF_GENERATOR).toBe('${{ matrix.generator }}/${{ strategy.job-total }}')
  const jobs = Object.values(workflow?.jobs ?? {})
  const runs = jobs.flatMap(({ steps }) =>
    steps.flatMap(({ run }) => run?.trim().split('\n') ?? []),
  )
  expect(new Set(runs)).toEqual(
    new Set([
      'npm ci',
      'PERF_GENERATOR=2/2 npx vitest run --project perf &',
      'PERF_GENERATOR=1/2 npx vitest run --project perf',
      'wait $!',
      'npx vitest run --project perf',
      'npx vitest-perf report --output perf-report.html',
    ]),
  )
  expect(new Set(jobs.map(({ env }) => env.PERF_RUN_ID)).size).toBe(jobs.length)
})
