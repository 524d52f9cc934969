/**
 * Through JSON once, so that what is sent is what will be read: no undefined field, and no number
 * that JSON has no word for.
 */
export function plain<T>(value: T): T {
  const text = JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'number' && !Number.isFinite(each) ? undefined : each,
  )
  return JSON.parse(text) as T
}
