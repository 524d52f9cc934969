import type { Child } from './child.ts'

/** Calls something and gives with its result the share of its core that the server used meanwhile. */
export async function busy<T extends object>(
  server: Child,
  act: () => Promise<T>,
): Promise<T & { serverBusy: number }> {
  const [cpu, at] = [await server.call<number>('cpu'), performance.now()]
  const result = await act()
  const used = (await server.call<number>('cpu')) - cpu
  return { ...result, serverBusy: used / (performance.now() - at) }
}
