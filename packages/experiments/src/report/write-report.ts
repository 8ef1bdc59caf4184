// `report/` of a results directory: one page that needs nothing from elsewhere, and each picture as SVG and PNG.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { SolventError } from '@solvent/primitives'
import { readRegularFile } from '../files/regular-file.ts'
import { type RunManifest, writeRunDirectory } from '../results/run-directory.ts'
import { ENGINE_VERSION } from '../run/engine-version.ts'
import { openResults, type ResultsQuery } from '../store/query-results.ts'
import { type BegunSweep, readBegunSweep } from '../store/recorded-sweep.ts'

const MOST_MANIFEST_BYTES = 1_048_576
const PNG_WIDTH = 1_840

/**
 * Writes the report of a results directory.
 *
 * @param directory of a run or a sweep, which may still be running
 * @param to where the report stands; replaced when it is one of ours
 * @returns how far a sweep is that is not finished; null of everything else
 * @throws SolventError E_RESULTS when the directory is not one of ours, and what writing a results directory throws
 */
export async function writeReport(
  directory: string,
  to: string,
  shownAs: string,
): Promise<ResultsQuery['soFar']> {
  const sweep = await readBegunSweep(directory)
  const manifest = sweep === null ? await manifestOf(directory) : null
  const results = await openResults(directory)
  // Charts are loaded only now: other commands start sooner without them.
  const { runPage } = await import('./run-page.ts')
  const { sweepPage } = await import('./sweep-page.ts')
  const { chartFile, slug } = await import('../page/chart.ts')
  const png = await pngWriter()
  try {
    const { html, pictures } =
      sweep === null ? await runPage(results, manifest!, shownAs) : await sweepPage(results, sweep, shownAs)
    const files = new Map<string, string | Uint8Array>([['report.html', html]])
    for (const { title, height, drawing } of pictures) {
      const svg = chartFile(title, height, drawing)
      files.set(`charts/${slug(title)}.svg`, svg)
      files.set(`charts/${slug(title)}.png`, png(svg))
    }
    await writeRunDirectory(to, manifest === null ? madeBy(sweep!) : manifest, files)
    return results.soFar
  } finally {
    results.close()
  }
}

/** What the report's own manifest says of a sweep. */
function madeBy({ plan }: BegunSweep): Omit<RunManifest, 'format' | 'files'> {
  return {
    scenario: plan.name,
    scenarioHash: plan.base.hash,
    seed: plan.seed,
    runtime: 'sim',
    engine: ENGINE_VERSION,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    traceDigest: null,
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
    hint: 'Name a directory that `solvent run` or `solvent sweep` has written, for example runs/quick-1.',
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
