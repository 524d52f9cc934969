/** Four digits, which is more than a chart shows; `null` for what is not known. */
export const short = (value: number | null | undefined): number | null =>
  value === undefined || value === null || !Number.isFinite(value) ? null : shortened(value)

export const shortened = (value: number): number => Number(value.toPrecision(4))
