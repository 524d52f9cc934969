import type { FollowedTest } from './follower-worker.ts'

/** What a test process asks for whose load is to come from several generators; it is the first of them. */
export interface GeneratorOrder {
  /** Chosen by it; of one attempt of one test. */
  readonly runId: string
  readonly test: FollowedTest
  /** All of them, itself included. */
  readonly of: number
}

/** What it is told while they are there, line by line. */
export type GeneratorLine =
  | { readonly kind: 'ready'; readonly rendezvous: string }
  | { readonly kind: 'failed'; readonly why: string }
  /** One of them has ended: its process, or its test. */
  | {
      readonly kind: 'gone'
      /** From 0. */
      readonly generator: number
      readonly why: string
    }
