import { settingsFrom } from './settings.ts'
import { startBackend } from './start.ts'

/** `node examples/backend-template/service/main.ts`; the variables are in settings.ts. */
const backend = await startBackend(settingsFrom(process.env))
console.log(`listening on ${backend.url}`)
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void backend[Symbol.asyncDispose]().then(() => process.exit(0)))
}
