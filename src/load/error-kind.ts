/** Whether an error is that of a failed `expect`, or of another library's assertion. */
export function isAssertion(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'AssertionError' || 'matcherResult' in error || 'showDiff' in error)
  )
}
