import { HttpError } from '../../services/http-error.ts'

/** A whole number of the query within its bounds. @throws HttpError 422 */
export function countIn(
  query: URLSearchParams,
  name: string,
  { fallback, most }: { readonly fallback: number; readonly most: number },
): number {
  const text = query.get(name)
  if (text === null) return fallback
  if (/^\d{1,9}$/.test(text) && Number(text) <= most) return Number(text)
  throw new HttpError(422, `${name} must be a whole number up to ${most}, got ${text}`)
}

/** One of some words of the query; undefined when it is not there. @throws HttpError 422 */
export function wordIn(
  query: URLSearchParams,
  name: string,
  words: readonly string[],
): string | undefined {
  const text = query.get(name)
  if (text === null || words.includes(text)) return text ?? undefined
  throw new HttpError(422, `${name} must be ${words.join(' or ')}, got ${text}`)
}
