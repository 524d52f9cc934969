/** An answer other than success; its message goes to the client. */
export class HttpError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** The body of every error, in the shape that OpenAI clients read. */
export function errorBody(status: number, message: string): object {
  return { error: { message, type: status < 500 ? 'invalid_request_error' : 'server_error' } }
}
