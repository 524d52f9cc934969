// A main process that starts a service and crashes shortly after.
import { parseServices } from '../../src/service/options.ts'
import { startServices } from '../../src/service/services.ts'
import { scriptCommand } from './service-processes.ts'

const env = { CHILD: 'escaped' }
const options = { command: scriptCommand('service-http.ts'), ready: '/health', env }
const { all } = await startServices(parseServices(options, 'server', process.env['BASE']))
const answer = await fetch(`${process.env['BASE']}/`)
console.log(`pids ${await answer.text()}`)
console.log(all.length)
setTimeout(() => {
  throw new Error('crash')
}, 500)
