import type { LoadShape } from '../../load/load-shape.ts'
import { wasSteered } from '../../load/was-steered.ts'
import type { RunFile } from '../../run-file/run-file.ts'
import type { RunRecord } from '../../run-file/run-record.ts'
import { formatBytes, formatMs, formatNumber, formatRate } from '../../units/format.ts'
import { cleanText } from '../clean-text.ts'
import type { Obstacle } from './comparison.ts'

/** What stands between two runs as a whole: machine, versions, target, how they ended. */
export function runObstacles(base: RunFile, head: RunFile): readonly Obstacle[] {
  const [before, after] = [base.machine, head.machine]
  const machine = [
    differing('platform', `${before.platform} ${before.arch}`, `${after.platform} ${after.arch}`),
    differing('CPUs', before.cpus, after.cpus),
    differing('CPU', before.cpu, after.cpu),
  ]
  const versions = (['node', 'vitest', 'perf'] as const).map((name) =>
    differing(NAMES[name], base.versions[name], head.versions[name]),
  )
  return [
    ...toObstacles('machine', true, machine),
    ...toObstacles('machine', false, [memoryOf(before.memory, after.memory)]),
    ...toObstacles('versions', false, versions),
    ...toObstacles('target', false, [
      differing('base URL', hostOf(base.target?.baseUrl), hostOf(head.target?.baseUrl)),
      differing('WebSocket URL', hostOf(base.target?.wsUrl), hostOf(head.target?.wsUrl)),
    ]),
    ...toObstacles('ending', false, [ended('first', base), ended('last', head)]),
  ]
}

const NAMES = { node: 'Node', vitest: 'Vitest', perf: 'vitest-perf' } as const

/** A few percent are what a kernel keeps for itself. */
const memoryOf = (before?: number, after?: number): string | undefined =>
  before === undefined || after === undefined || Math.abs(after / before - 1) < 0.1
    ? undefined
    : differing('memory', formatBytes(before), formatBytes(after))

/** A port of this machine is picked anew for each run. */
function hostOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return url
  const { protocol, hostname, host, pathname } = new URL(url)
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
  return `${protocol}//${local ? 'this machine' : host}${pathname}`
}

const ended = (which: string, { ending }: RunFile): string | undefined =>
  ending === 'complete' ? undefined : `the ${which} run is ${ending}: it has figures of what ran`

/** What stands between two loads: their shape, how they ended, and the generators. */
export function loadObstacles(base: RunRecord, head: RunRecord): readonly Obstacle[] {
  return [
    ...shapeObstacles(base.shape, head.shape),
    ...toObstacles('ending', false, [cut('first', base), cut('last', head)]),
    ...toObstacles('generator', false, [
      saturated('first', base),
      saturated('last', head),
      steered('first', base),
      steered('last', head),
    ]),
  ]
}

const cut = (which: string, { ending, partial }: RunRecord): string | undefined =>
  partial === true || ending !== 'complete'
    ? `the load of the ${which} run was ${partial === true ? 'cut off' : ending}`
    : undefined

const saturated = (which: string, { generator }: RunRecord): string | undefined =>
  generator?.saturated === true
    ? `the generator of the ${which} run was saturated: ${generator.reasons.map(cleanText).join(', ')}`
    : undefined

const steered = (which: string, run: RunRecord): string | undefined =>
  wasSteered(run) ? `the load of the ${which} run was steered by hand` : undefined

/** Other users or another rate are another load; a longer one is not. */
function shapeObstacles(base: LoadShape, head: LoadShape): readonly Obstacle[] {
  if (base.model !== head.model) {
    return toObstacles('shape', true, [differing('model', base.model, head.model)])
  }
  const own = base.model === 'closed'
  return [
    ...toObstacles('shape', own, [differing(own ? 'users' : 'most users', base.users, head.users)]),
    ...toObstacles('shape', true, [
      differing('judged', base.judge ?? 'steady', head.judge ?? 'steady'),
      differing('stages', coursesOf(base), coursesOf(head)),
    ]),
    ...toObstacles('shape', false, [
      differing('duration', timeOf(base.duration), timeOf(head.duration)),
      differing('iterations', countOf(base), countOf(head)),
      differing('ramp-up', timeOf(base.rampUp), timeOf(head.rampUp)),
      differing('warm-up', timeOf(base.warmUp), timeOf(head.warmUp)),
    ]),
  ]
}

/** Stages of users, or rates with the way arrivals lie. */
function coursesOf(shape: LoadShape): string | undefined {
  const closed = shape.model === 'closed'
  const stretches = closed ? shape.stages : shape.stretches
  const format = closed ? formatNumber : formatRate
  const course = stretches?.map(({ from, to, duration }) => {
    const level = from === to ? format(from) : `${format(from)}→${format(to)}`
    // A constant rate is the same rate however long it lasts.
    return stretches.length === 1 && !closed ? level : `${level} in ${formatMs(duration)}`
  })
  return course && [...course, ...(closed ? [] : [shape.arrivals])].join(', ')
}

const countOf = (shape: LoadShape): string | undefined =>
  shape.model === 'closed'
    ? [shape.iterations, shape.iterationsPerUser].filter((each) => each !== undefined).join(' / ')
    : undefined

const timeOf = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : formatMs(time)

/** `users: 100, then 200`; nothing where one of both does not say it. */
function differing(
  name: string,
  base: string | number | undefined,
  head: string | number | undefined,
): string | undefined {
  if (base === undefined || head === undefined || base === head) return undefined
  const said = (value: string | number): string =>
    typeof value === 'number' ? formatNumber(value) : cleanText(value) || 'none'
  return `${name}: ${said(base)}, then ${said(head)}`
}

const toObstacles = (
  kind: Obstacle['kind'],
  blocks: boolean,
  texts: readonly (string | undefined)[],
): readonly Obstacle[] =>
  texts.flatMap((text) => (text === undefined ? [] : [{ kind, blocks, text }]))
