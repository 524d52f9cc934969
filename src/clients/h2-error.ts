/** What a stream or a connection is ended with, RFC 9113 section 7; the place is the code. */
const NAMES = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
]

const nameOf = (code: number): string => NAMES[code] ?? `error ${code}`

const STREAM_RESET = 'the service reset the stream'

/** The service ended one stream, and its connection goes on. */
export const streamReset = (code: number): Error => coded(STREAM_RESET, `HTTP2_${nameOf(code)}`)

export const isReset = (error: Error | undefined): boolean =>
  error?.message.startsWith(STREAM_RESET) === true

/** The connection ended, and all its streams with it; `goaway` is what the service said before. */
export const connectionLost = (goaway: number | undefined): Error =>
  goaway === undefined
    ? coded('the connection was lost', 'ECONNRESET')
    : coded('the service closed the connection', `HTTP2_GOAWAY_${nameOf(goaway)}`)

const coded = (message: string, code: string): Error =>
  Object.assign(new Error(`${message} (${code})`), { code })
