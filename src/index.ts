export { expect, describe, beforeAll, beforeEach, afterAll, afterEach, vi } from 'vitest'
export { test, test as it, withPerf, type PerfFixtures } from './vitest/fixtures.ts'
export { once } from './vitest/once.ts'
export { usePerf } from './vitest/test-scope.ts'
export type { Perf } from './vitest/perf.ts'
export type { ServerHandle } from './vitest/server-handle.ts'
export type { Recovery } from './service/recovery.ts'
export { UsageError } from './errors/usage-error.ts'
export { UndeliveredError } from './load/undelivered.ts'
export { AbortedError } from './load/aborted.ts'
export { OperationError } from './clients/operation-error.ts'
export { route, type Route } from './clients/route.ts'
export { defineSession, type SessionDefinition } from './clients/session-definition.ts'
export { profile, type ProfileReference } from './load/profile-reference.ts'
export {
  csv,
  json,
  rows,
  type CsvOptions,
  type JsonOptions,
  type PickOptions,
} from './data/sources.ts'
export type { DataSource } from './data/data-source.ts'
export {
  defineUser,
  sequence,
  type UserDefinition,
  type UserOptions,
  type TaskContext,
} from './load/user-definition.ts'
export type { ThinkTime } from './load/think-time.ts'
export type { Workload } from './load/behaviours.ts'
export {
  defineEvents,
  type LoadContext,
  type LoadEvents,
  type RequestStart,
  type RequestStop,
} from './load/events.ts'
export type { StepSummary, Sustained } from './load/step-summary.ts'
export { semaphore, type Semaphore } from './load/semaphore.ts'
export type { LoadRun, OpenLoadRun, RunData, RunPhase } from './load/load-run.ts'
export type { AbRun, AbChange } from './load/ab-run.ts'
export type { CompareOptions } from './load/ab-options.ts'
export type { Capacity, CapacityPoint, RateCapacity, UserCapacity } from './load/capacity.ts'
export type { CapacityOptions } from './load/capacity-options.ts'
export type { RegressLimits, RegressOperation, RegressTimes } from './limits/regress-limits.ts'
export type { RunWindow } from './load/run-window.ts'
export type { LoadOptions } from './load/options.ts'
export type { ConcurrentlyOptions } from './load/concurrently.ts'
export type { MeasureOptions, MeasureResult } from './load/measure.ts'
export type { Scenario } from './load/iteration.ts'
export type { UserContext } from './load/user-context.ts'
export type { Answer } from './clients/answer.ts'
export type { Check } from './load/check.ts'
export type { Group } from './load/group.ts'
export type { CheckSummary } from './metrics/checks.ts'
export type { CallOptions } from './clients/call.ts'
export type { HttpClient } from './clients/http.ts'
export type { Session } from './clients/session.ts'
export { same, type Same } from './clients/socket-same.ts'
export type { WsClient } from './clients/ws.ts'
export type { Socket } from './clients/socket.ts'
export type { Frame } from './clients/wires/frame.ts'
export type { ParsedWire } from './clients/wires/parse-wire.ts'
export type { Signal } from './clients/wires/wire.ts'
export type { WireInput } from './clients/wires/wire-input.ts'
export type { SocketGroup } from './clients/socket-group.ts'
export type { FanOut } from './clients/fan-out.ts'
export type { StreamResult } from './clients/stream-result.ts'
export type { TokenStream } from './clients/token-stream.ts'
export type { MetricSummary, MetricTags, Metrics } from './metrics/own-metrics.ts'
export type { Arrivals } from './metrics/arrivals.ts'
export type {
  LevelSummary,
  LoopSummary,
  Monitor,
  MonitorOptions,
  MonitorSummary,
} from './monitors/monitor.ts'
export type { RetainedOptions, RetainedRound, RetainedSummary } from './monitors/retained.ts'
export type { MonitorTarget } from './monitors/target.ts'
export type { GeneratorSummary } from './monitors/generator-summary.ts'
export type { Distribution } from './metrics/distribution.ts'
export type { GroupSummary, OperationSummary, RequestSummary } from './metrics/summary.ts'
export type { WindowSummary } from './metrics/window-summary.ts'
export type {
  Bands,
  GoodLimits,
  GoodputLimits,
  Limits,
  OperationLimits,
  TimeLimits,
} from './limits/grammar.ts'
export type { VerdictOptions } from './limits/verdict-options.ts'
export type { PerfMatchers } from './matchers.ts'
