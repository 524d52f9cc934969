import { expect, test } from 'vitest'
import { isBrief, terminalOf } from '../../src/vitest/terminal.ts'

test.each([
  ['a log', {}, 80],
  ['a terminal', { isTTY: true, columns: 100 }, 100],
  ['a wide one: lines stay readable', { isTTY: true, columns: 300 }, 120],
  ['a narrow one: figures need their room', { isTTY: true, columns: 20 }, 60],
  ['one that does not know its width', { isTTY: true, columns: 0 }, 80],
])('columns of %s', (_, output, columns) => {
  expect(terminalOf(output, {}, { argv: [] }).columns).toBe(columns)
})

test.each([
  ['a log', {}, {}, [], false],
  ['a terminal', { isTTY: true }, { TERM: 'xterm' }, [], true],
  ['a terminal without any', { isTTY: true }, { TERM: 'dumb' }, [], false],
  ['the log of a CI', {}, { CI: 'true' }, [], true],
  ['a log that asks for them', {}, { FORCE_COLOR: '1' }, [], true],
  ['a log that asks for them by a flag', {}, {}, ['--color'], true],
  ['a terminal that asks for none', { isTTY: true }, { NO_COLOR: '1' }, [], false],
  ['a terminal that asks for none by a flag', { isTTY: true }, {}, ['--no-color'], false],
  ['a terminal that forces none', { isTTY: true }, { FORCE_COLOR: '0' }, [], false],
  ['one that asks for both', { isTTY: true }, { NO_COLOR: '', FORCE_COLOR: '1' }, [], false],
])('colours of %s', (_, output, environment, argv, colors) => {
  expect(terminalOf(output, environment, { argv }).colors).toBe(colors)
})

test.each([
  ['a terminal', { isTTY: true }, {}, false],
  ['the log of a CI', {}, { CI: 'true' }, false],
  ['who asks for them', {}, { FORCE_COLOR: '1' }, true],
])('an agent gets no colours, as Vitest gives it none: %s', (_, output, environment, colors) => {
  expect(terminalOf(output, environment, { argv: [], brief: true }).colors).toBe(colors)
})

test.each([
  ['the reporter of agents', [['minimal', {}]], true],
  [
    'with that of GitHub',
    [
      ['minimal', {}],
      ['github-actions', {}],
    ],
    true,
  ],
  ['that of people', [['default', {}]], false],
  ['one of their own', [{ onInit: () => {} }], false],
])('Vitest says who reads along: %s', (_, reporters, brief) => {
  expect(isBrief(reporters)).toBe(brief)
})
