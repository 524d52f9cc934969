import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { realClock } from '../../src/clock/clock.ts'
import { cgroupSource } from '../../src/monitors/cgroup-source.ts'
import { startMonitor } from '../../src/monitors/monitor.ts'

/** A folder with files as the kernel has them. */
async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'memory-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return folder
}

const VERSION_2 = {
  'memory.current': '120000000\n',
  'memory.stat': 'anon 70000000\nfile 50000000\ninactive_file 30000000\nactive_file 20000000\n',
  'cpu.stat': 'usage_usec 5000000\nuser_usec 4000000\nsystem_usec 1000000\n',
  'pids.current': '17\n',
}
const VERSION_1 = {
  'memory.usage_in_bytes': '120000000\n',
  'memory.stat': 'cache 5\ninactive_file 7\ntotal_cache 9\ntotal_inactive_file 30000000\n',
}

describe('memory is what is charged less the page cache that is not in use', () => {
  test.each([
    ['version 2', VERSION_2, { rss: 90_000_000, threads: 17 }],
    ['version 1', VERSION_1, { rss: 90_000_000 }],
    ['without memory.stat all of it', { 'memory.current': '120\n' }, { rss: 120 }],
  ])('%s', async (_, files, expected) => {
    const { look } = cgroupSource(await folderWith(files), realClock)
    expect(await look()).toEqual({
      at: expect.any(Number),
      cpu: undefined,
      span: 0,
      processes: 1,
      ...expected,
    })
  })
})

describe('CPU is the time that the group was given, per time that passed', () => {
  const clock = (times: number[]) => ({ ...realClock, now: () => times.shift() ?? 0 })

  test('version 2, in microseconds', async () => {
    const folder = await folderWith(VERSION_2)
    const { look } = cgroupSource(folder, clock([1_000, 3_000]))
    await look()
    await writeFile(join(folder, 'cpu.stat'), 'usage_usec 8000000\n')
    expect(await look()).toMatchObject({ cpu: 1.5, span: 2_000 })
  })

  test('version 1, in nanoseconds, beside the one of the memory', async () => {
    const root = await folderWith({})
    const [memory, account] = [join(root, 'memory/api'), join(root, 'cpuacct/api')]
    await Promise.all([memory, account].map((each) => mkdir(each, { recursive: true })))
    await writeFile(join(memory, 'memory.usage_in_bytes'), '1000\n')
    await writeFile(join(account, 'cpuacct.usage'), '1000000000\n')
    const { look } = cgroupSource(memory, clock([1_000, 3_000]))
    await look()
    await writeFile(join(account, 'cpuacct.usage'), '2000000000\n')
    expect(await look()).toMatchObject({ cpu: 0.5, span: 2_000 })
  })
})

const REAL = ['/sys/fs/cgroup/system.slice', '/sys/fs/cgroup/init.scope', '/sys/fs/cgroup/memory']
const real = REAL.find((folder) =>
  ['memory.current', 'memory.usage_in_bytes'].some((file) => existsSync(join(folder, file))),
)

test.runIf(real !== undefined)('the one of this machine', async () => {
  const source = cgroupSource(String(real), realClock)
  const monitor = startMonitor(source, { interval: '50ms' })
  await delay(200)
  await monitor.stop()
  expect(monitor.pid).toBeUndefined()
  expect(monitor.memory).toMatchObject({ label: `cgroup ${real}` })
  expect(monitor.memory.samples).toBeGreaterThan(2)
  expect(monitor.memory.end).toBeGreaterThan(1e6)
  expect(monitor.cpu.mean).toBeGreaterThan(0)
})

test('a container that ends meanwhile ends the watching', async () => {
  const folder = await folderWith(VERSION_2)
  const monitor = startMonitor(cgroupSource(folder, realClock), { interval: '1h' })
  await delay(20)
  await rm(folder, { recursive: true })
  await monitor.stop()
  expect(monitor.memory).toMatchObject({ samples: 1, end: 90_000_000, ended: 'cgroup removed' })
})

test.each([
  ['/sys/fs/cgroup/nowhere', 'there is no such folder'],
  [tmpdir(), 'it has neither memory.current (version 2) nor memory.usage_in_bytes (version 1)'],
])('%s is none', (folder, why) => {
  expect(() => cgroupSource(folder, realClock)).toThrow(
    `monitor: ${folder} is no control group: ${why}. Linux has them under /sys/fs/cgroup`,
  )
})
