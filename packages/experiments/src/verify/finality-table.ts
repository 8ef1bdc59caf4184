// Published finality times beside simulated ones: every preset with a published time runs on one Ethereum, a transfer now
// and then makes blocks, and the watcher measures when each block became safe, finalised and exitable. Deterministic.
import type { RunReport } from '@solvent/nodes'
import { assemble } from '../assembly/assemble.ts'
import { simulate } from '../run/simulate.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import type { ChainPreset, FinalityMeasure } from '../scenario/presets/chain-preset.ts'
import { chainPresets } from '../scenario/presets/chain-presets.ts'

/** One published time of one named chain. Times in seconds. */
export interface FinalityRow {
  readonly preset: string
  readonly measure: FinalityMeasure
  readonly published: { readonly says: string; readonly from: number; readonly to: number }
  /** Over the blocks of the run; null when none got there. */
  readonly simulated: { readonly min: number; readonly median: number; readonly max: number } | null
  /** The median lies between the published times. */
  readonly ok: boolean
}

/** Seven days of withdrawal after the last transfer, and a root and a batch before it. */
const ROLLUP_SECONDS = 8 * 86_400
/** An L1 with short epochs has blocks all the time; its times are minutes at most. */
const L1_SECONDS = 54_000
const TRANSFERS = 60
const TRANSFER_EVERY_SECONDS = 720
/** Multiples of the golden ratio, less whole numbers, lie evenly: transfers come at every phase of every interval. */
const GOLDEN_RATIO = 0.618_033_988_749_894_9

type Named = readonly [string, ChainPreset]

/** Runs the presets (some seconds of computing) and judges every published time. */
export function finalityTable(): FinalityRow[] {
  const presets = [...chainPresets].filter(([, { published }]) => published.length > 0)
  const alone = presets.filter(([name, { keys }]) => keys.kind === 'l1' && name !== 'ethereum')
  const onEthereum = presets.filter((each) => !alone.includes(each))
  const reports = [reportOf(onEthereum, ROLLUP_SECONDS), ...alone.map((each) => reportOf([each], L1_SECONDS))]
  const chains = reports.flatMap((report) => report.chains)
  return presets.flatMap((named) => rowsOf(named, chains))
}

function rowsOf([preset, { published }]: Named, chains: RunReport['chains']): FinalityRow[] {
  const chain = chains.find(({ name }) => name === preset)
  const times = {
    safe: chain?.secondsToSafe,
    finalized: chain?.secondsToFinalized,
    exitable: chain?.secondsToExitable,
  }
  return published.map(({ measure, says, fromSeconds, toSeconds }) => {
    const simulated = times[measure] ?? null
    const ok = simulated !== null && simulated.median >= fromSeconds && simulated.median <= toSeconds
    return { preset, measure, published: { says, from: fromSeconds, to: toSeconds }, simulated, ok }
  })
}

function reportOf(presets: readonly Named[], durationSeconds: number): RunReport {
  const { scenario, hash } = loadScenario('finality table', scenarioBytes(presets, durationSeconds))
  const plan = assemble({ scenario, hash, seed: 1, signatures: 'stand-in' })
  return simulate({ plan, codec: 'objects', links: {} }).report
}

/** JSON is YAML. */
function scenarioBytes(presets: readonly Named[], durationSeconds: number): Uint8Array {
  const actors = presets.map(([chain]) => [
    `on-${chain}`,
    { steps: Array.from({ length: TRANSFERS }, (_, i) => transfer(chain, transferTime(i + 1))) },
  ])
  const scenario = {
    name: 'finality',
    title: 'Named chains, with a transfer now and then',
    start: '2026-01-01T00:00:00Z',
    durationSeconds,
    assets: { ETH: { decimals: 18, price: '2000' } },
    chains: Object.fromEntries(
      presets.map(([preset, { keys }]) => [
        preset,
        keys.kind === 'l1' ? { preset } : { preset, l1: 'ethereum' },
      ]),
    ),
    auctioneers: 0,
    solvers: {},
    actors: Object.fromEntries(actors),
  }
  return new TextEncoder().encode(JSON.stringify(scenario))
}

function transferTime(i: number): number {
  return Math.floor((i + ((i * GOLDEN_RATIO) % 1)) * TRANSFER_EVERY_SECONDS)
}

function transfer(chain: string, atSeconds: number): object {
  return { do: 'transfer', atSeconds, chain, asset: 'ETH', amount: '0.001', to: `on-${chain}` }
}
