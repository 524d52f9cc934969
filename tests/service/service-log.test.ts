import { describe, expect, test } from 'vitest'
import { ServiceLog } from '../../src/service/service-log.ts'

describe('lines', () => {
  test.each([
    ['whole ones', ['a\nb\n'], 'a\nb'],
    ['one in three pieces', ['li', 'ne', '\n'], 'line'],
    ['one without its end', ['a\nstill writ'], 'a\nstill writ'],
    ['Windows ends', ['a\r\nb\r\n'], 'a\nb'],
    ['an empty one between', ['a\n\nb\n'], 'a\n\nb'],
    ['colours', ['\u001B[31mred\u001B[39m\n'], '\u001B[31mred\u001B[39m'],
  ])('%s', (_, chunks, text) => {
    const log = new ServiceLog()
    const write = log.writer()
    for (const chunk of chunks) write(Buffer.from(chunk))
    expect(log.text()).toBe(text)
  })

  test('a character that two chunks share stays whole', () => {
    const log = new ServiceLog()
    const write = log.writer()
    const bytes = Buffer.from('grün\n')
    write(bytes.subarray(0, 3))
    write(bytes.subarray(3))
    expect(log.text()).toBe('grün')
  })

  test('stdout and stderr do not break into each other', () => {
    const log = new ServiceLog()
    const [out, err] = [log.writer(), log.writer()]
    out(Buffer.from('half a '))
    err(Buffer.from('error\n'))
    out(Buffer.from('line\n'))
    expect(log.text()).toBe('error\nhalf a line')
  })
})

describe('bounds', () => {
  test('the last of it is kept, about the limit', () => {
    const log = new ServiceLog(1_000)
    const write = log.writer()
    for (let line = 1; line <= 1_000; line += 1) write(Buffer.from(`line ${line}\n`))
    expect(log.text().length).toBeLessThanOrEqual(1_250)
    expect(log.tail(2)).toEqual(['line 999', 'line 1000'])
    expect(log.count).toBe(1_000)
    expect(log.since(998)).toEqual(['line 999', 'line 1000'])
    expect(log.since(0).length).toBeLessThan(200)
  })

  test('a flood without a newline is bounded too', () => {
    const log = new ServiceLog(100_000)
    const write = log.writer()
    for (let chunk = 0; chunk < 100; chunk += 1) write(Buffer.alloc(10_000, 'x'))
    expect(log.text().length).toBeLessThan(250_000)
  })
})
