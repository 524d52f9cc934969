import { Mistakes } from '../errors/mistakes.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { DataSource } from './data-source.ts'
import { checkUsers } from './dry.ts'
import { locate, readFeed, type Feed, type FeedOptions, type Located } from './feed.ts'

/** A source and the users, of all generators, that take their rows from it. */
export interface FeedNeed {
  readonly source: DataSource<unknown>
  readonly users: readonly number[]
}

/** The feeds of one load. */
export interface Feeds {
  /** The feed of a source that the load was opened with. */
  of<Row>(source: DataSource<Row>): Feed<Row>
  /** @throws UsageError when so many users would need more rows than there are */
  check(needs: readonly FeedNeed[]): void
}

/**
 * Opens every source of a load and checks that there are rows enough. Sources that read the same
 * file in the same way share one feed: two kinds of users never get the same unique row.
 *
 * @throws UsageError before any traffic, with all that is wrong
 */
export async function openFeeds(
  needs: readonly FeedNeed[],
  options: Omit<FeedOptions, 'users'>,
): Promise<Feeds> {
  const mistakes = new Mistakes()
  const bySource = new Map<DataSource<unknown>, Feed<unknown>>()
  for (const { needs: sharing, located } of await group(needs, options, mistakes)) {
    const users = sharing.flatMap((need) => need.users).toSorted((left, right) => left - right)
    const feed = await take(mistakes, () => readFeed(located, { ...options, users }))
    if (feed === undefined) continue
    mistakes.check(() => checkUsers(feed, users.length), undefined)
    for (const { source } of sharing) bySource.set(source, feed)
  }
  mistakes.throwAll('data')
  const of = <Row>(source: DataSource<Row>): Feed<Row> => {
    const feed = bySource.get(source)
    if (feed === undefined) throw new Error('a source that the load was not opened with')
    return feed as Feed<Row>
  }
  const check = (more: readonly FeedNeed[]): void => {
    const users = new Map<Feed<unknown>, number>()
    for (const need of more) {
      const feed = of(need.source)
      users.set(feed, (users.get(feed) ?? 0) + need.users.length)
    }
    for (const [feed, count] of users) checkUsers(feed, count)
  }
  return { of, check }
}

interface Group {
  readonly located: Located<unknown>
  readonly needs: FeedNeed[]
}

async function group(
  needs: readonly FeedNeed[],
  { folders }: Pick<FeedOptions, 'folders'>,
  mistakes: Mistakes,
): Promise<readonly Group[]> {
  const groups: Group[] = []
  for (const need of needs) {
    const located = await take(mistakes, () => locate(need.source, folders))
    if (located === undefined) continue
    const known = groups.find((each) => isSame(each.located, located))
    if (known === undefined) groups.push({ located, needs: [need] })
    else known.needs.push(need)
  }
  return groups
}

function isSame(left: Located<unknown>, right: Located<unknown>): boolean {
  const [one, other] = [left.source, right.source]
  if (one === other) return true
  if (one.kind === 'rows' || other.kind === 'rows') {
    const [rows, others] = [one.kind === 'rows' && one.rows, other.kind === 'rows' && other.rows]
    return rows === others && one.pick === other.pick && one.whenDry === other.whenDry
  }
  const key = ({ source, file }: Located<unknown>): string =>
    JSON.stringify({ ...source, file: file?.path })
  return key(left) === key(right)
}

/** As `mistakes.check`, for what takes time. */
async function take<T>(mistakes: Mistakes, open: () => Promise<T>): Promise<T | undefined> {
  try {
    return await open()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    mistakes.add(error)
    return undefined
  }
}
