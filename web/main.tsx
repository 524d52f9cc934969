import { render } from 'preact'
import type { ReportPage } from '../src/report/page/report-page.ts'
import { inflate } from './inflate.ts'
import { Report } from './report/report.tsx'
import './style/base.css'
import './style/layout.css'
import './style/parts.css'
import './style/print.css'

const text = await inflate(document.querySelector('#data'))
const place = document.querySelector('#page')
if (place !== null && text !== '') {
  const page = JSON.parse(text) as ReportPage
  document.title = `${page.headline} – ${page.id}`
  render(<Report page={page} />, place)
}
