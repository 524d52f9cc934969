import { optionsFrom } from './settings.ts'
import { startWatcher, type WatcherService } from './start.ts'

/** `node examples/btc-watcher/service/main.ts`; the variables are listed in settings.ts. */
async function main(): Promise<void> {
  const service = await startWatcher(optionsFrom(process.env))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void leave(service))
  }
  console.log(`listening on ${service.url}`)
}

async function leave(service: WatcherService): Promise<void> {
  await service.close()
  process.exit(0)
}

try {
  await main()
} catch (error) {
  console.error(`btc-watcher: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
