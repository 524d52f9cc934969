import { UsageError } from '../errors/usage-error.ts'

/**
 * Asks in the terminal.
 * @throws UsageError where there is none to ask in
 */
export async function agreed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw UsageError.saying('--yes', 'there is no terminal to ask in: add --yes')
  }
  const { confirm, isCancel } = await import('@clack/prompts')
  const answer = await confirm({ message: question })
  return !isCancel(answer) && answer
}
