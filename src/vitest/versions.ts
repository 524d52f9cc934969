import { readFileSync } from 'node:fs'

/** The versions that a figure was measured with: `vitest-perf 1.2.0, Node 24.21.0`. */
export function versions(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(text) as { readonly version: string }
  return `vitest-perf ${version}, Node ${process.versions.node}`
}
