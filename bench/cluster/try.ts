import { makePart } from './part.ts'
import { simulate } from './simulate.ts'
const part = makePart(1)
const text = JSON.stringify(part)
console.log('part', text.length)
for (const n of process.argv.slice(2).map(Number)) {
  const t = performance.now()
  console.log(n, await simulate(n, part), performance.now() - t)
}
