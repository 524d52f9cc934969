// The package ships no types; this is the part of it that the bench uses.
declare module 'autocannon' {
  interface Options {
    readonly url: string
    readonly connections: number
    readonly duration: number
  }
  interface Instance extends PromiseLike<{ readonly errors: number; readonly non2xx: number }> {
    on(event: 'response', listener: () => void): void
    stop(): void
  }
  export default function autocannon(options: Options): Instance
}
