import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import {
  MOST_VALUES,
  OTHERS,
  type MetricSummary,
  type MetricTags,
  type TaggedMetric,
} from '../metrics/own-metrics.ts'

/** A metric under one value of one tag. @throws UsageError for one that did not occur */
export function findTagged({ name, tagged = [] }: MetricSummary, tags: MetricTags): TaggedMetric {
  const path = `run.metric(${JSON.stringify(name)}, tags)`
  const [asked, ...more] = Object.entries(tags)
  if (asked === undefined || more.length > 0) {
    throw new UsageError(path, "one tag with its value, like { page: 'home' }", tags)
  }
  const [tag, value] = [asked[0], String(asked[1])]
  const found = tagged.find((each) => each.tag === tag && each.value === value)
  if (found !== undefined) return found
  const values = tagged.filter((each) => each.tag === tag).map((each) => each.value)
  if (values.length === 0) {
    const known = [...new Set(tagged.map((each) => each.tag))]
    throw UsageError.saying(
      path,
      `${path}: the metric has no tag ${tag}; ${knownNames(tag, known)}`,
      tags,
    )
  }
  const others = values.includes(OTHERS)
    ? `, where all that came after ${MOST_VALUES} values is ${JSON.stringify(OTHERS)}`
    : ''
  const message = `${path}: ${tag} was never ${JSON.stringify(value)}; ${knownNames(value, values)}${others}`
  throw UsageError.saying(path, message, tags)
}
