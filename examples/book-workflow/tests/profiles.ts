import type { ProfileOptions } from 'vitest-perf/plugin'
import { crowd, full, users } from './switches.ts'

/** Seconds for a demo, a minute for a crowd that thinks, minutes for a real test. */
const long = (seconds: number, minutes: number): number =>
  full ? minutes * 60_000 : (crowd ? 15 : 1) * seconds * 1_000

/** So long that nobody is turned away at the door: 100 connections a second. */
const rampUp = Math.max(500, users * 10)

const fifth = Math.ceil(users / 5)

/** How many come, and for how long. `PERF_USERS` and `PERF_DURATION` may say otherwise. */
export const profiles = {
  basic: { users, rampUp, duration: long(4, 5) },
  // Each of them does the work of many: three books at once, and no thinking in between.
  advanced: { users: Math.ceil(users / (crowd ? 20 : 2)), rampUp, duration: long(3, 5) },
  'response time': { users, rampUp, duration: long(2.5, 1) },
  throughput: { rate: Math.max(20, users / 20), warmUp: '1s', duration: long(3, 1) },
  'first token': { users, rampUp, duration: long(2.5, 1) },
  spike: {
    startUsers: fifth,
    stages: [
      { users: fifth, duration: long(1, 1) },
      { users, duration: crowd ? rampUp / 2 : 0 },
      { users, duration: long(2, 2) },
      { users: fifth, duration: 0 },
      { users: fifth, duration: long(1, 1) },
    ],
  },
  'ramp-up': { steps: { by: fifth, every: long(1, 1), upTo: fifth * 5 } },
  soak: { users, rampUp, duration: long(3.5, 60) },
} as const satisfies Readonly<Record<string, ProfileOptions>>
