import { expect, test } from 'vitest'
import { differences, readFacts, writeFacts } from '../../src/cluster/facts.ts'

test('only what is not the same is shown, each on a line', () => {
  const here = { version: '2.0.0', test: 'a.perf.ts', node: 'v24' }
  const there = { version: '1.0.0', test: 'a.perf.ts', options: 'users 5' }
  expect(differences(here, there)).toMatchInlineSnapshot(`
    "  version: 2.0.0 here, 1.0.0 there
      node: v24 here, nothing there
      options: nothing here, users 5 there"
  `)
  expect(differences(here, here)).toBe('')
})

test('equal facts are equal text, in whatever order they are named', () => {
  expect(writeFacts({ b: '2', a: '1' })).toBe(writeFacts({ a: '1', b: '2' }))
  expect(readFacts(writeFacts({ b: '2', a: '1' }))).toEqual({ a: '1', b: '2' })
})
