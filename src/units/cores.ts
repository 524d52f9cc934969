import { UsageError } from '../errors/usage-error.ts'

/** Cores (1 is one core busy), or a share of one core as `top` prints it: `'80%'`, `'250%'`. */
export type CoresInput = number | `${number}%`

/** Cores; `'250%'` is 2.5. @throws UsageError */
export function toCores(input: unknown, path: string): number {
  const [, percent] =
    typeof input === 'string' ? (/^\s*(\d+(?:\.\d+)?)%\s*$/.exec(input) ?? []) : []
  const cores = percent === undefined ? input : Number(`${percent}e-2`)
  if (typeof cores === 'number' && Number.isFinite(cores) && cores >= 0) return cores
  const [bare] = typeof input === 'string' ? (/^\s*\d+(?:\.\d+)?\s*$/.exec(input) ?? []) : []
  const remedy = bare === undefined ? undefined : `Write the unit: '${bare.trim()}%'`
  throw new UsageError(
    path,
    "cores (1 is one core busy) or a string like '80%', '250%'",
    input,
    remedy,
  )
}
