import { createServer } from 'node:http'

/** Somebody else on a port. */
export async function listenOn(port: number): Promise<AsyncDisposable> {
  const server = createServer((_, response) => response.end('somebody else'))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { [Symbol.asyncDispose]: close }
}
