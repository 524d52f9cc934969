import { runService } from '../../services/run-service.ts'
import { optionsFrom } from './settings.ts'
import { startWatcher } from './start.ts'

/** `node examples/btc-watcher/service/main.ts`; the environment variables are listed in settings.ts. */
await runService('btc-watcher', async () => {
  const service = await startWatcher(optionsFrom(process.env))
  console.log(`listening on ${service.url}`)
  return service
})
