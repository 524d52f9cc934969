import type { RunFile } from '../run-file/run-file.ts'
import type { PLACES } from './report-options.ts'

/** What stands for the profile when no load had one. */
const NO_PROFILE = 'run'

/** The name of a file that is written for a run: `reports/{profile}-{date}.html` with its places filled. */
export function reportName(template: string, file: RunFile): string {
  const [, date = '', time = ''] = /^([\d-]+)T([\d-]+)-\w+$/.exec(file.id) ?? []
  const values: Record<(typeof PLACES)[number], string> = {
    id: file.id,
    date,
    time,
    profile: profilesOf(file),
  }
  return Object.entries(values).reduce(
    (name, [place, value]) => name.replaceAll(`{${place}}`, () => value),
    template,
  )
}

/** The profiles of the loads in their order, fit for a file name. */
function profilesOf({ tests }: RunFile): string {
  const sources = tests.flatMap(({ record }) => record.runs.map(({ source = '' }) => source))
  const names = sources.flatMap((source) => /^profile ([^,]+)/.exec(source)?.[1] ?? [])
  const fit = [...new Set(names)].map((name) => name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-'))
  return fit.length === 0 ? NO_PROFILE : fit.join('+')
}
