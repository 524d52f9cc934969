/** Where a service listens. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** The host and port of a URL, with the scheme's own port where none is written. */
export function addressOf(url: string): Address {
  const { hostname, port, protocol } = new URL(url)
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  return { host, port: port === '' ? standardPort(protocol) : Number(port) }
}

function standardPort(protocol: string): number {
  return protocol === 'https:' || protocol === 'wss:' ? 443 : 80
}
