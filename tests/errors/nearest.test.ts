import { describe, expect, test } from 'vitest'
import { knownNames, nearest } from '../../src/errors/nearest.ts'

const requests = ['chat', 'chat stream', 'history', 'GET /strategies/{}']

describe('the name that was meant', () => {
  test.each([
    ['a letter missing', 'hstory', 'history'],
    ['two letters swapped', 'caht', 'chat'],
    ['another case', 'CHAT', 'chat'],
    ['a part, of which the shortest is meant', 'Cha', 'chat'],
    ['a part of a long name', 'strategies', 'GET /strategies/{}'],
    ['nothing near', 'checkout', undefined],
    ['a word that only looks alike', 'hastily', undefined],
    ['a short name needs more in common', 'abc', undefined],
    ['a single letter says too little', 'c', undefined],
    ['nothing at all', '', undefined],
  ])('%s', (_, name, meant) => expect(nearest(name, requests)).toBe(meant))

  test('percentiles differ in one digit', () => {
    expect(nearest('p96', ['mean', 'p50', 'p95'])).toBe('p95')
  })

  test('nothing is known', () => expect(nearest('chat', [])).toBeUndefined())
})

describe('the end of a message', () => {
  test('lists what is known and guesses', () => {
    expect(knownNames('caht', requests)).toMatchInlineSnapshot(
      `"known: "chat", "chat stream", "history", "GET /strategies/{}"; did you mean "chat"?"`,
    )
  })

  test('does not guess wildly', () => {
    expect(knownNames('checkout', ['chat', 'stop'])).toMatchInlineSnapshot(
      `"known: "chat", "stop""`,
    )
  })

  test('stops after twelve', () => {
    const many = Array.from({ length: 14 }, (_, i) => `r${i}`)
    expect(knownNames('r13x', many)).toMatchInlineSnapshot(
      `"known: "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11" and 2 more; did you mean "r13"?"`,
    )
  })

  test('says when there is nothing', () => {
    expect(knownNames('chat', [])).toMatchInlineSnapshot(`"none is known"`)
  })
})
