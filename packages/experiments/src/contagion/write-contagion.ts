// Keeps a study in a results directory: as JSON, and as a page.
import { writeRunDirectory } from '../results/run-directory.ts'
import { ENGINE_VERSION } from '../run/engine-version.ts'
import type { LoadedScenario } from '../scenario/load-scenario.ts'
import type { ContagionReport } from './contagion-report.ts'

export async function writeContagion(
  directory: string,
  { scenario, hash }: LoadedScenario,
  report: ContagionReport,
): Promise<void> {
  // The charts are loaded only now: other commands start sooner without them.
  const { contagionPage } = await import('./page/contagion-page.ts')
  await writeRunDirectory(
    directory,
    {
      scenario: scenario.name,
      scenarioHash: hash,
      seed: report.seeds[0]!,
      runtime: 'sim',
      engine: ENGINE_VERSION,
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      traceDigest: null,
    },
    new Map([
      ['contagion.json', `${JSON.stringify(report, null, 2)}\n`],
      ['report.html', contagionPage(report)],
    ]),
  )
}
