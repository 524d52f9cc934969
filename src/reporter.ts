export { PerfReporter as default, PerfReporter } from './vitest/reporter.ts'
