import { join } from 'node:path'
import { defineConfig } from 'vite'
import { viteSingleFile } from 'vite-plugin-singlefile'
import { selfExtracting } from './build/self-extracting.ts'

/** The page of a report: one file without data. `dist/report/page.html` is what the package ships. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  plugins: [viteSingleFile(), selfExtracting(join(import.meta.dirname, 'boot.ts'))],
  build: {
    outDir: '../dist/report',
    // The compiler has put the report's modules there.
    emptyOutDir: false,
    reportCompressedSize: false,
    rolldownOptions: { input: join(import.meta.dirname, 'page.html') },
  },
})
