import { runService } from '../../services/run-service.ts'
import { optionsFrom } from './options.ts'
import { startChatApi } from './start.ts'

/** `node examples/chat-api/service/main.ts`; the environment variables are listed in options.ts. */
await runService('chat-api', async () => {
  const service = await startChatApi(optionsFrom(process.env))
  console.log(`listening on ${service.url}`)
  return service
})
