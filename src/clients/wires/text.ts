import { NOTHING, type Wire } from './wire.ts'

/** Plain chunked text: every read is a token, the close is the end. */
export const text: Wire = {
  name: 'text',
  framing: 'text',
  end: 'close',
  read: (frame) => (frame.data === '' ? NOTHING : { text: frame.data }),
}
