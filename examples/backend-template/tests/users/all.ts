import { authFlow } from './auth.ts'
import { fullHealthCheck, healthCheck } from './health.ts'
import { taskMonitoring } from './tasks.ts'

export const users = [healthCheck, fullHealthCheck, authFlow, taskMonitoring]
