import { RendezvousError } from './rendezvous.ts'

/** What a script of ours answers when the claim of the asking generator is not there any more. */
export const GONE = 'PERFGONE'

/** Replies that mean "not now": a server that loads its data, or that is about to be the main one. */
const PASSING = /^(?:LOADING|MASTERDOWN|TRYAGAIN|BUSY|READONLY|CLUSTERDOWN) /
/** Replies to a connection that may never speak. */
const UNWELCOME = /^(?:WRONGPASS|NOAUTH|NOPERM)|ERR AUTH|ERR invalid password|ERR DB index/

/** What the server itself answered; other errors are those of the connection. */
export class RedisReply extends Error {
  override readonly name = 'RedisReply'
}

export const passesBy = (problem: unknown): boolean => PASSING.test(textOf(problem))
/** What no further attempt to connect changes. */
export const isRefusal = (problem: unknown): boolean =>
  UNWELCOME.test(textOf(problem)) || isUntrusted(problem)

/** What OpenSSL and Node say of a certificate. */
const isUntrusted = (problem: unknown): boolean =>
  !(problem instanceof RedisReply) && /certificate|altnames/i.test(textOf(problem))

/** The error of a person for a reply that no further attempt changes; `undefined` for lost connections. */
export function refusalOf(problem: unknown, shown: string): RendezvousError | undefined {
  if (isUntrusted(problem)) {
    return new RendezvousError(
      `Redis at ${shown} has a certificate that is not trusted (${textOf(problem)}). Name its CA in NODE_EXTRA_CA_CERTS`,
    )
  }
  if (!(problem instanceof RedisReply)) return undefined
  const text = problem.message
  if (text.startsWith(GONE)) return gone(shown)
  if (text.startsWith('OOM')) {
    return new RendezvousError(
      `Redis at ${shown} has no memory left (${text}). Give it more (maxmemory), or let less be kept in it`,
    )
  }
  if (isRefusal(problem)) {
    return new RendezvousError(
      `Redis at ${shown} refused the connection (${text}). Correct user and password in PERF_RENDEZVOUS`,
    )
  }
  return new RendezvousError(`Redis at ${shown} refused a command (${text})`)
}

/** All keys of a run vanish together, or with the one that is asked for at every step. */
function gone(shown: string): RendezvousError {
  return new RendezvousError(
    `Redis at ${shown} lost what this run kept in it: it was restarted without its data, emptied, or evicts keys ` +
      '(use maxmemory-policy noeviction). What the generators measured cannot be put together',
  )
}

const textOf = (problem: unknown): string => (problem instanceof Error ? problem.message : '')
