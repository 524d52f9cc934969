import { readFile } from 'node:fs/promises'
import { UsageError } from '../errors/usage-error.ts'

/**
 * The page of a report as this package was built with it, for `renderHtml`.
 * @throws UsageError when the installation has none
 */
export async function reportTemplate(): Promise<string> {
  try {
    return await readFile(new URL('../report/page.html', import.meta.url), 'utf8')
  } catch {
    const message =
      'the page of reports is missing from this installation: install vitest-perf again'
    throw UsageError.saying('page.html', message)
  }
}
