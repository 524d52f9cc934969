import { errorCode } from './classify.ts'

const SAY = "say tls: { ca: 'certs/ca.pem' } or tls: { rejectUnauthorized: false } in perf()"

/** Why no connection over TLS came about, with what to do about a certificate; behind a request. */
export function untrusted(error: Error | undefined): string {
  const code = errorCode(error)
  const detail = error === undefined || error.message === '' ? '' : `: ${error.message}`
  if (code === undefined || !/CERT|SELF_SIGNED|UNABLE_TO_|MISMATCH/.test(code)) {
    return `could not agree on TLS${detail}`
  }
  switch (code) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `met a certificate for another host${detail}`
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return `met a certificate that is not valid now (${code})`
    default:
      return `met a certificate that is not trusted (${code}): ${SAY}`
  }
}
