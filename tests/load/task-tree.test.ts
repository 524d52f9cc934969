import { expect, test } from 'vitest'
import { leavesOf } from '../../src/load/task-tree.ts'
import { sequence, type Tasks } from '../../src/load/user-definition.ts'

const a = (): string => 'a'
const b = (): string => 'b'
const c = (): string => 'c'

const leaves = (tasks: Tasks<never, never>): readonly unknown[] =>
  leavesOf(tasks, 'tasks').map(({ weight, value }) => [
    weight,
    value.map((step) => step.name).join(),
  ])

test.each<[string, Tasks<never, never>, readonly unknown[]]>([
  [
    'bare functions weigh 1',
    { a, b },
    [
      [1, 'a'],
      [1, 'b'],
    ],
  ],
  [
    'weights',
    { a: { weight: 3, run: a }, b: { run: b } },
    [
      [3, 'a'],
      [1, 'b'],
    ],
  ],
  [
    'a sequence is picked as one',
    { a, both: sequence([b, c]) },
    [
      [1, 'a'],
      [1, 'b,c'],
    ],
  ],
  ['a weighted sequence', { both: { weight: 2, run: sequence([b, c]) } }, [[2, 'b,c']]],
  [
    'a group shares its weight among its tasks',
    { a, group: { weight: 4, tasks: { b: { weight: 3, run: b }, c } } },
    [
      [1, 'a'],
      [3, 'b'],
      [1, 'c'],
    ],
  ],
  [
    'groups in groups',
    { outer: { weight: 8, tasks: { a, inner: { tasks: { b, c } } } } },
    [
      [4, 'a'],
      [2, 'b'],
      [2, 'c'],
    ],
  ],
])('%s', (_what, tasks, expected) => expect(leaves(tasks)).toEqual(expected))

test.each([
  ['no task', {}],
  ['a string', { a: 'a' }],
  ['an object that is none', { a: { weight: 3 } }],
  ['run and tasks', { a: { run: a, tasks: { b } } }],
  ['a misspelt key', { a: { wieght: 3, run: a } }],
  ['a weight of 0', { a: { weight: 0, run: a } }],
  ['an empty sequence', { a: sequence([]) }],
  ['an empty group', { a: { tasks: {} } }],
])('%s is refused', (_what, tasks) => {
  expect(() =>
    leavesOf(tasks as Tasks<never, never>, 'chat user.tasks'),
  ).toThrowErrorMatchingSnapshot()
})
