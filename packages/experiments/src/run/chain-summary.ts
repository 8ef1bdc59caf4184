// The chains' part of a run's summary; expectations reach it as `chains[ethereum].finalized`.
import type { RunReport } from '@solvent/nodes'
import { formatUnits } from '@solvent/primitives'

const GWEI_DECIMALS = 9
const WEI_DECIMALS = 18

export interface ChainSummary {
  /** The chain's name in the scenario. */
  readonly id: string
  /** Blocks of the followed branch; virtual empty ones are not counted. */
  readonly blocks: number
  /** Block numbers, which count slots. */
  readonly head: number
  readonly safe: number
  readonly finalized: number
  /** Blocks that were followed and are no longer, and how many of them the deepest re-org took. */
  readonly orphaned: number
  readonly deepestReorg: number
  /** Blocks that were final and are no longer followed: people overruled finality. */
  readonly finalTakenBack: number
  /** Seconds of chain time from a block to the level; null when no block got there. */
  readonly toSafe: SecondsSpread | null
  readonly toFinalized: SecondsSpread | null
  readonly toExitable: SecondsSpread | null
  /** Slots whose proposer was absent. */
  readonly slotsMissed: number
  /** L1 only: the most epochs by which finality was late; ETH that absent validators paid, and how much of it by the leak. */
  readonly longestStallEpochs: number
  /** `id`: 1, 2, … in the order of time. */
  readonly stalls: readonly {
    readonly id: string
    readonly epochs: number
    readonly penalties: string
    readonly leaked: string
  }[]
  readonly penalties: string
  readonly leaked: string
  /** ETH of slashed validator groups. */
  readonly slashed: string
  /** What a rollup did on its L1; null for an L1. */
  readonly rollup: RollupSummary | null
  /** Wei per gas over the followed blocks; null before the first. */
  readonly baseFee: { readonly min: string; readonly median: string; readonly max: string } | null
  /** Wei per blob gas; null on a chain without blobs. */
  readonly blobBaseFeeMax: string | null
  /** Gas of this network's transactions, and of other people's in the same blocks. */
  readonly gasUsed: number
  readonly backgroundGas: number
  /** Blocks without room for one more transfer. */
  readonly fullBlocks: number
  /** Transactions that reverted; `id`: call and reason, e.g. `deliver/lock-exhausted`. */
  readonly reverts: readonly { readonly id: string; readonly count: number }[]
  /** Transactions that came late or were given up, how often offers were raised, the longest wait in seconds; and by sender. */
  readonly late: readonly (LateSummary & { readonly senders: readonly LateSummary[] })[]
}

/** `id`: a kind of call, or the node whose calls they were. */
interface LateSummary {
  readonly id: string
  readonly included: number
  readonly givenUp: number
  readonly raised: number
  readonly longestSeconds: number
}

type Measured = NonNullable<RunReport['chains'][number]['rollup']>

/** What its proofs cost beyond gas is a decimal string, in the L1's gas token. */
export interface RollupSummary extends Omit<Measured, 'proverFees'> {
  readonly proverFees: string
}

export interface SecondsSpread {
  readonly min: number
  readonly median: number
  readonly max: number
}

export function chainSummaries(chains: RunReport['chains']): readonly ChainSummary[] {
  return chains.map((chain) => ({
    id: chain.name,
    blocks: chain.blocks,
    head: chain.head,
    safe: chain.safe,
    finalized: chain.finalized,
    orphaned: chain.orphaned,
    deepestReorg: chain.deepestReorg,
    finalTakenBack: chain.finalTakenBack,
    toSafe: chain.secondsToSafe,
    toFinalized: chain.secondsToFinalized,
    toExitable: chain.secondsToExitable,
    slotsMissed: chain.slotsMissed,
    longestStallEpochs: chain.longestStallEpochs,
    stalls: chain.stalls.map(({ epochs, missedVotesGwei, leakedGwei }, i) => ({
      id: String(i + 1),
      epochs,
      penalties: formatUnits(missedVotesGwei + leakedGwei, GWEI_DECIMALS),
      leaked: formatUnits(leakedGwei, GWEI_DECIMALS),
    })),
    penalties: formatUnits(chain.missedVotesGwei + chain.leakedGwei, GWEI_DECIMALS),
    leaked: formatUnits(chain.leakedGwei, GWEI_DECIMALS),
    slashed: formatUnits(chain.slashed, WEI_DECIMALS),
    rollup:
      chain.rollup === null
        ? null
        : { ...chain.rollup, proverFees: formatUnits(chain.rollup.proverFees, WEI_DECIMALS) },
    baseFee:
      chain.baseFee === null
        ? null
        : {
            min: String(chain.baseFee.min),
            median: String(chain.baseFee.median),
            max: String(chain.baseFee.max),
          },
    blobBaseFeeMax: chain.blobBaseFeeMax === null ? null : String(chain.blobBaseFeeMax),
    gasUsed: chain.gasUsed,
    backgroundGas: chain.backgroundGas,
    fullBlocks: chain.fullBlocks,
    reverts: chain.reverts.map(({ call, reason, count }) => ({ id: `${call}/${reason}`, count })),
    late: chain.late.map(({ call, senders, ...counts }) => ({
      id: call,
      ...counts,
      senders: senders.map(({ node, ...own }) => ({ id: node, ...own })),
    })),
  }))
}
