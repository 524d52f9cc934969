import { readFileSync } from 'node:fs'
import { UsageError } from '../errors/usage-error.ts'

/**
 * The page that reports are made from, as the package was built with it: one file of HTML with room for
 * data. It is a part of the package that happens not to be a module.
 * @throws UsageError when the installation lacks it
 */
export function readPageTemplate(): string {
  try {
    return readFileSync(new URL('page.html', import.meta.url), 'utf8')
  } catch {
    const message =
      'the page of reports is missing from this installation: install vitest-perf again'
    throw UsageError.saying('page.html', message)
  }
}
