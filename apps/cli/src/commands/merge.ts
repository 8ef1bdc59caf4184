// `solvent merge DIR SHARD…`: the parts of a sweep, made one.
import { mergeShards } from '@solvent/experiments/sweep'
import { result, resultJson } from '../output/streams.ts'
import { sweepTables } from '../output/sweep-tables.ts'
import { resultsPath, userPath } from '../user-path.ts'
import { sweepOutcome } from './sweep-outcome.ts'

export async function merge(
  shards: readonly string[],
  options: { readonly out: string; readonly json?: boolean | undefined },
): Promise<number> {
  const directory = userPath(options.out)
  const summary = await mergeShards({ directory, shards: await Promise.all(shards.map(resultsPath)) })
  if (options.json === true) resultJson(summary)
  else result(`${sweepTables(summary)}\n\nResults: ${directory}`)
  return sweepOutcome(summary, directory)
}
