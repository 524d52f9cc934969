import { optionsFrom } from './options.ts'
import { startBamboo, type BambooService } from './start.ts'

/** `node examples/bamboo/service/main.ts`; the environment variables are listed in options.ts. */
async function main(): Promise<void> {
  const service = await startBamboo(optionsFrom(process.env))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void leave(service))
  }
  console.log(`websocket on ${service.wsUrl}/ws`)
  console.log(`listening on ${service.url}`)
}

async function leave(service: BambooService): Promise<void> {
  await service.close()
  process.exit(0)
}

try {
  await main()
} catch (error) {
  console.error(`bamboo: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
