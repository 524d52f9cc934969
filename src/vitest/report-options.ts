import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { RESULTS } from '../run-file/run-file.ts'
import { set } from './told.ts'

/** What is written when perf tests have run, beside the run file. */
export interface ReportOptions {
  /**
   * The report for a browser: whether there is one, or what its file is called, from the root of the
   * project: `'reports/{profile}-{date}.html'`. `{id}` is that of the run, `{date}` and `{time}` are those
   * of its start (UTC), `{profile}` names the profiles of its loads. `PERF_REPORT` wins. Default:
   * `'.vitest/perf/{id}.html'`.
   */
  readonly html?: boolean | string | undefined
}

/** The options, checked. */
export interface ReportSettings {
  /** A file name with places to fill; absent for no report. */
  readonly html?: string | undefined
}

const DEFAULT_HTML = `${RESULTS}/{id}.html`
/** What a file name may have in braces. */
export const PLACES = ['id', 'date', 'time', 'profile'] as const

/** @throws UsageError */
export function toReportSettings(
  options: ReportOptions | false | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): ReportSettings {
  const told = set(environment.PERF_REPORT)
  const own = options === false ? false : htmlOf(options)
  if (told === undefined) return settings(own, 'perf.report.html')
  return settings(told === 'false' ? false : told, 'PERF_REPORT')
}

function htmlOf(options: unknown): unknown {
  if (options === undefined) return true
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const expected = "false, or an object like { html: 'reports/{profile}-{date}.html' }"
    throw new UsageError('perf.report', expected, options)
  }
  const unknown = Object.keys(options).find((name) => name !== 'html')
  if (unknown !== undefined) {
    const path = `perf.report.${unknown}`
    throw UsageError.saying(path, `${path} is not an option; ${knownNames(unknown, ['html'])}`)
  }
  return (options as ReportOptions).html ?? true
}

function settings(html: unknown, path: string): ReportSettings {
  if (html === false) return {}
  if (html === true) return { html: DEFAULT_HTML }
  if (typeof html !== 'string' || !/[^/\\].*\.html?$/i.test(html)) {
    throw new UsageError(path, "a file name like 'reports/{profile}-{date}.html', or false", html)
  }
  for (const [, place = ''] of html.matchAll(/\{([^}]*)\}/g)) checkPlace(place, path)
  return { html }
}

function checkPlace(place: string, path: string): void {
  if (PLACES.some((known) => known === place)) return
  const message = `${path} has {${place}} in it, which is none of its places; ${knownNames(place, PLACES)}`
  throw UsageError.saying(path, message)
}
