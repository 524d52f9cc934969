/** Milliseconds. */
export type Ms = number
/** Bytes. */
export type Bytes = number
/** Events per second. */
export type PerSecond = number
/** A share between 0 and 1. */
export type Ratio = number
/** A percentile between 0 and 100. */
export type Percentile = number

/** Milliseconds, or a string with its unit: `'300ms'`, `'5s'`, `'1.5m'`, `'2h'`. */
export type DurationInput = Ms | `${number}${'ms' | 's' | 'm' | 'min' | 'h'}`
/** Bytes, or a string with its unit: `'100MB'` (10⁸), `'64KiB'` (65,536). */
export type BytesInput =
  | Bytes
  | `${number}${'B' | 'kB' | 'KB' | 'MB' | 'GB' | 'KiB' | 'MiB' | 'GiB'}`
/** Per second, or a string with its unit: `'50/s'`, `'120/min'`, `'10/h'`. */
export type RateInput = PerSecond | `${number}/${'s' | 'min' | 'm' | 'h'}`
/** A number between 0 and 1, or a string: `'95%'`. */
export type RatioInput = Ratio | `${number}%`
