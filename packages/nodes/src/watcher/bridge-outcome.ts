// Backing per bridge and asset, with both loss rules. Ratios are cut to 12 decimals from exact fractions.
import type { PoolBacking, RouteBacking } from '@solvent/audit'
import type { Address, ChainId } from '@solvent/primitives'
import type { NetworkSpec, ReceivableState } from '@solvent/protocol'
import type { LossRule } from './loss-rule.ts'
import { claimsOf, keepOf } from './marks.ts'
import type { ReceivableSum } from './solver-outcome.ts'
import type { Spread } from './spread.ts'

export interface BridgeOutcome {
  /** The bridge's name. */
  readonly id: string
  readonly address: Address
  /** Symbol of the asset. */
  readonly asset: string
  /** Base units of the home token, as are issued, minted, inTransit, deficit and circulatingHome. */
  readonly locked: bigint
  /** Burn-and-mint: issued less redeemed; 0 for other bridges. */
  readonly issued: bigint
  readonly minted: bigint
  readonly inTransit: bigint
  readonly deficit: bigint
  /** Transfers that have arrived. */
  readonly arrived: number
  /** Seconds from the block that sent a transfer to the one in which its message was delivered; null when none was. */
  readonly secondsToArrival: Spread | null
  /** Asked of the lock by transfers home, and paid to them, exploits aside. */
  readonly asked: bigint
  readonly paid: bigint
  /** Transfers that the limiter made wait, let go when their wait was over, and deleted. */
  readonly queued: number
  readonly releasedByTimeout: number
  readonly censored: number
  /** Transfers that the verifiers' accountant has refused, as far as the watcher hears its nodes (in the simulator; a live run counts them from the nodes' logs). */
  readonly refused: number
  /** Transfers that the verifiers' governor has made wait, heard likewise. */
  readonly held: number
  /** Given back to the lock, as far as it covered the deficit; borne by holders under a shared loss. */
  readonly recovered: bigint
  readonly borne: bigint
  /** One for each chain of a pool's route; empty for other custody. */
  readonly pools: readonly PoolOutcome[]
  /** Swaps under hash locks, by the asset that was locked first. */
  readonly swaps: {
    readonly completed: number
    readonly cancelled: number
    /** One leg was taken and the other given back. */
    readonly oneSided: number
    readonly open: number
  }
  /** Home tokens outside the bridge. */
  readonly circulatingHome: bigint
  /** (locked or issued) / (minted + inTransit), at most 1; 1 when nothing is claimed. */
  readonly backingRatio: number
  /** deficit / (circulatingHome + minted + inTransit). */
  readonly haircutAllHolders: number
  /** deficit / (minted + inTransit), at most 1. */
  readonly haircutFarHolders: number
  /** Paused on its home chain or any other at the end. */
  readonly paused: boolean
  /** Receivables that wait for this bridge's proofs. */
  readonly receivables: Readonly<Record<ReceivableState, ReceivableSum>>
}

/** A bridge's liquidity pool on one chain. Base units of its token. */
export interface PoolOutcome {
  readonly chainId: ChainId
  readonly cash: bigint
  /** Cash and claims: what the books say is the providers'. */
  readonly value: bigint
  /** The part of it that declared exploits made and nobody will pay. */
  readonly forged: bigint
  readonly shares: bigint
  /** What a thousand shares are worth: 1 at first. */
  readonly sharePrice: number
  /** Claims on other pools over cash and claims, 0 to 1. */
  readonly utilisation: number
  /** Payouts that wait, what their messages carry, and how long the first of them has waited. */
  readonly waiting: number
  readonly queued: bigint
  readonly oldestWaitSeconds: number
  /** The longest wait of a payout that was made. */
  readonly longestWaitSeconds: number
  readonly fees: bigint
  /** Paid beyond what was due at one for one. */
  readonly rateLoss: bigint
}

const RATIO_SCALE = 1_000_000_000_000n

/** What the caller knows beyond the backing. */
export interface BridgeFacts {
  readonly circulating: (chainId: ChainId, token: Address) => bigint
  /** Unix seconds. */
  readonly now: number
  readonly isPaused: (bridge: Address) => boolean
  /** Transfers to these tokens that the bridge's accountant has refused, and that its governor has made wait. */
  readonly keptBack: (
    bridge: Address,
    ends: readonly { readonly chainId: ChainId; readonly token: Address }[],
  ) => Pick<BridgeOutcome, 'refused' | 'held'>
  readonly secondsToArrival: (
    bridge: Address,
    home: { readonly chainId: ChainId; readonly token: Address },
  ) => Spread | null
  readonly receivables: (bridge: Address) => BridgeOutcome['receivables']
}

export function bridgeOutcomes(
  spec: NetworkSpec,
  backing: readonly RouteBacking[],
  facts: BridgeFacts,
): BridgeOutcome[] {
  return spec.bridges.flatMap((bridge) => {
    const paused = facts.isPaused(bridge.address)
    const receivables = facts.receivables(bridge.address)
    return bridge.routes.map(({ symbol, home, wrapped }): BridgeOutcome => {
      const route = backing.find((line) => line.bridge === bridge.address && line.symbol === symbol)
      const { locked, issued, minted, inTransit, deficit, pools, swaps, ...traffic } = route ?? {
        locked: 0n,
        issued: 0n,
        minted: 0n,
        inTransit: 0n,
        deficit: 0n,
        arrived: 0,
        asked: 0n,
        paid: 0n,
        queued: 0,
        releasedByTimeout: 0,
        censored: 0,
        recovered: 0n,
        borne: 0n,
        pools: [],
        swaps: { completed: 0, cancelled: 0, oneSided: 0, open: 0 },
      }
      const circulatingHome = facts.circulating(home.chainId, home.token)
      const claims = claimsOf(backing, bridge, symbol, circulatingHome)
      const far = minted + inTransit
      const haircut = (rule: LossRule): number => {
        const { numerator, denominator } = keepOf(claims, rule).far
        return ratio(denominator - numerator, denominator)
      }
      return {
        id: bridge.name,
        address: bridge.address,
        asset: symbol,
        locked,
        issued,
        minted,
        inTransit,
        deficit,
        arrived: traffic.arrived,
        secondsToArrival: facts.secondsToArrival(bridge.address, home),
        asked: traffic.asked,
        paid: traffic.paid,
        queued: traffic.queued,
        releasedByTimeout: traffic.releasedByTimeout,
        censored: traffic.censored,
        ...facts.keptBack(bridge.address, [home, ...wrapped]),
        recovered: traffic.recovered,
        borne: traffic.borne,
        swaps,
        pools: pools.map((pool) => poolOutcome(pool, facts.now)),
        circulatingHome,
        backingRatio:
          pools.length > 0 ? poolRatio(pools) : locked + issued >= far ? 1 : ratio(locked + issued, far),
        haircutAllHolders: haircut('all-holders'),
        haircutFarHolders: haircut('far-holders'),
        paused,
        receivables,
      }
    })
  })
}

/** A fraction between 0 and 1 as a number, cut to 12 decimals. */
function ratio(numerator: bigint, denominator: bigint): number {
  return Number((numerator * RATIO_SCALE) / denominator) / Number(RATIO_SCALE)
}

/** Of all pools of a route: what is not forged of what the books say is the providers'; in the same unit on every chain. */
function poolRatio(pools: readonly PoolBacking[]): number {
  let value = 0n
  let forged = 0n
  for (const pool of pools) {
    value += pool.value
    forged += pool.forged
  }
  if (forged <= 0n || value <= 0n) return value < 0n ? 0 : 1
  return forged >= value ? 0 : ratio(value - forged, value)
}

function poolOutcome(pool: PoolBacking, now: number): PoolOutcome {
  const { chainId, cash, claims, value, shares, forged, waiting, queued, fees, rateLoss } = pool
  const used = claims > 0n ? claims : 0n
  const all = cash + used
  return {
    chainId,
    cash,
    value,
    forged,
    shares,
    sharePrice: shares === 0n ? 1 : signedRatio((value - forged) * SHARES_PER_UNIT, shares),
    utilisation: all === 0n ? 1 : ratio(used, all),
    waiting,
    queued,
    oldestWaitSeconds: pool.oldestSince === null ? 0 : Math.max(0, now - pool.oldestSince),
    longestWaitSeconds: pool.longestWaitSeconds,
    fees,
    rateLoss,
  }
}

/** A first deposit gets a thousand shares for a unit. */
const SHARES_PER_UNIT = 1_000n

function signedRatio(numerator: bigint, denominator: bigint): number {
  return numerator < 0n ? -signedRatio(-numerator, denominator) : ratio(numerator, denominator)
}
