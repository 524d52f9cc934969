import { NO_FIGURES } from '../support/ticks.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { SteerableLoad, SteerAnswer, SteerCommand } from '../../src/load/steering.ts'
import { ControlServer, controlPath } from '../../src/vitest/control-server.ts'
import { steerChannel } from '../../src/vitest/steer-channel.ts'
import { tickSender } from '../../src/vitest/send-tick.ts'

/** Of a machine that is busy with other work. */
const PATIENCE = { timeout: 20_000 }

const MORE = { kind: 'users', users: 50 } as const
const STOP = { kind: 'stop' } as const

interface World {
  readonly server: ControlServer
  /** Begins a load of that title; gives what ends it. */
  begin(title: string, steer?: (command: SteerCommand) => SteerAnswer): () => void
  readonly path: string
}

const describeLoad = (title: string): SteerableLoad => ({
  id: `id of ${title}`,
  title,
  model: 'closed',
  planned: { users: 10 },
  phases: [{ name: 'steady', from: 0 }],
  length: 1_000,
})

/** A main process, and loads that listen to it over a socket, as those of test processes do. */
async function world(): Promise<World> {
  const path = controlPath()
  const server = new ControlServer([], path)
  await server.listen()
  onTestFinished(() => server.close())
  const said = ({ kind }: SteerCommand): SteerAnswer => ({ ok: true, said: kind })
  const begin: World['begin'] = (title, steer = said) =>
    steerChannel(path, `task of ${title}`)({ describe: () => describeLoad(title), steer })
  return { server, begin, path }
}

const titles = ({ server }: World): string[] => server.loads().map(({ title }) => title)

describe('loads that run', () => {
  test('are known from their begin to their end, with their test and their last tick', async () => {
    const main = await world()
    main.server.running.testOf = (task) => ({
      id: task,
      file: 'a.perf.ts',
      name: 'chat',
      run: 'r1',
    })
    const seen: string[] = []
    const unhear = main.server.onTick(({ title }) => void seen.push(title))
    main.server.onTick(({ title }) => void seen.push(`${title}, too`))
    const end = main.begin('chat')
    await expect.poll(() => titles(main), PATIENCE).toEqual(['chat'])
    expect(main.server.loads()).toEqual([
      {
        ...describeLoad('chat'),
        tick: undefined,
        test: { id: 'task of chat', file: 'a.perf.ts', name: 'chat', run: 'r1' },
      },
    ])
    const tick = { title: 'chat', phase: 'steady', elapsed: 5, users: 3 } as const
    const send = tickSender(main.path)
    send({ ...NO_FIGURES, ...tick })
    await expect.poll(() => main.server.loads()[0]?.tick, PATIENCE).toMatchObject(tick)
    unhear()
    send({ ...NO_FIGURES, ...tick, over: true })
    await expect.poll(() => seen, PATIENCE).toEqual(['chat', 'chat, too', 'chat, too'])
    end()
    await expect.poll(() => titles(main), PATIENCE).toEqual([])
  })

  test('do what they are told, and answer', async () => {
    const main = await world()
    main.begin('chat', () => ({ ok: false, message: 'it has a rate' }))
    main.begin('stream')
    await expect.poll(() => titles(main), PATIENCE).toEqual(['chat', 'stream'])
    expect(await main.server.steer('stream', MORE)).toEqual({ ok: true, said: 'users' })
    expect(await main.server.steer('id of chat', MORE)).toEqual({
      ok: false,
      message: 'it has a rate',
    })
  })
})

describe('which load is meant', () => {
  test('has to be said when there are several, but for a stop', async () => {
    const main = await world()
    expect(await main.server.steer(undefined, STOP)).toEqual({
      ok: false,
      message: 'no load is running',
    })
    main.begin('chat')
    await expect.poll(() => titles(main), PATIENCE).toEqual(['chat'])
    expect(await main.server.steer(undefined, MORE)).toEqual({ ok: true, said: 'users' })
    expect(await main.server.steer('caht', MORE)).toEqual({
      ok: false,
      message: 'no load "caht" is running; known: "chat"',
    })
    main.begin('stream')
    await expect.poll(() => titles(main), PATIENCE).toHaveLength(2)
    expect(await main.server.steer(undefined, MORE)).toEqual({
      ok: false,
      message: '2 loads run, say which: "chat", "stream"',
    })
    expect(await main.server.steer(undefined, STOP)).toEqual({ ok: true, said: 'stop' })
  })
})

describe('a load that does not answer', () => {
  test('since it ends meanwhile', async () => {
    const main = await world()
    const end = main.begin('chat', () => {
      end()
      return { ok: true, said: 'never heard' }
    })
    await expect.poll(() => titles(main), PATIENCE).toEqual(['chat'])
    expect(await main.server.steer('chat', MORE)).toMatchObject({ ok: expect.any(Boolean) })
    expect(titles(main)).toEqual([])
  })

  test('has a limit of time', async () => {
    const { RunningLoads } = await import('../../src/vitest/running-loads.ts')
    const { createServer, request } = await import('node:http')
    const loads = new RunningLoads(50)
    const server = createServer((_request, response) =>
      loads.open({ load: describeLoad('chat'), task: 't' }, response),
    )
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const asked = request({ port, host: '127.0.0.1' }).on('error', () => {})
    asked.end()
    await expect.poll(() => loads.all(), PATIENCE).toHaveLength(1)
    expect(await loads.steer(undefined, MORE)).toEqual({
      ok: false,
      message: 'chat did not answer within 50 ms',
    })
  })
})
