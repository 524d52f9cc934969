// A process that, when told over stdin, allocates, is busy, or starts a child that is; and that says
// how much CPU the kernel has given to both.
import { spawn } from 'node:child_process'

const held: Buffer[] = []
const children: ReturnType<typeof startChild>[] = []
const BURN = `
setInterval(() => { const end = Date.now() + 95; while (Date.now() < end); }, 100)
process.on('message', () => process.send(process.cpuUsage()))
`

process.stdin.on('data', (chunk) => void obey(chunk.toString().trim()))

async function obey(order: string): Promise<void> {
  // Filled, because pages that nobody has written to take no memory.
  if (order === 'allocate') held.push(Buffer.alloc(80_000_000, 1))
  if (order === 'burn') setInterval(spin, 100)
  if (order === 'child') children.push(startChild())
  console.log(order === 'cpu' ? await cpuUsed() : order)
}

function startChild() {
  return spawn(process.execPath, ['-e', BURN], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
}

/** CPU time of this process and of its children so far, in ms. */
async function cpuUsed(): Promise<number> {
  const asked = children.map((child) => {
    const { promise, resolve } = Promise.withResolvers<NodeJS.CpuUsage>()
    child.once('message', (usage) => resolve(usage as NodeJS.CpuUsage))
    child.send('how much?')
    return promise
  })
  const all = [process.cpuUsage(), ...(await Promise.all(asked))]
  return all.reduce((sum, { user, system }) => sum + user + system, 0) / 1_000
}

function spin(): void {
  const end = Date.now() + 95
  while (Date.now() < end);
}
console.log('up')
