import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { OptionReader } from './option-reader.ts'

type Fields = Readonly<Record<string, unknown>>

/** How one kind of stages is read. */
export interface StageKind<Stage> {
  readonly names: readonly string[]
  readonly example: string
  /** What a stage of the other kind says. */
  readonly other: 'rate' | 'users'
  /** @throws UsageError */
  readonly read: (stage: Fields, path: string) => Stage
  /** Stands for a stage with a mistake. */
  readonly fallback: Stage
}

/** What stages hold says whether the load is open or closed; stages of rates come first in a mixture. */
export function stagesHold(stages: unknown, name: 'rate' | 'users'): boolean {
  return Array.isArray(stages) && stages.some((stage) => isFields(stage) && name in stage)
}

/** The stages of a load, one by one; their mistakes are left with the reader. */
export function readStages<Stage>(reader: OptionReader, kind: StageKind<Stage>): readonly Stage[] {
  const path = `${reader.path}.stages`
  const { stages } = reader.options
  const list = Array.isArray(stages) ? (stages as readonly unknown[]) : []
  if (list.length === 0) {
    const expected = `a list like [${kind.example}]`
    reader.check(() => {
      throw new UsageError(path, expected, stages)
    }, undefined)
  }
  return list.map((stage, at) => {
    return reader.check(() => readStage(stage, `${path}[${at}]`, kind), kind.fallback)
  })
}

function readStage<Stage>(stage: unknown, path: string, kind: StageKind<Stage>): Stage {
  const { names, example, other, read } = kind
  if (!isFields(stage)) throw new UsageError(path, `an object like ${example}`, stage)
  if (other in stage) throw mixed(path, kind)
  const unknown = Object.keys(stage).find((name) => !names.includes(name))
  if (unknown === undefined) return read(stage, path)
  const message = `${path}.${unknown} is not an option; ${knownNames(unknown, names)}`
  throw UsageError.saying(`${path}.${unknown}`, message)
}

function mixed<Stage>(path: string, { other, example }: StageKind<Stage>): UsageError {
  const message = `${path}.${other} is of another kind of load than the other stages: write ${example}, or ${other} in each stage`
  return UsageError.saying(`${path}.${other}`, message)
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null
