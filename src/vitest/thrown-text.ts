/** What was thrown in another process, in one line: `TypeError: no such thing`. */
export function thrownText(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error)
  const { name = 'Error', message = '' } = error as { name?: string; message?: string }
  return `${name}: ${message}`
}
