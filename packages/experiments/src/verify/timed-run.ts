// A run of named chains with something happening now and then, for the watcher to measure. Deterministic.
import type { RunReport } from '@solvent/nodes'
import { assemble } from '../assembly/assemble.ts'
import { simulate } from '../run/simulate.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import type { ChainPreset } from '../scenario/presets/chain-preset.ts'

export type NamedPreset = readonly [string, ChainPreset]

const DEEDS = 60
const DEED_EVERY_SECONDS = 720
/** Multiples of the golden ratio, less whole numbers, lie evenly: deeds come at every phase of every interval. */
const GOLDEN_RATIO = 0.618_033_988_749_894_9

/** Seconds after the start: once in each twelve minutes, for twelve hours. */
export const deedTimes: readonly number[] = Array.from({ length: DEEDS }, (_, i) => deedTime(i + 1))

function deedTime(i: number): number {
  return Math.floor((i + ((i * GOLDEN_RATIO) % 1)) * DEED_EVERY_SECONDS)
}

/** Sections of a scenario file: what the chains have beside their names. */
export interface TimedSections {
  readonly assets?: object
  readonly bridges?: object
  readonly actors: object
}

export function timedRun(
  presets: readonly NamedPreset[],
  durationSeconds: number,
  { assets = {}, ...sections }: TimedSections,
): RunReport {
  const chains = presets.map(([preset, { keys }]) => [
    preset,
    keys.kind === 'l1' ? { preset } : { preset, l1: 'ethereum' },
  ])
  const file = {
    name: 'finality',
    title: 'Named chains, with something now and then',
    start: '2026-01-01T00:00:00Z',
    durationSeconds,
    assets: { ETH: { decimals: 18, price: '2000' }, ...assets },
    chains: Object.fromEntries(chains),
    auctioneers: 0,
    solvers: {},
    ...sections,
  }
  // JSON is YAML.
  const { scenario, hash } = loadScenario('finality table', new TextEncoder().encode(JSON.stringify(file)))
  const plan = assemble({ scenario, hash, seed: 1, signatures: 'stand-in' })
  return simulate({ plan, codec: 'objects', links: {} }).report
}
