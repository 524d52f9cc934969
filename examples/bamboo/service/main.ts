import { runService } from '../../services/run-service.ts'
import { optionsFrom } from './options.ts'
import { startBamboo } from './start.ts'

/** `node examples/bamboo/service/main.ts`; the environment variables are listed in options.ts. */
await runService('bamboo', async () => {
  const service = await startBamboo(optionsFrom(process.env))
  console.log(`websocket on ${service.wsUrl}/ws`)
  console.log(`listening on ${service.url}`)
  return service
})
