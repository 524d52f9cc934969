interface Call {
  readonly id: number
  readonly name: string
  readonly args: readonly unknown[]
}

export type Functions = Readonly<Record<string, (...args: never[]) => unknown>>

/** Lets the parent process call these functions, and ends with it. */
export function answerCalls(functions: Functions): void {
  process.on('message', ({ id, name, args }: Call) => {
    void answer(functions, name, args).then((reply) => process.send?.({ id, ...reply }))
  })
  process.on('disconnect', () => process.exit())
}

async function answer(
  functions: Functions,
  name: string,
  args: readonly unknown[],
): Promise<{ value: unknown } | { error: string }> {
  try {
    return { value: await functions[name]?.(...(args as never[])) }
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

/** CPU of this process so far, in ms; what a server tells about itself. */
export function cpuUsed(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
