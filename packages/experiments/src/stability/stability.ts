// How stable the execution environment of each chain was in a run, layer by layer: consensus, oracle, liquidation, market
// microstructure. Each score is a product of shares from 0 to 1, null where the run has no such layer; a chain is as stable as its
// weakest layer. Definitions and their sources: docs/models/stability.md. Expectations reach it as `stability[ethereum].consensus`.
import type { RunReport } from '@solvent/nodes'
import { MS_PER_SECOND } from '@solvent/primitives'

export const layers = ['consensus', 'oracle', 'liquidation', 'microstructure'] as const
export type Layer = (typeof layers)[number]

export interface StabilitySummary extends Readonly<Record<Layer, number | null>> {
  /** The chain's name. */
  readonly id: string
  /** Of the weakest layer, and which one that is. */
  readonly score: number | null
  readonly weakest: Layer | null
  /** Median seconds from a block to its finality on the L1; null when none got there. */
  readonly finalitySeconds: number | null
  /** Transactions of this network in blocks, and gas that blocks could hold. */
  readonly transactionsPerSecond: number
  readonly gasPerSecond: number
  /** The highest base fee over the lowest; 1: as predictable as can be; null before the first block. */
  readonly feeSpread: number | null
  /** Liquidations that failed or were due and never happened, of all; null when none was due. */
  readonly liquidationFailure: number | null
}

type Chain = RunReport['chains'][number]
type Facts = RunReport['layers'][number]

/** A feed that is off by as much as a usual liquidation bonus makes liquidations lose or rob: nothing is left of its score. */
const WORTHLESS_DEVIATION = 0.1
const DIGITS = 6
const SPREAD_SCALE = 1_000_000n

export function stabilitySummaries(report: RunReport): readonly StabilitySummary[] {
  return report.layers.map((facts, index) => {
    const chain = report.chains[index]!
    const scores: Record<Layer, number | null> = {
      consensus: consensusScore(chain, facts, outageShare(report, facts)),
      oracle:
        facts.feedDeviation === null ? null : 1 - Math.min(1, facts.feedDeviation / WORTHLESS_DEVIATION),
      liquidation: liquidationScore(facts),
      microstructure: microstructureScore(chain),
    }
    const present = layers.filter((layer) => scores[layer] !== null)
    const weakest = present.reduce<Layer | null>(
      (least, layer) => (least === null || scores[layer]! < scores[least]! ? layer : least),
      null,
    )
    return {
      id: chain.name,
      consensus: cut(scores.consensus),
      oracle: cut(scores.oracle),
      liquidation: cut(scores.liquidation),
      microstructure: cut(scores.microstructure),
      score: cut(weakest === null ? null : scores[weakest]),
      weakest,
      finalitySeconds: chain.secondsToFinalized?.median ?? null,
      transactionsPerSecond: cut(share(chain.transactions, facts.seconds)) ?? 0,
      gasPerSecond: facts.gasPerSecond,
      feeSpread: cut(feeSpread(chain)),
      liquidationFailure: cut(liquidationFailure(facts)),
    }
  })
}

/** Blocks that stayed × slots that had one × finality in time × time without an outage; 0 when what was final was taken back. */
function consensusScore(chain: Chain, facts: Facts, outage: number): number | null {
  if (facts.seconds <= 0) return null
  if (chain.finalTakenBack > 0) return 0
  const stayed = 1 - share(chain.orphaned, chain.blocks + chain.orphaned)
  const kept = 1 - Math.min(1, share(chain.slotsMissed, chain.head))
  return (stayed * kept * (1 - outage)) / (1 + chain.longestStallEpochs)
}

/** Of the run's time, in which producers of the chain were declared down, by how many of them. */
function outageShare({ outages }: RunReport, { chainId, seconds }: Facts): number {
  const down = outages
    .filter((outage) => outage.chainId === chainId)
    .reduce((sum, { fromMs, untilMs, producers, ofProducers }) => {
      const part = share(producers.length, ofProducers)
      return sum + (part * (untilMs - fromMs)) / MS_PER_SECOND
    }, 0)
  return Math.min(1, share(down, seconds))
}

/** Liquidations that happened of those that were due × what was not written off. */
function liquidationScore(facts: Facts): number | null {
  const failure = liquidationFailure(facts)
  return failure === null ? null : (1 - failure) * (1 - facts.liquidations!.writtenOff)
}

function liquidationFailure({ liquidations }: Facts): number | null {
  if (liquidations === null) return null
  const { done, failed, left } = liquidations
  return done + failed + left === 0 ? null : share(failed + left, done + failed + left)
}

/** A fee that can be foreseen × blocks with room × transactions that did not have to wait. */
function microstructureScore(chain: Chain): number | null {
  const spread = feeSpread(chain)
  if (spread === null) return null
  const room = 1 - share(chain.fullBlocks, chain.blocks)
  const givenUp = chain.late.reduce((sum, each) => sum + each.givenUp, 0)
  const waited = chain.late.reduce((sum, each) => sum + each.included, 0) + givenUp
  return (room / spread) * (1 - Math.min(1, share(waited, chain.transactions + givenUp)))
}

function feeSpread({ baseFee }: Chain): number | null {
  if (baseFee === null) return null
  const lowest = baseFee.min > 0n ? baseFee.min : 1n
  const highest = baseFee.max > 0n ? baseFee.max : 1n
  return Number((highest * SPREAD_SCALE) / lowest) / Number(SPREAD_SCALE)
}

function share(part: number, whole: number): number {
  return whole <= 0 ? 0 : part / whole
}

function cut(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(DIGITS))
}
