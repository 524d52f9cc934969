// What Vitest's JSON reports say: `failed <report>` lists the files to run once more, `count <report> <exit code>
// [report of the second run]` ends with `N passed, N failed` and the exit code that belongs to it.
import { existsSync, readFileSync } from 'node:fs'

/** Of Vitest's JSON report, as far as it counts here. */
interface FileResult {
  readonly name: string
  readonly status: string
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
}
type Results = readonly FileResult[]

/** More files than this are broken, and not unlucky. */
const MOST_AGAIN = 4

const [command, file = '', code, again = ''] = process.argv.slice(2)
const failures = ({ assertionResults }: FileResult): FileResult['assertionResults'] =>
  assertionResults.filter(({ status }) => status === 'failed')
const failedFiles = (results: Results): Results =>
  results.filter(({ status }) => status === 'failed')

if (command === 'failed') list(read(file) ?? [])
else count(read(file))

function read(path: string): Results | undefined {
  if (!existsSync(path)) return undefined
  return (JSON.parse(readFileSync(path, 'utf8')) as { testResults: Results }).testResults
}

function list(results: Results): void {
  const files = failedFiles(results)
  if (files.length <= MOST_AGAIN) for (const { name } of files) console.log(name)
}

function count(results: Results | undefined): void {
  if (results === undefined) {
    console.log('Vitest left no results: the build failed, or it could not start')
    return end(0, 1)
  }
  const second = new Map((read(again) ?? []).map((each) => [each.name, each]))
  const late: string[] = []
  const failed = failedFiles(results).reduce((sum, each) => sum + failedIn(each, second, late), 0)
  const tests = results.flatMap((each) => each.assertionResults)
  const passed = tests.filter(({ status }) => status === 'passed').length + late.length
  for (const name of late) console.log(`passed only when it ran again, alone: ${name}`)
  // An unhandled error, or no test at all, fails the run without failing a test.
  const wrong = failedFiles(results).length === 0 && (code !== '0' || passed === 0)
  end(passed, wrong ? 1 : failed)
}

/** How many of a file failed for good; a file that could not be loaded has no tests, and counts as one. */
function failedIn(
  result: FileResult,
  second: ReadonlyMap<string, FileResult>,
  late: string[],
): number {
  const retried = second.get(result.name)
  const first = failures(result)
  if (first.length === 0) {
    if (retried?.status !== 'passed') return 1
    late.push(...retried.assertionResults.map(({ fullName }) => fullName))
    return 0
  }
  let failed = 0
  for (const { fullName } of first) {
    const now = retried?.assertionResults.find((each) => each.fullName === fullName)
    if (now?.status === 'passed') late.push(fullName)
    else failed++
  }
  return failed
}

function end(passed: number, failed: number): void {
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}
