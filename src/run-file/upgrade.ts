type Fields = Readonly<Record<string, unknown>>

/** What makes the next version of a file. Each knows two versions, and none is ever changed again. */
const UPGRADES: Readonly<Record<number, (file: Fields) => Fields>> = { 1: fromVersion1 }

/** The file in the version of today; as it is when it has no version that is known. */
export function upgraded(file: Fields): Fields {
  const upgrade = typeof file.version === 'number' ? UPGRADES[file.version] : undefined
  return upgrade === undefined ? file : upgraded(upgrade(file))
}

/**
 * Version 1 had its head flat, `running` for what never came to an end, and memory and CPU of the service
 * in the run itself.
 */
function fromVersion1(file: Fields): Fields {
  const { vitest, node, platform, cpus, ending, tests, ...rest } = file
  const [system = '', arch = ''] = String(platform).split(' ')
  return {
    ...rest,
    version: 2,
    versions: { vitest, node },
    machine: { platform: system, arch, cpus },
    ending: ending === 'running' ? 'partial' : ending,
    tests: eachOf(tests, (test) => ({ ...test, record: recordFrom1(test.record) })),
  }
}

function recordFrom1(record: unknown): unknown {
  if (!isFields(record)) return record
  return { ...record, runs: eachOf(record.runs, runFrom1) }
}

function runFrom1({ memory, cpu, ...run }: Fields): Fields {
  const known = [memory, cpu].filter(isFields)
  if (!known.some(({ samples, problem }) => samples !== 0 || problem !== undefined)) return run
  return { ...run, service: { label: known[0]?.label, memory, cpu } }
}

/** What is no list, or no object in it, is found out when the file is checked. */
const eachOf = (list: unknown, upgrade: (each: Fields) => Fields): unknown =>
  Array.isArray(list) ? list.map((each: unknown) => (isFields(each) ? upgrade(each) : each)) : list

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
