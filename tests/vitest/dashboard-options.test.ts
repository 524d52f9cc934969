import { describe, expect, test } from 'vitest'
import { toDashboardSettings } from '../../src/vitest/dashboard-options.ts'
import { messageOf } from '../support/message-of.ts'

describe('whether there is a dashboard, and where', () => {
  test.each([
    ['none', undefined, undefined, undefined],
    ['none when it is off', false, undefined, undefined],
    ['the usual place', true, undefined, {}],
    ['a port', { port: 9000 }, undefined, { port: 9000 }],
    ['any port', { port: 0 }, undefined, { port: 0 }],
    ['for others, too', { host: '0.0.0.0' }, undefined, { host: '0.0.0.0' }],
    ['PERF_DASHBOARD=1', undefined, '1', {}],
    ['PERF_DASHBOARD=1 keeps the place', { port: 9000 }, '1', { port: 9000 }],
    ['PERF_DASHBOARD=0 wins', true, '0', undefined],
    ['PERF_DASHBOARD is a port', { host: 'localhost' }, '9001', { host: 'localhost', port: 9_001 }],
    ['an empty PERF_DASHBOARD is none', true, '', {}],
  ])('%s', (_, options, told, settings) => {
    expect(toDashboardSettings(options, { PERF_DASHBOARD: told })).toEqual(settings)
  })

  test.each([
    [
      { prot: 1 },
      '1',
      'perf.dashboard.prot is not an option; known: "port", "host"; did you mean "port"?',
    ],
    [{ port: '80' }, '1', 'perf.dashboard.port must be a port like 8089, or 0 for any, got "80"'],
    [
      { host: 'a b' },
      '1',
      "perf.dashboard.host must be a host like '127.0.0.1' or '0.0.0.0', got \"a b\"",
    ],
    [8089, '1', 'perf.dashboard must be true, or an object like { port: 8089 }, got 8089'],
    [true, 'yes', 'PERF_DASHBOARD must be 1, 0, or a port of at least 2, got "yes"'],
    [true, '99999', 'PERF_DASHBOARD must be 1, 0, or a port of at least 2, got "99999"'],
  ])('%j with %s is refused', (options, told, message) => {
    const read = () => toDashboardSettings(options as boolean, { PERF_DASHBOARD: told })
    expect(messageOf(read)).toBe(message)
  })
})
