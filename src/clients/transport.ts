import { createSecureContext, getCACertificates, type ConnectionOptions } from 'node:tls'
import type { SecureContext } from 'node:tls'
import type { TlsSettings } from './tls-options.ts'

/** How connections are made, as plain data. */
export interface TransportSettings {
  readonly tls: TlsSettings
  readonly h2: boolean
  /** Connections that are opened at once before users wait for their turn; `undefined` is the default. */
  readonly handshakes?: number | undefined
}

export const DEFAULT_SETTINGS: TransportSettings = { tls: { ca: [] }, h2: false }

/** How the connections of a test or a load are made. */
export class Transport {
  readonly settings: TransportSettings
  #tls: Transport['tls'] | undefined

  constructor(settings: TransportSettings = DEFAULT_SETTINGS) {
    this.settings = settings
  }

  /**
   * What `tls.connect` is to be told. One context serves all connections: to read certificates anew for
   * each would cost more than its handshake.
   */
  get tls(): Pick<ConnectionOptions, 'secureContext' | 'rejectUnauthorized'> {
    return (this.#tls ??= {
      secureContext: contextOf(this.settings.tls),
      ...(this.settings.tls.rejectUnauthorized !== undefined && {
        rejectUnauthorized: this.settings.tls.rejectUnauthorized,
      }),
    })
  }

  /** The same, but for what is given. */
  with(given: Partial<TransportSettings>): Transport {
    return new Transport({ ...this.settings, ...given })
  }
}

export const DEFAULT_TRANSPORT = new Transport()

const contextOf = ({ ca }: TlsSettings): SecureContext =>
  ca.length === 0
    ? createSecureContext()
    : createSecureContext({ ca: [...getCACertificates('default'), ...ca] })
