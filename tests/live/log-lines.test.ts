import { describe, expect, test } from 'vitest'
import { LogLines, type LineLog } from '../../src/live/log-lines.ts'
import { ServiceLog } from '../../src/service/service-log.ts'

const written = (log: ServiceLog, text: string): void => log.writer()(Buffer.from(text))
const lines = (...logs: (readonly [string, LineLog])[]): LogLines =>
  new LogLines(() => logs.map(([name, log]) => ({ name, log })))

describe('the last lines of the services', () => {
  test('come as they are written, each once, when its line ends', () => {
    const log = new ServiceLog()
    const all = lines(['api', log])
    const write = log.writer()
    expect(all.tail(10)).toEqual([])
    write(Buffer.from('one\ntwo\nthr'))
    expect(all.tail(10)).toEqual(['one', 'two'])
    write(Buffer.from('ee\n'))
    expect(all.tail(10)).toEqual(['one', 'two', 'three'])
    expect(all.tail(2)).toEqual(['two', 'three'])
  })

  test('are counted, so that whoever follows them asks for what is new', () => {
    const log = new ServiceLog()
    const all = lines(['api', log])
    written(log, 'one\ntwo\n')
    expect(all.since(0)).toEqual({ count: 2, lines: ['one', 'two'] })
    written(log, 'three\n')
    expect(all.since(2)).toEqual({ count: 3, lines: ['three'] })
    expect(all.since(3)).toEqual({ count: 3, lines: [] })
  })

  test('of several say whose they are', () => {
    const [api, worker] = [new ServiceLog(), new ServiceLog()]
    written(api, 'up\n')
    written(worker, 'up, too\n')
    expect(lines(['api', api], ['worker', worker]).tail(10)).toEqual(['api up', 'worker up, too'])
  })

  test('have no colours, no control characters and no secrets', () => {
    const log = new ServiceLog()
    written(
      log,
      '\u001B[31mred\u001B[0m \u0007\u001B]0;title\u0007\n{"password":"hunter2hunter2"}\n',
    )
    const text = lines(['api', log]).tail(10).join('\n')
    expect(text).toContain('red')
    expect(text).not.toContain('\u001B')
    expect(text).not.toContain('hunter2')
  })

  test('of a service that writes very much are the last 2,000', () => {
    const log = new ServiceLog()
    written(log, Array.from({ length: 10_000 }, (_, at) => `line ${at}\n`).join(''))
    const all = lines(['api', log]).tail(100_000)
    expect(all).toHaveLength(2_000)
    expect(all.at(-1)).toBe('line 9999')
  })
})
