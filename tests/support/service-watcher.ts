// Watches the process of its first argument as somebody else, and tells what it saw.
import { realClock } from '../../src/clock/clock.ts'
import { startMonitor } from '../../src/monitors/monitor.ts'
import { sourceOf } from '../../src/monitors/target.ts'

const source = await sourceOf(Number(process.argv[2]), realClock)
const monitor = startMonitor(source)
await monitor.stop()
console.log(JSON.stringify(monitor.summary()))
