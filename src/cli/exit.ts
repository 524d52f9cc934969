/** What a shell learns of how a command ended. */
export const EXIT = {
  fine: 0,
  /** A regression, or tests that failed. */
  failed: 1,
  /** Bad use, or runs that cannot be compared. */
  unusable: 2,
} as const
