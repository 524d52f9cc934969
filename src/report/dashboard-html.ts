import { fillTemplate } from './html.ts'
import { readPageTemplate } from './page-template.ts'

/**
 * The page of a dashboard: the same file that reports are made of, without any data. It may talk to the
 * server that it came from, and to nobody else.
 */
export const dashboardHtml = (template = readPageTemplate()): string =>
  fillTemplate(template.replace(NOTHING, TALKING), { kind: 'dashboard' })

const NOTHING = "default-src 'none';"
const TALKING = `${NOTHING} connect-src 'self';`
