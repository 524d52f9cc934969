import { render } from 'preact'
import type { ComparisonPage } from '../src/report/compare/comparison-page.ts'
import type { ReportPage } from '../src/report/page/report-page.ts'
import { Comparison } from './comparison/comparison.tsx'
import { Dashboard } from './dashboard/dashboard.tsx'
import { takeToken } from './dashboard/token.ts'
import { inflate } from './inflate.ts'
import { Report } from './report/report.tsx'
import './style/base.css'
import './style/layout.css'
import './style/parts.css'
import './style/comparison.css'
import './style/dashboard.css'
import './style/print.css'

/** The data of a dashboard come later, from its server. */
type Page = ReportPage | ComparisonPage | { readonly kind: 'dashboard' }

const text = await inflate(document.querySelector('#data'))
const place = document.querySelector('#page')
if (place !== null && text !== '') {
  const page = JSON.parse(text) as Page
  if (page.kind === 'dashboard') render(<Dashboard token={takeToken()} />, place)
  else {
    document.title = `${page.headline} – ${page.id}`
    render(page.kind === 'report' ? <Report page={page} /> : <Comparison page={page} />, place)
  }
}
