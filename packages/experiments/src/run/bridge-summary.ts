// What a summary says of a bridge. Amounts are decimal strings of base units.
import type { RunReport } from '@solvent/nodes'
import type { SecondsSpread } from './chain-summary.ts'

export interface BridgeSummary {
  readonly id: string
  readonly asset: string
  readonly locked: string
  /** Burn-and-mint: issued less redeemed; "0" for other bridges. */
  readonly issued: string
  readonly minted: string
  readonly deficit: string
  /** Transfers that have arrived. */
  readonly arrived: number
  /** Seconds from the block that sent a transfer to the one that delivered its message; null when none was. */
  readonly toArrival: SecondsSpread | null
  /** Of the lock by transfers home, and paid to them, exploits aside. */
  readonly asked: string
  readonly paid: string
  /** Transfers that the limiter made wait, let go by timeout, deleted. */
  readonly queued: number
  readonly releasedByTimeout: number
  readonly censored: number
  /** By the accountant. */
  readonly refused: number
  /** Made to wait by the verifiers' governor. */
  readonly held: number
  /** Given back, and borne by holders under a shared loss. */
  readonly recovered: string
  readonly borne: string
  /** Swaps under hash locks, by the asset that was locked first. */
  readonly swaps: {
    readonly completed: number
    readonly cancelled: number
    readonly oneSided: number
    readonly open: number
  }
  /** One for each chain of a pool's route, by the chain's name. */
  readonly pools: readonly {
    readonly id: string
    readonly cash: string
    readonly value: string
    readonly sharePrice: number
    readonly utilisation: number
    readonly waiting: number
    readonly queued: string
    readonly oldestWaitSeconds: number
    readonly longestWaitSeconds: number
    readonly fees: string
    readonly rateLoss: string
    readonly forged: string
  }[]
  readonly backingRatio: number
  /** Of holders, under either loss rule: 0 to 1. */
  readonly haircutAllHolders: number
  readonly haircutFarHolders: number
}

export function bridgeSummary(bridge: RunReport['bridges'][number], report: RunReport): BridgeSummary {
  return {
    id: bridge.id,
    asset: bridge.asset,
    locked: String(bridge.locked),
    issued: String(bridge.issued),
    minted: String(bridge.minted),
    deficit: String(bridge.deficit),
    arrived: bridge.arrived,
    toArrival: bridge.secondsToArrival,
    asked: String(bridge.asked),
    paid: String(bridge.paid),
    queued: bridge.queued,
    releasedByTimeout: bridge.releasedByTimeout,
    censored: bridge.censored,
    refused: bridge.refused,
    held: bridge.held,
    recovered: String(bridge.recovered),
    borne: String(bridge.borne),
    swaps: bridge.swaps,
    pools: bridge.pools.map((pool) => ({
      id: report.chains.find(({ chainId }) => chainId === pool.chainId)?.name ?? String(pool.chainId),
      cash: String(pool.cash),
      value: String(pool.value),
      sharePrice: pool.sharePrice,
      utilisation: pool.utilisation,
      waiting: pool.waiting,
      queued: String(pool.queued),
      oldestWaitSeconds: pool.oldestWaitSeconds,
      longestWaitSeconds: pool.longestWaitSeconds,
      fees: String(pool.fees),
      rateLoss: String(pool.rateLoss),
      forged: String(pool.forged),
    })),
    backingRatio: bridge.backingRatio,
    haircutAllHolders: bridge.haircutAllHolders,
    haircutFarHolders: bridge.haircutFarHolders,
  }
}
