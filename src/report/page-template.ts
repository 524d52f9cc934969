import { readFileSync } from 'node:fs'

/**
 * The page that reports are made from, as the package was built with it: one file of HTML with room for
 * data. It is a part of the package that happens not to be a module.
 */
export const readPageTemplate = (): string =>
  readFileSync(new URL('page.html', import.meta.url), 'utf8')
