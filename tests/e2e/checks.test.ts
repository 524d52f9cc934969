import { expect, test } from 'vitest'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { errorsIn } from '../support/vitest-output.ts'
import { vitestProject } from '../support/vitest-project.ts'

const SUITE = `
import { expect, test } from 'vitest-perf'

test('all that does not hold fails the test, at its end', async ({ http, check }) => {
  const answer = await http.get('/')
  check('answers', answer.ok)
  check('is empty', answer.text() === '')
  for (const name of ['pid', 'id', 'uid']) {
    check('has its fields', () => { expect(name).toBe('pid'); return true })
  }
  console.log('went on')
})
test('in a load it is a figure', async ({ load, check }) => {
  const run = await load({ users: 1, iterations: 2 }, async ({ http, group, check }) => {
    const answer = await group('visit', () => http.get('/'))
    check('is empty', answer.text() === '')
  })
  check('was measured', run.group('visit').count === 2)
  expect(run.check('is empty').failed).toBe(2)
})
test('one journey in any mode', async ({ http, group }) => {
  expect(await group('visit', () => http.get('/'))).toMatchObject({ ok: true })
})
test("the test's own check in a scenario", ({ load, check }) =>
  load({ users: 1, iterations: 1 }, () => void check('is true', true)))
`

test('checks and groups in tests and in loads', { timeout: 60_000 }, async () => {
  const { options } = await withService()
  await using project = await vitestProject('checks', {
    'vitest.config.ts': config(options),
    'service.mjs': SERVICE,
    'a.perf.ts': SUITE,
  })
  const run = await project.run()
  expect(run.output).toContain('went on')
  expect(errorsIn(run.output).join('\n')).toMatchInlineSnapshot(`
    "CheckError: 2 checks did not hold:
      - "is empty"
      - "has its fields" (2 of 3 times): expected 'id' to be 'pid' // Object.is equality
    UsageError: the test's own check was used inside a load scenario, where every user has its own: take it from the scenario's argument, load(…, async ({ check }) => …)"
  `)
  const [file] = await project.runFiles()
  const [record] = file?.tests.flatMap(({ record: { runs } }) => runs) ?? []
  expect(record?.checks).toMatchObject([{ name: 'is empty', passed: 0, failed: 2 }])
  expect(record?.groups).toMatchObject([{ name: 'visit', count: 2, ok: 2 }])
})
