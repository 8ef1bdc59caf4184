// `report/` of a results directory: one page that needs nothing from elsewhere, and each picture as SVG and PNG.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { SolventError } from '@solvent/primitives'
import { readRegularFile } from '../files/regular-file.ts'
import { type RunManifest, writeRunDirectory } from '../results/run-directory.ts'
import { openResults } from '../store/query-results.ts'

const MOST_MANIFEST_BYTES = 1_048_576
const PNG_WIDTH = 1_840

/**
 * Writes the report of a results directory.
 *
 * @param directory of a run
 * @param to where the report stands; replaced when it is one of ours
 * @throws SolventError E_RESULTS when the directory is not one of ours, and what writing a results directory throws
 */
export async function writeReport(directory: string, to: string, shownAs: string): Promise<void> {
  const manifest = await manifestOf(directory)
  const results = await openResults(directory)
  // Charts are loaded only now: other commands start sooner without them.
  const { runPage } = await import('./run-page.ts')
  const { chartFile, slug } = await import('../page/chart.ts')
  const png = await pngWriter()
  try {
    const { html, pictures } = await runPage(results, manifest, shownAs)
    const files = new Map<string, string | Uint8Array>([['report.html', html]])
    for (const { title, height, drawing } of pictures) {
      const svg = chartFile(title, height, drawing)
      files.set(`charts/${slug(title)}.svg`, svg)
      files.set(`charts/${slug(title)}.png`, png(svg))
    }
    const { format: _, files: __, ...made } = manifest
    await writeRunDirectory(to, made, files)
  } finally {
    results.close()
  }
}

async function manifestOf(directory: string): Promise<RunManifest> {
  try {
    const bytes = await readRegularFile(join(directory, 'manifest.json'), { mostBytes: MOST_MANIFEST_BYTES })
    const manifest = JSON.parse(new TextDecoder().decode(bytes)) as RunManifest
    if (manifest.format === 'solvent-run/1') return manifest
  } catch (cause) {
    throw foreign(directory, cause)
  }
  throw foreign(directory, undefined)
}

function foreign(directory: string, cause: unknown): SolventError {
  return new SolventError({
    code: 'E_RESULTS',
    message: 'This is not a results directory.',
    details: { directory },
    hint: 'Name a directory that `solvent run` has written, for example runs/quick-1.',
    cause,
  })
}

/** Text is drawn in a typeface that comes along: a machine may have none. */
async function pngWriter(): Promise<(svg: string) => Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js')
  const typeface = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')
  const font = { fontFiles: [typeface], loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' }
  return (svg) => new Resvg(svg, { font, fitTo: { mode: 'width', value: PNG_WIDTH } }).render().asPng()
}
