import { mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join, parse, relative } from 'node:path'
import { nearest } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import {
  exportRun,
  FORMATS,
  type ExportedFile,
  type ExportFormat,
} from '../report/export/export-run.ts'
import { command, SHARED } from './command.ts'
import { EXIT } from './exit.ts'
import { findRun, type KeptRun } from './runs.ts'
import { RUN } from './show.ts'
import { say, sayJson } from './terminal.ts'

export const exportRunAs = command({
  usage: 'export [run] --format <format>',
  about:
    'Writes a run in the format of another tool: the CSV files of Locust, the summary of k6, Markdown.',
  more: 'One file goes to stdout, several beside the run, unless --output says where. A run of several loads has files for each.',
  args: {
    run: RUN,
    format: { type: 'string', valueHint: FORMATS.join('|'), description: 'which' },
    output: {
      type: 'string',
      valueHint: 'path',
      description: 'a folder (with / at its end), a file, or how the names of several files begin',
    },
    load: {
      type: 'string',
      valueHint: 'title',
      description: 'only loads with this in their title',
    },
    dir: SHARED.dir,
    json: { type: 'boolean', description: 'the paths of the files as JSON' },
  },
  examples: [
    ['export --format csv --output reports/', 'as locust --csv writes them'],
    ['export --format markdown >> "$GITHUB_STEP_SUMMARY"', 'on the page of a job'],
    ['export latest~1 --format k6 --output k6.json', 'as handleSummary gets it'],
  ],
  run: async ({ args }) => {
    const format = formatOf(args.format)
    const kept = await findRun(args.run, args.dir)
    const output: string | undefined = args.output
    const target = await targetOf(output, kept.path, nameOf(kept, format))
    const load: string | undefined = args.load
    const files = exportRun(kept.file, {
      format,
      name: target.name,
      ...(load !== undefined && { load }),
    })
    const [only] = files
    const one = files.length === 1 && only !== undefined
    if (one && output === undefined && args.json !== true) {
      process.stdout.write(only.text)
      return EXIT.fine
    }
    const paths = await writeAll(files, one ? target : { folder: target.folder })
    if (args.json === true) sayJson({ run: kept.file.id, files: paths })
    else for (const path of paths) say(path)
    return EXIT.fine
  },
})

function formatOf(given: string | undefined): ExportFormat {
  const known = FORMATS.find((each) => each === given)
  if (known !== undefined) return known
  const guess = given === undefined ? undefined : nearest(given, FORMATS)
  const meant = guess === undefined ? undefined : `Did you mean ${guess}?`
  throw new UsageError('--format', `one of ${FORMATS.join(', ')}`, given, meant)
}

/** Where files go, and how their names begin; `file` is the name of the only one, when it was said. */
async function targetOf(output: string | undefined, path: string, own: string): Promise<Target> {
  if (output === undefined) return { folder: dirname(path), name: own }
  const there = await stat(output).catch(() => undefined)
  if (/[/\\]$/.test(output) || there?.isDirectory() === true) return { folder: output, name: own }
  const { dir, base, name, ext } = parse(output)
  return { folder: dir, name, ...(ext !== '' && { file: base }) }
}

/** The run itself is `<name>.json` already. */
const nameOf = ({ name }: KeptRun, format: ExportFormat): string =>
  format.startsWith('k6') ? `${name}_${format}` : name

interface Target {
  readonly folder: string
  readonly name: string
  readonly file?: string
}

async function writeAll(
  files: readonly ExportedFile[],
  { folder, file }: { readonly folder: string; readonly file?: string },
): Promise<string[]> {
  if (folder !== '') await mkdir(folder, { recursive: true })
  const paths = files.map(({ name }) => join(folder, file ?? name))
  await Promise.all(files.map(({ text }, at) => writeFile(paths[at] ?? '', text)))
  return paths.map((path) => relative('', path))
}
