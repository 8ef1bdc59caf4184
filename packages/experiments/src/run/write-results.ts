// A run's results on disk: its files, its tables, and the manifest of what made them.
import { type RunManifest, writeRunDirectory } from '../results/run-directory.ts'
import type { LoadedScenario } from '../scenario/load-scenario.ts'
import { parquetFiles } from '../store/parquet-files.ts'
import { runTables } from '../store/run-tables.ts'
import { ENGINE_VERSION } from './engine-version.ts'
import { resultFiles } from './result-files.ts'
import type { ScenarioRun } from './run-scenario.ts'

/** Keeps one run, or the two of an equivalence, in a results directory. */
export async function writeResults(
  directory: string,
  loaded: LoadedScenario,
  runs: readonly ScenarioRun[],
): Promise<void> {
  const single = runs.length === 1
  const files = new Map<string, string | Uint8Array>(
    runs.flatMap((run) => [
      ...resultFiles({ ...run, ...(single ? {} : { prefix: `${run.summary.runtime}-` }) }),
    ]),
  )
  const tabled = runs.find(({ summary }) => summary.runtime === 'sim') ?? runs[0]!
  for (const [name, bytes] of await tableFiles(tabled, loaded)) files.set(name, bytes)
  const manifest: Omit<RunManifest, 'format' | 'files'> = {
    scenario: loaded.scenario.name,
    scenarioHash: loaded.hash,
    seed: runs[0]!.summary.seed,
    runtime: single ? runs[0]!.summary.runtime : 'sim+libp2p',
    engine: ENGINE_VERSION,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    traceDigest: runs.map(({ summary }) => summary.traceDigest).find((digest) => digest !== null) ?? null,
  }
  await writeRunDirectory(directory, manifest, files)
}

/** A run's tables as Parquet, with what made them in the files' metadata. */
async function tableFiles(
  run: ScenarioRun,
  { scenario, hash }: LoadedScenario,
): Promise<Map<string, Uint8Array>> {
  return await parquetFiles(runTables(run), {
    engine: ENGINE_VERSION,
    scenario: scenario.name,
    scenarioHash: hash,
    seed: String(run.summary.seed),
  })
}
