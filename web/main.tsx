import { render } from 'preact'
import type { ComparisonPage } from '../src/report/compare/comparison-page.ts'
import type { ReportPage } from '../src/report/page/report-page.ts'
import { Comparison } from './comparison/comparison.tsx'
import { inflate } from './inflate.ts'
import { Report } from './report/report.tsx'
import './style/base.css'
import './style/layout.css'
import './style/parts.css'
import './style/comparison.css'
import './style/print.css'

const text = await inflate(document.querySelector('#data'))
const place = document.querySelector('#page')
if (place !== null && text !== '') {
  const page = JSON.parse(text) as ReportPage | ComparisonPage
  document.title = `${page.headline} – ${page.id}`
  render(page.kind === 'report' ? <Report page={page} /> : <Comparison page={page} />, place)
}
