/** Bytes that live objects and buffers hold; the process must run with `--expose-gc`. */
export function heldBytes(): number {
  if (globalThis.gc === undefined) throw new Error('start the process with --expose-gc')
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
