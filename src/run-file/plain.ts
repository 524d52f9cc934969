import { fileText } from './file-text.ts'

/**
 * Through JSON once, so that what is sent is what will be read: no undefined field, no number that JSON has
 * no word for, no secret, and no text of a megabyte.
 */
export function plain<T>(value: T): T {
  const text = JSON.stringify(value, (_, each: unknown) => {
    if (typeof each === 'string') return fileText(each)
    return typeof each === 'number' && !Number.isFinite(each) ? undefined : each
  })
  return JSON.parse(text) as T
}
