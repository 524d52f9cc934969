import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface DataFolder extends AsyncDisposable {
  readonly path: string
  /** The message that a promise rejects with, with `<folder>` for the path of the folder. */
  messageOf(promise: Promise<unknown>): Promise<string>
}

/** A folder with these files; removed at the end of the block. */
export async function dataFolder(
  files: Readonly<Record<string, string | Buffer>>,
): Promise<DataFolder> {
  const path = await mkdtemp(join(tmpdir(), 'data-'))
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(path, name), text)))
  return {
    path,
    messageOf: (promise) =>
      promise.then(
        () => 'no error',
        (error: unknown) => String(error).replaceAll(path, '<folder>'),
      ),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  }
}
