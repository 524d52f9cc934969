/** What the users do: read the status, read the JSON answer, or send JSON as well. */
export type Variant = 'get' | 'json' | 'post'

export const USERS = 50
export const SENT = { message: 'hello', temperature: 0.7, stream: false }
