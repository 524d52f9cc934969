import type { LiveLoad, LivePage } from '../../src/live/live-page.ts'
import type { LoadPage, TestPage } from '../../src/report/page/report-page.ts'

/** What the page can show: a load under way, or a test whose loads have ended. */
export interface Entry {
  /** Stays the same while the run goes on. */
  readonly key: string
  /** That of its test: what is left of a load when it has ended. */
  readonly testKey: string
  readonly name: string
  readonly test?: TestPage | undefined
  /** Only of a load under way. */
  readonly live?: LiveLoad | undefined
  /** Absent before its first second is over. */
  readonly load?: LoadPage | undefined
}

/** Loads under way first, the newest on top, then the tests that have ended. */
export function entriesOf({ loads, report }: LivePage): readonly Entry[] {
  const tests = report?.tests ?? []
  const live = loads.map((each) => liveEntry(each, tests)).toReversed()
  const ended = tests.filter((test, at) => {
    const underWay = loads.filter((each) => each.test === at).length
    return test.loads.length > underWay || test.searches.length > 0
  })
  return [...live, ...ended.map(testEntry)]
}

function liveEntry(live: LiveLoad, tests: readonly TestPage[]): Entry {
  const test = live.test === undefined ? undefined : tests[live.test]
  const load = live.load === undefined ? undefined : test?.loads[live.load]
  const testKey = test === undefined ? live.title : keyOf(test)
  const name = live.title.replaceAll(' > ', ' › ')
  return { key: `${testKey}\n${live.id}`, testKey, name, test, live, load }
}

const testEntry = (test: TestPage): Entry => ({
  key: keyOf(test),
  testKey: keyOf(test),
  name: test.name,
  test,
})

const keyOf = ({ file, name }: TestPage): string => `${file}\n${name}`

/**
 * What is shown: what the reader chose, or else the load that began last. When that one has ended it is its
 * test, until the next begins.
 */
export function shownOf(
  entries: readonly Entry[],
  chosen: string | undefined,
  before: Entry | undefined,
): Entry | undefined {
  const same = (key: string | undefined): Entry | undefined =>
    entries.find((entry) => entry.key === key)
  const left = (key: string | undefined): Entry | undefined =>
    entries.find(({ testKey }) => testKey === key)
  if (chosen !== undefined) {
    const found = same(chosen) ?? left(testOf(chosen))
    if (found !== undefined) return found
  }
  const newest = entries[0]
  if (newest?.live !== undefined) return newest
  return same(before?.key) ?? left(before?.testKey) ?? newest
}

/** The test of a key: `file\nname` or `file\nname\nload`. */
const testOf = (key: string): string => key.split('\n').slice(0, 2).join('\n')
