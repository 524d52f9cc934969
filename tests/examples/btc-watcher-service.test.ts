import { describe, expect, test } from 'vitest'
import { PASSWORD } from '../../examples/btc-watcher/service/sow.ts'
import { startWatcher } from '../../examples/btc-watcher/service/start.ts'
import { asking, BUY, logIn, QUICK, tokenOf, watched } from './btc-watcher.ts'

const said = (message: string): object => ({
  error: { message, type: 'invalid_request_error' },
})

describe('logging in', () => {
  test.each([
    ['the right password', { username: 'trader-1', password: PASSWORD }, 200],
    ['a wrong one', { username: 'trader-1', password: 'wrong' }, 401],
    ['an account that is not there', { username: 'invalid', password: 'wrong' }, 401],
    ['nothing', { username: '', password: '' }, 422],
    ['a form without fields', {}, 422],
  ])('with %s', async (_, form, status) => {
    await using service = await startWatcher(QUICK)
    expect((await logIn(service.url, form)).status).toBe(status)
  })

  test('a token says who one is', async () => {
    await using service = await watched()
    expect(await service.ask('GET /auth/me')).toEqual({
      status: 200,
      body: { id: 1, username: 'trader-1' },
    })
  })

  test.each([
    'GET /auth/me',
    'GET /strategies/',
    'GET /strategies/1',
    'GET /strategies/overview',
    'POST /strategies/',
    'PUT /strategies/1',
    'DELETE /strategies/1',
    'POST /strategies/1/start',
    'POST /strategies/1/stop',
    'GET /strategies/1/logs',
    'GET /signals/',
    'GET /signals/1',
    'GET /signals/statistics',
    'POST /signals/webhook/1',
  ])('%s needs one that was issued here', async (request) => {
    await using service = await watched()
    const good = await tokenOf(service.url, 'trader-1')
    // The token of another account is not made by changing the number.
    for (const token of ['', 'forged', good.replace(/^1/, '2')]) {
      expect(await asking(service.url, token)(request, {})).toEqual({
        status: 401,
        body: said('not authenticated'),
      })
    }
  })
})

describe('strategies', () => {
  test('live: created, updated, started, stopped, deleted', async () => {
    await using service = await watched()
    const { ask } = service
    const created = await ask('POST /strategies/', { name: 'new', config: { period: 14 } })
    expect(created).toEqual({
      status: 201,
      body: { id: 41, name: 'new', config: { period: 14 }, status: 'stopped' },
    })
    const updated = await ask('PUT /strategies/41', { name: 'renamed', config: { period: 21 } })
    expect(updated.body).toMatchObject({ name: 'renamed', config: { period: 21 } })
    expect((await ask('POST /strategies/41/start')).body).toMatchObject({ status: 'running' })
    expect((await ask('GET /strategies/overview')).body).toMatchObject({ total: 21, running: 1 })
    expect((await ask('POST /strategies/41/stop')).body).toMatchObject({ status: 'stopped' })
    const { logs } = (await ask('GET /strategies/41/logs')).body as { logs: { message: string }[] }
    expect(logs.map(({ message }) => message)).toEqual(['stopped', 'started', 'updated', 'created'])
    expect(await ask('DELETE /strategies/41')).toEqual({ status: 204, body: {} })
    expect((await ask('GET /strategies/41')).status).toBe(404)
  })

  test('conflict when they have that status already, and when a running one is deleted', async () => {
    await using service = await watched()
    const { ask } = service
    expect(await ask('POST /strategies/1/stop')).toEqual({
      status: 409,
      body: said('strategy 1 is stopped already'),
    })
    await ask('POST /strategies/1/start')
    expect((await ask('POST /strategies/1/start')).status).toBe(409)
    expect(await ask('DELETE /strategies/1')).toEqual({
      status: 409,
      body: said('strategy 1 is running: stop it first'),
    })
  })

  test('are listed page by page, the oldest first', async () => {
    await using service = await watched()
    const { body } = await service.ask('GET /strategies/?skip=18&limit=5')
    expect(body).toMatchObject({ strategies: [{ id: 19 }, { id: 20 }] })
    expect((await service.ask('GET /strategies/?limit=1000')).status).toBe(422)
  })

  test.each([
    'GET /strategies/1',
    'PUT /strategies/1',
    'DELETE /strategies/1',
    'POST /strategies/1/start',
    'POST /strategies/1/stop',
    'GET /strategies/1/logs',
    'POST /signals/webhook/1',
  ])('of others are not there: %s', async (request) => {
    await using service = await watched()
    const ask = asking(service.url, await tokenOf(service.url, 'trader-2'))
    const answer = await ask(request, { name: 'mine', config: {} })
    expect(answer).toEqual({ status: 404, body: said('no strategy 1') })
  })

  test.each([
    ['no config', { name: 'a' }, 422],
    ['no name', { config: {} }, 422],
    ['a list', [], 400],
  ])('are refused with %s', async (_, draft, status) => {
    await using service = await watched()
    expect((await service.ask('POST /strategies/', draft)).status).toBe(status)
  })
})

describe('signals', () => {
  test('come by webhook and are the first of the list', async () => {
    await using service = await watched()
    const { status, body } = await service.ask('POST /signals/webhook/3', BUY)
    expect(status).toBe(201)
    expect(body).toMatchObject({ strategy_id: 3, pair: 'BTC/USDT', strength_level: 'strong' })
    const { signals } = (await service.ask('GET /signals/?limit=1')).body
    expect(signals).toEqual([body])
    expect((await service.ask(`GET /signals/${String(body.id)}`)).body).toEqual(body)
  })

  test.each([
    ['pair=ETH/USDT', 'pair', 'ETH/USDT'],
    ['action=sell', 'action', 'sell'],
    ['strength_level=weak', 'strength_level', 'weak'],
    ['pair=SOL/USDT&action=buy&strength_level=strong', 'strength_level', 'strong'],
  ])('are filtered: %s', async (query, field, value) => {
    await using service = await watched()
    const { body } = await service.ask(`GET /signals/?limit=100&${query}`)
    const signals = body.signals as Record<string, unknown>[]
    expect(signals.length).toBeGreaterThan(0)
    expect(signals.length).toBeLessThan(100)
    expect(new Set(signals.map((signal) => signal[field]))).toEqual(new Set([value]))
  })

  test('are filtered by date', async () => {
    await using service = await watched()
    const from = new Date(Date.now() - 15.1 * 86_400_000).toISOString()
    const { body } = await service.ask(`GET /signals/?limit=100&from=${from}`)
    expect((body.signals as unknown[]).length).toBe(50)
  })

  test('are summed up by pair and action', async () => {
    await using service = await watched()
    const { body } = await service.ask('GET /signals/statistics')
    const counts = (body.statistics as { count: number }[]).map(({ count }) => count)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100)
  })

  test('go with their strategy', async () => {
    await using service = await watched()
    const signal = (await service.ask('POST /signals/webhook/3', BUY)).body
    await service.ask('DELETE /strategies/3')
    expect((await service.ask(`GET /signals/${String(signal.id)}`)).status).toBe(404)
  })

  test.each([
    ['an unknown action', { ...BUY, action: 'panic' }],
    ['no rate', { ...BUY, current_rate: undefined }],
    ['no strength', { ...BUY, indicators: {} }],
  ])('are refused with %s', async (_, report) => {
    await using service = await watched()
    expect((await service.ask('POST /signals/webhook/3', report)).status).toBe(422)
  })
})

describe('what is not there', () => {
  test.each([
    ['GET /strategies/999', 404, 'no strategy 999'],
    ['GET /signals/9999', 404, 'no signal 9999'],
    ['GET /strategies/mine', 404, 'nothing has the id mine'],
    ['GET /nowhere', 404, 'nothing at /api/v1/nowhere'],
    ['PATCH /strategies/1', 405, 'use GET or PUT or DELETE at /api/v1/strategies/1'],
  ])('%s is answered %i', async (request, status, message) => {
    await using service = await watched()
    expect(await service.ask(request)).toEqual({ status, body: said(message) })
  })
})
