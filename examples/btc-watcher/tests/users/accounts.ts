import type { Account } from '../api.ts'

/** The accounts that a new database has. */
export const accounts: readonly Account[] = Array.from({ length: 20 }, (_, at) => ({
  username: `trader-${at + 1}`,
  password: 'correct horse',
}))
