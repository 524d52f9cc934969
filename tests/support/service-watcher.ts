// Watches a process, or the one on a port (`port 8080`), as somebody else, and tells what it saw.
import { realClock } from '../../src/clock/clock.ts'
import { startMonitor } from '../../src/monitors/monitor.ts'
import { sourceOf } from '../../src/monitors/target.ts'

const [what = '', port] = process.argv.slice(2)
try {
  const target = what === 'port' ? { port: Number(port) } : Number(what)
  const monitor = startMonitor(await sourceOf(target, realClock))
  await monitor.stop()
  console.log(JSON.stringify(monitor.summary()))
} catch (error) {
  console.log(JSON.stringify(String(error)))
}
