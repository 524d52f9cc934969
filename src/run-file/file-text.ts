import { redact } from '../clients/redact.ts'

/** Characters of any one text. */
const MOST = 2_000

/** A text as a file keeps it: not too long, and without secrets. */
export const fileText = (text: string): string =>
  redact(text.length <= MOST ? text : `${text.slice(0, MOST).toWellFormed()}…`)
