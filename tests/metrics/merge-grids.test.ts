import { describe, expect, test } from 'vitest'
import { mergeGrids } from '../../src/metrics/merge-grids.ts'
import type { GridWindow } from '../../src/metrics/recording-part.ts'

/** Windows as `at+width:users`, in seconds. */
const grid = (...windows: readonly string[]): readonly GridWindow[] =>
  windows.map((window) => {
    const [, at, width, users] = /^(\d+)\+(\d+):(\d+|-)$/.exec(window) ?? []
    return {
      at: Number(at) * 1_000,
      width: Number(width) * 1_000,
      users: users === '-' ? undefined : Number(users),
    }
  })

describe('the windows of generators that ran side by side', () => {
  test.each<[string, readonly (readonly string[])[], readonly string[], readonly number[][]]>([
    [
      'seconds of one grid stay seconds, and their users add up',
      [
        ['0+1:2', '1+1:3'],
        ['0+1:1', '1+1:1'],
      ],
      ['0+1:3', '1+1:4'],
      [
        [0, 1],
        [0, 1],
      ],
    ],
    [
      'what one has joined is joined for all; users are the most of each',
      [['0+2:4'], ['0+1:1', '1+1:2']],
      ['0+2:6'],
      [[0], [0, 0]],
    ],
    [
      'joined windows that overlap are one',
      [
        ['0+2:1', '2+2:1'],
        ['0+1:1', '1+2:1', '3+1:1'],
      ],
      ['0+4:2'],
      [
        [0, 0],
        [0, 0, 0],
      ],
    ],
    [
      'a window that one left out has the users that it had before',
      [
        ['0+1:2', '2+1:2'],
        ['0+1:1', '1+1:1', '2+1:1'],
      ],
      ['0+1:3', '1+1:3', '2+1:3'],
      [
        [0, 2],
        [0, 1, 2],
      ],
    ],
    [
      'one that ended earlier has no more users then',
      [['0+1:2'], ['0+1:1', '1+1:1']],
      ['0+1:3', '1+1:1'],
      [[0], [0, 1]],
    ],
    [
      'a generator that recorded nothing adds nothing',
      [[], ['0+1:-', '1+1:5']],
      ['0+1:-', '1+1:5'],
      [[], [0, 1]],
    ],
  ])('%s', (_, parts, windows, places) => {
    const merged = mergeGrids(parts.map((part) => grid(...part)))
    expect(merged).toEqual({ windows: grid(...windows), places })
  })
})
