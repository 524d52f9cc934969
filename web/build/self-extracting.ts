import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { build, type Plugin, type Rolldown } from 'vite'

const SCRIPT = /<script type="module"[^>]*>([\s\S]*)<\/script>(?=[\s\S]*<\/head>)/

/**
 * Packs the page's script, which makes the file half as large: a few lines unpack it when the page is
 * opened. Its policy lets these two scripts run and nothing else, and nothing be loaded.
 */
export function selfExtracting(boot: string): Plugin {
  return {
    name: 'self-extracting',
    enforce: 'post',
    apply: 'build',
    generateBundle: {
      // After the one that puts script and styles into the page, which comes last, too.
      order: 'post',
      async handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'asset' || !file.fileName.endsWith('.html')) continue
          file.source = pack(String(file.source), await bootScript(boot))
        }
      },
    },
  }
}

function pack(html: string, boot: string): string {
  const app = SCRIPT.exec(html)?.[1]
  if (app === undefined) throw new Error('the page has no script in its head to pack')
  const head = policyOf([boot, app])
  const packed = gzipSync(app, { level: 9 }).toString('base64')
  const scripts = `<script type="application/gzip" id="app">${packed}</script><script>${boot}</script>`
  // Functions, since a script may hold what a replacement has a meaning for.
  return html
    .replace(SCRIPT, () => '')
    .replace('<meta charset="utf-8" />', (charset) => charset + head)
    .replace('</body>', (end) => scripts + end)
}

function policyOf(scripts: readonly string[]): string {
  const hashes = scripts.map(
    (script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  )
  const policy = [
    "default-src 'none'",
    `script-src ${hashes.join(' ')}`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ]
  return `<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}" />`
}

/** The few lines, built by themselves. */
async function bootScript(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'boot' } },
  })
  const { output } = [built].flat()[0] as Rolldown.RolldownOutput
  return output[0].code.trim()
}
