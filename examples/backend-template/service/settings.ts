/** How the service behaves. */
export interface Settings {
  /** 0 takes any free port. */
  readonly port: number
  /** A file, or `:memory:`. */
  readonly database: string
  /** Where the worker answers; the routes of tasks ask it. */
  readonly workerUrl: string
  /** Added to every answer, in ms: how a slow service looks. */
  readonly delay: number
  /** Share of the calls that end with 500, from 0 to 1. */
  readonly fail: number
}

/** The settings that the environment says. @throws Error for a number that is none */
export function settingsFrom(environment: NodeJS.ProcessEnv): Settings {
  const number = (name: string, fallback: number): number => {
    const text = environment[name]
    const value = text === undefined || text === '' ? fallback : Number(text)
    if (Number.isFinite(value) && value >= 0) return value
    throw new Error(`${name} must be a number from 0 on, got ${JSON.stringify(text)}`)
  }
  return {
    port: number('PORT', 8000),
    database: environment.BACKEND_DB || ':memory:',
    workerUrl: environment.WORKER_URL || 'http://127.0.0.1:8001',
    delay: number('BACKEND_DELAY', 0),
    fail: number('BACKEND_FAIL', 0),
  }
}
