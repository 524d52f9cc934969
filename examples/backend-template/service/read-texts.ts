import { readJson, type Call } from '../../services/call.ts'
import { HttpError } from '../../services/http-error.ts'

/**
 * The texts of a JSON body, by name.
 * @throws HttpError 400 for a body that is no JSON object, 422 when one of them is missing
 */
export async function readTexts<Name extends string>(
  { request }: Call,
  names: readonly Name[],
): Promise<Readonly<Record<Name, string>>> {
  const body = await readJson(request)
  const texts = {} as Record<Name, string>
  for (const name of names) {
    const value = body[name]
    if (typeof value !== 'string' || value === '') throw new HttpError(422, `${name} is missing`)
    texts[name] = value
  }
  return texts
}

/** The access token of the call. @throws HttpError 401 */
export function bearerOf({ request }: Call): string {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ', 2)
  if (scheme === 'Bearer' && token !== undefined) return token
  throw new HttpError(401, 'not authenticated')
}
