import { expect, profile, test } from 'vitest-perf'
import { advancedAuthor, basicAuthor } from './authors.ts'
import { limits } from './limits.ts'

test('basic workflow: each author writes one book', async ({ load }) => {
  const run = await load(profile('basic', { limits: limits.basic }), basicAuthor)
  expect(run).toMeetLimits()
})

test('advanced workflow: three books at once, in contexts that grow', async ({ load }) => {
  const run = await load(profile('advanced', { limits: limits.advanced }), advancedAuthor)
  expect(run).toMeetLimits()
  expect(run.check('the context grows')).toHaveSuccessRateAbove('100%')
})
