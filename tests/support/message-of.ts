import { stripVTControlCharacters } from 'node:util'

/** The message that an expectation fails with, without colours. */
export function messageOf(expectation: () => void): string {
  try {
    expectation()
  } catch (error) {
    if (error instanceof Error) return stripVTControlCharacters(error.message)
    throw error
  }
  throw new Error('the expectation was met')
}
