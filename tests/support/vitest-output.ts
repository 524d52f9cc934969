/**
 * The errors that Vitest printed, each once, as its reader sees them: name and message, without the
 * stack and the code around it.
 */
export function errorsIn(output: string): string[] {
  const errors: string[] = []
  const state = { reading: false }
  for (const line of output.split('\n')) {
    if (/^(\w*Error|Caused by): /.test(line)) {
      state.reading = true
      errors.push(line)
    } else if (/^( ❯ |⎯|- Expected|Serialized Error| {4}at )/.test(line)) state.reading = false
    else if (state.reading) errors.push(`${errors.pop()}\n${line}`)
  }
  return errors.map((error) => error.trimEnd())
}

/** The lines that begin like this, in their order. */
export const linesOf = (output: string, start: string): string[] =>
  output.split('\n').filter((line) => line.startsWith(start))
