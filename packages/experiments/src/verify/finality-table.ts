// Published finality times beside simulated ones: every preset with a published time runs on one Ethereum, a transfer now
// and then makes blocks, and the watcher measures when each block became safe, finalised and exitable. Deterministic.
import type { RunReport } from '@solvent/nodes'
import { chainPresets } from '../scenario/presets/chain-presets.ts'
import { type FinalityRow, finalityRow } from './finality-row.ts'
import { railRows } from './rail-rows.ts'
import { deedTimes, type NamedPreset, timedRun } from './timed-run.ts'

/** Seven days of withdrawal after the last transfer, and a root and a batch before it. */
const ROLLUP_SECONDS = 8 * 86_400
/** An L1 with short epochs has blocks all the time; its times are minutes at most. */
const L1_SECONDS = 54_000

/** Runs the presets (some seconds of computing) and judges every published time. */
export function finalityTable(): FinalityRow[] {
  const presets = [...chainPresets].filter(([, { published }]) => published.length > 0)
  const alone = presets.filter(([name, { keys }]) => keys.kind === 'l1' && name !== 'ethereum')
  const onEthereum = presets.filter((each) => !alone.includes(each))
  const reports = [reportOf(onEthereum, ROLLUP_SECONDS), ...alone.map((each) => reportOf([each], L1_SECONDS))]
  const chains = reports.flatMap((report) => report.chains)
  return [...presets.flatMap((named) => rowsOf(named, chains)), ...railRows()]
}

function rowsOf([preset, { published }]: NamedPreset, chains: RunReport['chains']): FinalityRow[] {
  const chain = chains.find(({ name }) => name === preset)
  const times = {
    safe: chain?.secondsToSafe,
    finalized: chain?.secondsToFinalized,
    exitable: chain?.secondsToExitable,
  }
  return published.map(({ measure, ...time }) => finalityRow(preset, measure, time, times[measure] ?? null))
}

function reportOf(presets: readonly NamedPreset[], durationSeconds: number): RunReport {
  const actors = presets.map(([chain]) => [
    `on-${chain}`,
    { steps: deedTimes.map((atSeconds) => transfer(chain, atSeconds)) },
  ])
  return timedRun(presets, durationSeconds, { actors: Object.fromEntries(actors) })
}

function transfer(chain: string, atSeconds: number): object {
  return { do: 'transfer', atSeconds, chain, asset: 'ETH', amount: '0.001', to: `on-${chain}` }
}
