import { runService } from '../../services/run-service.ts'
import { optionsFrom } from './options.ts'
import { startBooks } from './start.ts'

/** `node examples/book-workflow/service/main.ts`; the environment variables are listed in options.ts. */
await runService('book-workflow', async () => {
  const service = await startBooks(optionsFrom(process.env))
  console.log(`listening on ${service.url}`)
  return service
})
