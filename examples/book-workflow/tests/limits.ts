import type { Limits } from 'vitest-perf'
import { elsewhere } from './switches.ts'

/** What the server may cost, in every test. */
const server = elsewhere ? {} : ({ memory: { growth: '200MB' }, cpu: '90%' } as const)

/** What a reader of a stream is content with. */
const readable = { ttft: '1s', tpot: '100ms' } as const

/** What is promised to authors. Everything that the model writes is tagged `writing`. */
export const limits = {
  basic: {
    errorRate: '1%',
    '#writing': { p95: '4s', ttft: { p95: '1s' }, tpot: { p95: '100ms' }, gap: { p99: '500ms' } },
    create: { p95: '1s' },
    chapter: { p95: '4s' },
    goodput: { rate: '2/s', ...readable },
    ...server,
  },
  advanced: {
    errorRate: '1%',
    '#writing': { p95: '5s', ttft: { p95: '1500ms' }, tpot: { p95: '100ms' } },
    'three books': { p95: '60s' },
    ...server,
  },
  'response time': {
    errorRate: '1%',
    write: {
      mean: '2s',
      p95: '4s',
      p99: { good: '4s', acceptable: '6s' },
      ttft: { p95: '1s' },
      ttct: { p50: '2s', p95: '4s' },
    },
    ...server,
  },
  throughput: {
    errorRate: '1%',
    throughput: '15/s',
    tokensPerSecond: '300/s',
    goodput: { rate: '15/s', ...readable },
    ...server,
  },
  'first token': {
    errorRate: '1%',
    outline: { ttft: { p50: '500ms', p95: { good: '500ms', acceptable: '1s' }, p99: '2s' } },
    ...server,
  },
  spike: { errorRate: '5%', '#writing': { p95: '8s', ttft: { p95: '3s' } }, ...server },
  // Judged at every step; the most authors with whom they hold are what the service can take.
  'ramp-up': { errorRate: '5%', '#writing': { p95: '8s', ttft: { p95: '3s' } } },
  soak: {
    errorRate: '1%',
    '#writing': { p95: '4s', ttft: { p95: '1s' } },
    ...server,
  },
} satisfies Readonly<Record<string, Limits>>
