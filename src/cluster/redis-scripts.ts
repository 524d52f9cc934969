import { createHash } from 'node:crypto'
import { GONE } from './redis-errors.ts'

/** What Redis runs in one piece. Its digest is how it is asked for. */
export interface RedisScript {
  readonly text: string
  readonly sha: string
}

/**
 * Every script but the first: `KEYS[1]` holds the claims; `ARGV` begins with the generator, its nonce
 * and the time to live of a key, in s. A claim that is gone means data that is gone.
 */
const guarded = (body: string): RedisScript =>
  script(`
local claims, generator, nonce, ttl = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
if redis.call('HGET', claims, generator) ~= nonce then
  return redis.error_reply('${GONE} the claim of generator ' .. generator)
end
${body}`)

function script(text: string): RedisScript {
  return { text, sha: createHash('sha1').update(text).digest('hex') }
}

const NOW = `local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`

/**
 * Claims a generator. KEYS: claims run who at lost missed alive left; ARGV: generator nonce ttl who facts
 * generators lease meeting. A stranger harms no run that all have come to; before, nobody knows who is
 * right. Where one is lost already nobody begins anything.
 */
export const JOIN = script(`
local claims, run, who, at, lost, missed, alive, left = unpack(KEYS)
local generator, nonce, ttl, me, facts, generators, lease, meeting = unpack(ARGV)
${NOW}
local holder = redis.call('HGET', claims, generator)
if holder and holder ~= nonce then
  return {'taken', redis.call('HGET', who, generator)}
end
local first = redis.call('HGET', run, 'facts')
if first and first ~= facts then
  if redis.call('HLEN', claims) < tonumber(redis.call('HGET', run, 'generators')) then
    redis.call('HSETNX', lost, generator, 'other:' .. facts)
    redis.call('EXPIRE', lost, ttl)
  end
  return {'other', first, redis.call('HGET', run, 'by')}
end
for _, gone in ipairs({lost, missed}) do
  local over = redis.call('HGETALL', gone)
  if over[1] then return {'over', over[1], over[2]} end
end
if not first then
  redis.call('HSET', run, 'facts', facts, 'by', me, 'generators', generators)
end
redis.call('HSET', claims, generator, nonce)
redis.call('HSET', who, generator, me)
redis.call('HSET', at, generator, meeting)
redis.call('SREM', left, generator)
redis.call('ZADD', alive, now + lease, generator)
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ttl) end
return {'joined'}`)

/** What two hashes hold, one after the other. */
const ALL_LOST = `local function both(lost, missed)
  local all = redis.call('HGETALL', lost)
  for _, each in ipairs(redis.call('HGETALL', missed)) do all[#all + 1] = each end
  return all
end`

/**
 * Renews the lease, and names those whose lease ran out; with `judge` 0 it renews alone. KEYS: claims
 * run who at lost missed alive left; ARGV: … lease judge → generators that are lost, and why.
 */
export const BEAT = guarded(`
local lost, missed, alive, left = KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local lease, judge = tonumber(ARGV[4]), ARGV[5]
${NOW}
${ALL_LOST}
if redis.call('SISMEMBER', left, generator) == 0 then
  redis.call('ZADD', alive, now + lease, generator)
end
if judge == '1' then
  for _, silent in ipairs(redis.call('ZRANGEBYSCORE', alive, '-inf', '(' .. now)) do
    redis.call('HSETNX', lost, silent, 'silent:' .. lease)
  end
end
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ttl) end
return both(lost, missed)`)

/** What a hash says of some. KEYS: claims hash; ARGV: … generators */
export const OF = guarded(`return redis.call('HMGET', KEYS[2], unpack(ARGV, 4))`)

/** Names those that did not come, for all. KEYS: claims missed; ARGV: … why generators */
export const MISS = guarded(`
for nth = 5, #ARGV do redis.call('HSETNX', KEYS[2], ARGV[nth], ARGV[4]) end
redis.call('EXPIRE', KEYS[2], ttl)
return 1`)

/**
 * Goes in good order; the last one takes along what was sent, which nobody reads any more. KEYS: claims
 * alive left sent
 */
export const LEAVE = guarded(`
redis.call('ZREM', KEYS[2], generator)
redis.call('SADD', KEYS[3], generator)
redis.call('EXPIRE', KEYS[3], ttl)
if redis.call('SCARD', KEYS[3]) < redis.call('HLEN', claims) then return 1 end
for _, key in ipairs(redis.call('SMEMBERS', KEYS[4])) do redis.call('DEL', key) end
redis.call('DEL', KEYS[4])
return 1`)

/**
 * Comes to a barrier, as often as it likes. KEYS: claims event left lost missed → how many came; who left
 * without having come; who is lost, and why.
 */
export const ARRIVE = guarded(`
redis.call('SADD', KEYS[2], generator)
redis.call('EXPIRE', KEYS[2], ttl)
${ALL_LOST}
local gone = {}
if redis.call('SCARD', KEYS[3]) > 0 then gone = redis.call('SDIFF', KEYS[3], KEYS[2]) end
return {redis.call('SCARD', KEYS[2]), gone, both(KEYS[4], KEYS[5])}`)

/** Who came. KEYS: claims event */
export const CAME = guarded(`return redis.call('SMEMBERS', KEYS[2])`)

/** Asks who makes a value, or what was made. KEYS: claims made left lost → state, by, value, gone */
export const TAKE = guarded(`
if redis.call('HSETNX', KEYS[2], 'by', generator) == 1 then
  redis.call('HSET', KEYS[2], 'state', 'making')
  redis.call('EXPIRE', KEYS[2], ttl)
end
local made = redis.call('HMGET', KEYS[2], 'state', 'by', 'value')
local gone = redis.call('SISMEMBER', KEYS[3], made[2]) + redis.call('HEXISTS', KEYS[4], made[2])
return {made[1], made[2], made[3] or '', gone}`)

/** Keeps what was made, once. KEYS: claims made; ARGV: … state value → state, by, value */
export const GIVE = guarded(`
if redis.call('HGET', KEYS[2], 'state') == 'making' then
  redis.call('HSET', KEYS[2], 'state', ARGV[4], 'value', ARGV[5])
end
return redis.call('HMGET', KEYS[2], 'state', 'by', 'value')`)

/**
 * Adds the next entry of a generator; one that is there is left as it is. KEYS: claims stream counts
 * sent; ARGV: … sequence data most → 'kept', 'full', or the sequence that had to come.
 */
export const APPEND = guarded(`
local sequence, most = tonumber(ARGV[4]), tonumber(ARGV[6])
local due = tonumber(redis.call('HGET', KEYS[3], generator) or '0')
if sequence < due then return 'kept' end
if sequence > due then return tostring(due) end
if redis.call('XLEN', KEYS[2]) >= most then return 'full' end
redis.call('XADD', KEYS[2], '*', 'g', generator, 's', ARGV[4], 'd', ARGV[5])
redis.call('HSET', KEYS[3], generator, due + 1)
redis.call('SADD', KEYS[4], KEYS[2], KEYS[3])
for at = 2, 4 do redis.call('EXPIRE', KEYS[at], ttl) end
return 'kept'`)

/** Reads entries behind one. KEYS: claims stream; ARGV: … behind count */
export const READ = guarded(`
return redis.call('XRANGE', KEYS[2], ARGV[4], '+', 'COUNT', ARGV[5])`)
