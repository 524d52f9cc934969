// A process that, when told over stdin, allocates, is busy, or starts a child that is.
import { spawn } from 'node:child_process'

const held: Buffer[] = []
const burn = 'setInterval(() => { const end = Date.now() + 95; while (Date.now() < end); }, 100)'

process.stdin.on('data', (chunk) => {
  const order = chunk.toString().trim()
  // Filled, because pages that nobody has written to take no memory.
  if (order === 'allocate') held.push(Buffer.alloc(80_000_000, 1))
  if (order === 'burn') setInterval(spin, 100)
  if (order === 'child') spawn(process.execPath, ['-e', burn])
  console.log(order)
})

function spin(): void {
  const end = Date.now() + 95
  while (Date.now() < end);
}
console.log('up')
