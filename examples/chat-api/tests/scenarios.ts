import type { ProfileOptions } from 'vitest-perf/plugin'
import { elsewhere, full } from './switches.ts'

/** What the server may cost, in every scenario. */
const server = elsewhere ? {} : ({ memory: { growth: '100MB' }, cpu: '80%' } as const)

interface Scenario {
  readonly name: string
  readonly purpose: string
  readonly shape: ProfileOptions
}

/**
 * Who comes, for how long, and what is promised to them. One line more is one scenario more; each is
 * a profile of this name, so that `PERF_DURATION` and `PERF_USERS` may say otherwise.
 */
export const scenarios: readonly Scenario[] = [
  {
    name: '1 user',
    purpose: 'the baseline',
    shape: {
      users: 1,
      duration: full ? '30s' : '6s',
      limits: {
        errorRate: 0,
        throughput: '0.2/s',
        chat: { mean: '400ms', max: '2s' },
        stream: { ttft: { mean: '300ms', max: '1s' } },
        ...server,
      },
    },
  },
  {
    name: '5 users',
    purpose: 'medium load',
    shape: {
      users: 5,
      rampUp: '1s',
      duration: full ? '2m' : '6s',
      limits: {
        errorRate: '1%',
        throughput: '1/s',
        chat: { mean: '500ms', p95: '1s' },
        stream: { p95: '1s', ttft: { p95: '800ms' } },
        stop: { p95: '500ms' },
        ...server,
      },
    },
  },
  {
    name: '10 users',
    purpose: 'high load',
    shape: {
      users: 10,
      rampUp: '2s',
      duration: full ? '3m' : '8s',
      limits: {
        errorRate: { acceptable: '1%', warning: '2%', critical: '5%' },
        throughput: '2/s',
        chat: { mean: '800ms', p95: '1500ms', p99: '2s' },
        stream: { p95: '1500ms', p99: '2s', ttft: { p95: '1s' } },
        stop: { p95: '800ms' },
        ...server,
      },
    },
  },
]
