import { expect, test } from 'vitest'
import { projectsFor, type TestConfig } from '../../src/vitest/projects.ts'

/** Names of the projects that the plugin adds to a configuration. */
const added = (config: TestConfig): unknown =>
  projectsFor(config, ['**/*.perf.ts'], '/setup.js').projects?.map((project) =>
    typeof project === 'object' && 'test' in project ? project.test?.name : project,
  )

const perf = { label: 'perf', color: 'magenta' }

test.each<[string, TestConfig, unknown]>([
  ['none: its own tests are called unit', {}, ['unit', perf]],
  ['a name: they keep it', { name: 'api' }, ['api', perf]],
  [
    'a coloured one',
    { name: { label: 'api', color: 'red' } },
    [{ label: 'api', color: 'red' }, perf],
  ],
  ['projects: it is added to them', { projects: ['packages/*'] }, [perf]],
  ['projects of its own kind', { projects: [{ test: { name: 'perf' } }] }, undefined],
  ['one that is the perf project', { name: 'perf' }, undefined],
  ['the same, coloured', { name: { label: 'perf', color: 'red' } }, undefined],
])('of a suite with %s', (_, config, names) => {
  expect(added(config)).toEqual(names)
})

test('perf tests get the settings that a measurement needs', () => {
  const { projects } = projectsFor({}, ['load/*.ts'], '/setup.js')
  expect(projects?.[1]).toEqual({
    extends: true,
    test: {
      name: perf,
      include: ['load/*.ts'],
      setupFiles: ['/setup.js'],
      pool: 'forks',
      environment: 'node',
      fileParallelism: false,
      maxConcurrency: 1,
      isolate: true,
      retry: 0,
      testTimeout: 0,
      hookTimeout: 0,
      typecheck: { enabled: false },
      sequence: { concurrent: false },
    },
  })
})
