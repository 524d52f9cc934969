import { runService } from '../../services/run-service.ts'
import { settingsFrom } from './settings.ts'
import { startBackend } from './start.ts'

/** `node examples/backend-template/service/main.ts`; the environment variables are in settings.ts. */
await runService('backend', async () => {
  const backend = await startBackend(settingsFrom(process.env))
  console.log(`listening on ${backend.url}`)
  return backend
})
