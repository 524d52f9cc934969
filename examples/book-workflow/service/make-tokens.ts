import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { seededRandom } from '../../services/random.ts'

/** `node service/make-tokens.ts [users]` writes `access_tokens.csv`: the same tokens every time. */
const users = Number(process.argv[2] ?? 2_000)
const random = seededRandom('access tokens')
const lines = Array.from({ length: users }, (_, index) => {
  const secret = Math.floor(random() * 2 ** 32).toString(16)
  return `user${index + 1},book-${index + 1}-${secret.padStart(8, '0')}`
})
const file = join(import.meta.dirname, '..', 'access_tokens.csv')
await writeFile(file, ['user_id,token', ...lines, ''].join('\n'))
