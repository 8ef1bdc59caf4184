// The page's script, made from its TypeScript when the dashboard starts.
import { join } from 'node:path'
import { build } from 'esbuild'

const PAGE = join(import.meta.dirname, '../page')

export async function bundlePage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(PAGE, 'app.ts')],
    bundle: true,
    format: 'esm',
    target: 'es2023',
    minify: true,
    write: false,
    logLevel: 'silent',
  })
  return outputFiles[0]!.text
}
