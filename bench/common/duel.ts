import { alternate } from './alternate.ts'
import { busy } from './busy.ts'
import { Child, type ChildOptions } from './child.ts'
import type { Rate } from './rate-window.ts'

/** A rate, and the share of its core that the server used. */
export type Measured = Rate & { readonly serverBusy: number }

const ROUNDS = 9
const WARM_UP = { settle: 0, length: 1_500 }
const WINDOW = { settle: 200, length: 500 }

/**
 * Lets clients run against one server in turn and measures each. `folder` holds `server.ts`; each side
 * names its client's file and what else that is told. Sides of one file share a process, but for those
 * that have options of Node of their own.
 */
export async function duel<Side extends string>(
  folder: string,
  sides: Readonly<Record<Side, readonly [file: string, ...args: string[]]>>,
  nodeOptions: { readonly [side in Side]?: readonly string[] } = {},
): Promise<Record<Side, Measured[]>> {
  await using children = new AsyncDisposableStack()
  const start = (file: string, options: ChildOptions): Child =>
    children.use(new Child(new URL(file, folder), options))
  const server = start('server.ts', { core: 'server' })
  const url = await server.call<string>('url')
  const clients = new Map<string, Child>()
  const rounds = {} as Record<Side, () => Promise<Measured>>
  for (const side of Object.keys(sides) as Side[]) {
    const [file, ...args] = sides[side]
    const own = nodeOptions[side] ?? []
    const key = [file, ...own].join(' ')
    const client = clients.get(key) ?? start(file, { core: 'client', nodeOptions: own })
    clients.set(key, client)
    await client.call('rate', url, ...args, WARM_UP)
    rounds[side] = () => busy(server, () => client.call<Rate>('rate', url, ...args, WINDOW))
  }
  return await alternate(rounds, ROUNDS)
}
