import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { meetLocally } from '../../src/cluster/local-rendezvous.ts'
import { serveLocal, type LocalServer } from '../../src/cluster/local-server.ts'
import type { Entry, Loss, Rendezvous } from '../../src/cluster/rendezvous.ts'
import { controlPath } from '../../src/vitest/control-server.ts'

const within = 20_000

async function place(): Promise<{ path: string; server: LocalServer }> {
  const path = controlPath()
  const server = await serveLocal(path)
  onTestFinished(() => server.close())
  return { path, server }
}

/** So many generators that have met; each could as well be in a process of its own. */
async function meet(of: number): Promise<Rendezvous[]> {
  const { path } = await place()
  return Promise.all(Array.from({ length: of }, (_, index) => meetLocally(path, { index, of })))
}

/** A generator in a process of its own, which joins, does what it is told, and waits to be killed. */
async function elsewhere(path: string, index: number, act: string): Promise<() => void> {
  const module = join(import.meta.dirname, '../../src/cluster/local-rendezvous.ts')
  const code = `
    import { meetLocally } from ${JSON.stringify(module)}
    const met = await meetLocally(${JSON.stringify(path)}, { index: ${index}, of: 2 })
    ${act}
    console.log('ready')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code])
  const gone = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await gone
  })
  await once(child.stdout, 'data')
  return () => void child.kill('SIGKILL')
}

describe('a value', () => {
  test('is made by one, the same for all, as JSON has it', async () => {
    const all = await meet(3)
    const made: number[] = []
    const values = await Promise.all(
      all.map((each, index) =>
        each.getOrCreate('v', () => ({ by: made.push(index), not: undefined }), { within }),
      ),
    )
    expect(made).toHaveLength(1)
    expect(values).toEqual([{ by: 1 }, { by: 1 }, { by: 1 }])
    expect(await all[2]?.getOrCreate('v', () => 2, { within })).toEqual({ by: 1 })
  })

  test('that cannot be made is an error for all', async () => {
    const [first, second] = (await meet(2)) as [Rendezvous, Rendezvous]
    const make = (): never => {
      throw new TypeError('no such room')
    }
    await expect(first.getOrCreate('v', make, { within })).rejects.toThrow(TypeError)
    await expect(second.getOrCreate('v', () => 1, { within })).rejects.toThrow('no such room')
  })

  test('that takes too long is not waited for', async () => {
    const [first, second] = (await meet(2)) as [Rendezvous, Rendezvous]
    const making = Promise.withResolvers<number>()
    const asked = first.getOrCreate('v', () => making.promise, { within })
    await expect(
      second.getOrCreate('v', () => 1, { within: 50 }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`[RendezvousError: "v" was not made within 50 ms]`)
    making.resolve(1)
    await asked
  })
})

describe('an event', () => {
  test('is waited for until all have come', async () => {
    const [first, second] = (await meet(2)) as [Rendezvous, Rendezvous]
    const order: string[] = []
    const waiting = first.signalAndWait('start', { within }).then(() => order.push('open'))
    await first.getOrCreate('in between', () => 1, { within })
    order.push('last comes')
    await second.signalAndWait('start', { within })
    await waiting
    expect(order).toEqual(['last comes', 'open'])
  })

  test('names who has not come in time', async () => {
    const [first, , third] = (await meet(3)) as [Rendezvous, Rendezvous, Rendezvous]
    const coming = third.signalAndWait('start', { within })
    coming.catch(() => {})
    await expect(
      first.signalAndWait('start', { within: 100 }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RendezvousError: generator 2 of 3 did not come within 100 ms]`,
    )
  })

  test('is given up with the reason of a signal', async () => {
    const [first] = (await meet(2)) as [Rendezvous, Rendezvous]
    const signal = AbortSignal.abort(new Error('Ctrl+C'))
    await expect(first.signalAndWait('start', { within, signal })).rejects.toThrow('Ctrl+C')
  })

  test('does not wait for who has left', async () => {
    const [first, second] = (await meet(2)) as [Rendezvous, Rendezvous]
    const waiting = first.signalAndWait('start', { within })
    waiting.catch(() => {})
    await second.close()
    await expect(waiting).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RendezvousError: generator 2 of 2 has left]`,
    )
    await expect(first.signalAndWait('end', { within })).rejects.toThrow('has left')
  })
})

test("a stream has all entries, each generator's in their order, for late readers, too", async () => {
  const [first, second] = (await meet(2)) as [Rendezvous, Rendezvous]
  await first.append('s', 'a0')
  await second.append('s', 'b0')
  const entries: Entry[] = []
  const over = new AbortController()
  const reading = (async () => {
    for await (const entry of second.read('s', over.signal)) {
      entries.push(entry)
      if (entries.length === 3) over.abort()
    }
  })()
  await first.append('s', 'a1')
  await reading
  expect(entries).toEqual([
    { generator: 0, sequence: 0, data: 'a0' },
    { generator: 1, sequence: 0, data: 'b0' },
    { generator: 0, sequence: 1, data: 'a1' },
  ])
})

test('the clocks of two processes of one machine are one', async () => {
  const [first] = (await meet(1)) as [Rendezvous]
  const { offset, uncertainty } = await first.synchronize()
  expect(offset).toBeGreaterThan(0)
  expect(uncertainty).toBeLessThan(100)
})

describe('who is lost', () => {
  test('is told of, and whoever waits for it hears that', async () => {
    const { path } = await place()
    const kill = await elsewhere(
      path,
      1,
      `void met.getOrCreate('v', () => new Promise(() => {}), { within: 9e4 })
      await met.append('s', 1)`,
    )
    const first = await meetLocally(path, { index: 0, of: 2 })
    const losses: Loss[] = []
    first.onLoss((loss) => losses.push(loss))
    const waiting = Promise.allSettled([
      first.signalAndWait('start', { within }),
      first.getOrCreate('v', () => 1, { within }),
    ])
    kill()
    const reasons = (await waiting).map((each) => String((each as PromiseRejectedResult).reason))
    expect(reasons).toMatchInlineSnapshot(`
      [
        "RendezvousError: generator 2 of 2 is gone: its process ended, or hung up",
        "RendezvousError: generator 2 of 2 made "v", and is gone",
      ]
    `)
    expect(losses).toEqual([{ generator: 1, why: 'its process ended, or hung up' }])
  })

  test('a place that is taken, another number of generators, nobody there: refused', async () => {
    const { path, server } = await place()
    await meetLocally(path, { index: 0, of: 2 })
    await expect(meetLocally(path, { index: 0, of: 2 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RendezvousError: generator 1 of 2 is taken by another process]`,
    )
    await expect(meetLocally(path, { index: 2, of: 3 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RendezvousError: generator 3 of 3 does not belong to a run of 2 generators]`,
    )
    await server.close()
    await expect(meetLocally('/nowhere.sock', { index: 0, of: 2 })).rejects.toThrow(
      'no generators meet at local:/nowhere.sock',
    )
  })

  test('when the place itself is gone, nobody waits on', async () => {
    const { path, server } = await place()
    const first = await meetLocally(path, { index: 0, of: 2 })
    const read = (async () => {
      for await (const entry of first.read('s', new AbortController().signal)) return entry
      return 'ended'
    })()
    const waiting = first.signalAndWait('start', { within })
    waiting.catch(() => {})
    await server.close()
    await expect(waiting).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RendezvousError: the process in which the generators met is gone]`,
    )
    expect(await read).toBe('ended')
  })
})
