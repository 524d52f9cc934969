/** What must be the same at every generator of a run, by what it is called: the version, the test. */
export type Facts = Readonly<Record<string, string>>

/** One line for each thing that is not the same: `  version: 0.2.0 here, 0.1.0 there`. */
export function differences(here: Facts, there: Facts): string {
  const names = [...new Set([...Object.keys(here), ...Object.keys(there)])]
  return names
    .filter((name) => here[name] !== there[name])
    .map((name) => `  ${name}: ${here[name] ?? 'nothing'} here, ${there[name] ?? 'nothing'} there`)
    .join('\n')
}

/** In one order, so that equal facts are equal text. */
export const writeFacts = (facts: Facts): string =>
  JSON.stringify(Object.fromEntries(Object.entries(facts).toSorted(byName)))

export const readFacts = (text: string): Facts => JSON.parse(text) as Facts

const byName = ([left]: readonly [string, string], [right]: readonly [string, string]): number =>
  left < right ? -1 : 1
