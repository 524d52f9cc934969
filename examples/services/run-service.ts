/** Runs a service as a process: until SIGTERM or SIGINT, and with exit code 1 when it cannot start. */
export async function runService(
  name: string,
  start: () => Promise<{ close(): Promise<void> }>,
): Promise<void> {
  try {
    const service = await start()
    const leave = (): void => void service.close().finally(() => process.exit(0))
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, leave)
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
}
