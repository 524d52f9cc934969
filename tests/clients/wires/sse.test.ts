import { describe, expect, test } from 'vitest'
import { Frame } from '../../../src/clients/wires/frame.ts'
import { byPaths, type TokenPaths } from '../../../src/clients/wires/paths.ts'
import { sse } from '../../../src/clients/wires/sse.ts'
import type { Signal } from '../../../src/clients/wires/wire.ts'

const DONE: Signal = { done: true }
const NOTHING: Signal = {}
const NAMED: TokenPaths = { token: 'delta.text', done: 'type=stop', error: 'error.message' }

interface Sent {
  readonly data: string
  readonly event?: string
}

const frameOf = ({ data, event }: Sent): Frame => new Frame(data, event)

describe('without paths', () => {
  test.each<readonly [Sent, Signal]>([
    [{ data: 'Hello' }, { text: 'Hello' }],
    [{ data: ' two\nlines ' }, { text: ' two\nlines ' }],
    [{ data: '{"a":1}' }, { text: '{"a":1}' }],
    [{ data: '' }, NOTHING],
    [{ data: '[DONE]' }, DONE],
    [{ event: 'done', data: 'whatever' }, DONE],
    [{ event: 'end', data: '{}' }, DONE],
    [{ event: 'complete', data: '{}' }, DONE],
    [{ event: 'message_stop', data: '{}' }, DONE],
    [{ event: 'token', data: 'Hello' }, { text: 'Hello' }],
    [{ event: 'error', data: 'overloaded' }, { error: 'overloaded' }],
  ])('%j means %j', (frame, signal) => expect(sse.read(frameOf(frame))).toEqual(signal))

  test('a close is an end too', () => expect(sse.end).toBe('close'))
})

describe('with paths to token, end and error', () => {
  test.each<readonly [Sent, Signal]>([
    [{ data: '{"delta":{"text":"Hello"}}' }, { text: 'Hello' }],
    [{ data: '{"delta":{"text":""}}' }, NOTHING],
    [{ data: '{"delta":{}}' }, NOTHING],
    [{ data: '{"delta":null}' }, NOTHING],
    [{ data: '{"delta":{"text":5}}' }, NOTHING],
    [{ data: 'no JSON' }, NOTHING],
    [{ data: '{"type":"stop"}' }, DONE],
    [{ data: '{"type":"start"}' }, NOTHING],
    [{ data: '[DONE]' }, NOTHING],
    [{ event: 'done', data: '{}' }, NOTHING],
    [{ data: '{"error":{"message":"overloaded"}}' }, { error: 'overloaded' }],
    [{ data: '{"error":{"message":{"code":7}}}' }, { error: '{"code":7}' }],
    [{ data: '{"error":{"message":null},"delta":{"text":"a"}}' }, { text: 'a' }],
    [{ data: '{"error":{"message":""},"delta":{"text":"a"}}' }, { text: 'a' }],
    [{ event: 'error', data: 'overloaded' }, { error: 'overloaded' }],
  ])('%j means %j', (frame, signal) =>
    expect(byPaths('sse', NAMED).read(frameOf(frame))).toEqual(signal),
  )

  test('only that marker is an end', () => expect(byPaths('sse', NAMED).end).toBe('marker'))
})

describe('the end is', () => {
  test.each<readonly [string, Sent, boolean]>([
    ['[DONE]', { data: '[DONE]' }, true],
    ['[DONE]', { data: '"[DONE]"' }, false],
    ['finished', { event: 'finished', data: '{}' }, true],
    ['finished', { event: 'done', data: '{}' }, false],
    ['status.code=0', { data: '{"status":{"code":0}}' }, true],
    ['final=true', { data: '{"final":true}' }, true],
    ['final=true', { data: '{"final":false}' }, false],
    ['query=a=b', { data: '{"query":"a=b"}' }, true],
    ['next=null', { data: '{"next":null}' }, true],
  ])('by done: %j, of %j: %s', (done, frame, isEnd) =>
    expect(byPaths('sse', { done }).read(frameOf(frame)).done === true).toBe(isEnd),
  )
})

test('bare data is a token as it stands, when only the end is named', () =>
  expect(byPaths('sse', { done: '[DONE]' }).read(new Frame('Hello'))).toEqual({ text: 'Hello' }))

test('a token is found at an index too', () => {
  const wire = byPaths('sse', { token: 'out.1.t' })
  expect(wire.read(new Frame('{"out":[{"t":"a"},{"t":"b"}]}'))).toEqual({ text: 'b' })
})
