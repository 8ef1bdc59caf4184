// An algorithmic stablecoin: it is minted by burning its own token and burned for freshly minted token, at the oracle's rate less
// a spread that grows with what was exchanged lately. Source: Terra classic-core, x/market (keeper/swap.go ComputeSwap and
// ApplySwapToPool, abci ReplenishPools, types/params.go). Two virtual pools of equal value stand around the base pool; nothing lies
// in them. All pool amounts count in base units of the stablecoin at its peg; what leaves the exchange is rounded down.
//
// Two deviations: the source keeps decimals of 18 places and moves its pool block by block, here amounts are whole base units and
// all blocks since the last exchange are caught up at once, the power rounded half up in ray.
import { BPS, minBig, mulDivFloor, PRICE_ONE_E8, RAY } from '@solvent/primitives'
import { rayPowerHalfUp } from '../../lending/liquidation/price-decrease.ts'
import { type Outcome, refused } from '../../outcome.ts'
import { impossibleOf, type ParameterFault } from '../../parameter-fault.ts'

export interface MintAndBurnRules {
  /** Depth of each virtual pool at rest, base units of the stablecoin. */
  readonly basePool: bigint
  /** A block takes 1/n of the pool's distance from rest away; at least 1. */
  readonly recoveryBlocks: number
  /** Kept of every exchange even when the pools are at rest. */
  readonly minSpreadBps: bigint
  /** One whole stablecoin and one whole token, in base units. */
  readonly stableUnit: bigint
  readonly tokenUnit: bigint
}

export interface VirtualPool {
  /** How far the stablecoin's pool is above (or below) rest. */
  readonly delta: bigint
  /** Block of the last exchange. */
  readonly block: number
}

export interface Exchange {
  /** What is burned: the stablecoin for token (`redeem`), or token for the stablecoin (`issue`). */
  readonly direction: 'redeem' | 'issue'
  readonly amount: bigint
}

export type ExchangeRefusal = 'zero-amount' | 'no-price' | 'zero-output'

/** The pools at rest. */
export const POOL_AT_REST: VirtualPool = { delta: 0n, block: 0 }

/** The pool at a later block: delta · (1 − 1/n)^blocks, toward rest. */
export function recovered(
  pool: VirtualPool,
  { recoveryBlocks }: MintAndBurnRules,
  block: number,
): VirtualPool {
  const blocks = block - pool.block
  if (blocks <= 0) return pool
  const kept = rayPowerHalfUp(RAY - RAY / BigInt(recoveryBlocks), blocks)
  return { delta: (pool.delta * kept) / RAY, block }
}

/**
 * What an exchange gives.
 *
 * @param priceE8 of a whole token in pegs of the stablecoin, 8 decimals; null when the oracle's rule refuses it
 * @returns `amountOut`, rounded down; `fee` is the rest of what the oracle's rate alone would have given, in the same coin
 * @example exchange(POOL_AT_REST, rules, { direction: 'redeem', amount: 1_000n }, 1, 10n ** 8n) // 980n at a spread of 2 %
 */
export function exchange(
  pool: VirtualPool,
  rules: MintAndBurnRules,
  { direction, amount }: Exchange,
  block: number,
  priceE8: bigint | null,
): Outcome<
  { readonly pool: VirtualPool; readonly amountOut: bigint; readonly fee: bigint },
  ExchangeRefusal
> {
  if (amount <= 0n) return refused('zero-amount')
  if (priceE8 === null || priceE8 <= 0n) return refused('no-price')
  const now = recovered(pool, rules, block)
  const stablePool = rules.basePool + now.delta
  const tokenPool = (rules.basePool * rules.basePool) / stablePool
  const worth = direction === 'redeem' ? amount : worthOf(amount, priceE8, rules)
  const [offerPool, askPool] = direction === 'redeem' ? [stablePool, tokenPool] : [tokenPool, stablePool]
  const least = mulDivFloor(worth, BPS - rules.minSpreadBps, BPS)
  const paid = minBig(least, askFloor(rules.basePool, offerPool, askPool, worth))
  const inCoin = (value: bigint) => (direction === 'redeem' ? tokensOf(value, priceE8, rules) : value)
  const amountOut = paid <= 0n ? 0n : inCoin(paid)
  if (amountOut === 0n) return refused('zero-output')
  const delta = direction === 'redeem' ? now.delta + worth : now.delta - paid
  return { status: 'ok', pool: { delta, block }, amountOut, fee: inCoin(worth) - amountOut }
}

/** askPool − base² / (offerPool + offer), rounded down. */
function askFloor(base: bigint, offerPool: bigint, askPool: bigint, offer: bigint): bigint {
  const after = offerPool + offer
  return askPool - (base * base + after - 1n) / after
}

function worthOf(tokens: bigint, priceE8: bigint, { stableUnit, tokenUnit }: MintAndBurnRules): bigint {
  return (tokens * priceE8 * stableUnit) / (PRICE_ONE_E8 * tokenUnit)
}

function tokensOf(value: bigint, priceE8: bigint, { stableUnit, tokenUnit }: MintAndBurnRules): bigint {
  return (value * PRICE_ONE_E8 * tokenUnit) / (priceE8 * stableUnit)
}

/** What is wrong with the rules. */
export function mintAndBurnFaults(rules: MintAndBurnRules): ParameterFault[] {
  const { basePool, recoveryBlocks, minSpreadBps, stableUnit, tokenUnit } = rules
  const faults = impossibleOf([
    [basePool <= 0n, 'the base pool is above 0'],
    [!Number.isInteger(recoveryBlocks) || recoveryBlocks < 1, 'the pools recover over a block or more'],
    [minSpreadBps < 0n || minSpreadBps >= BPS, 'the least spread is from 0 to below 1'],
    [stableUnit <= 0n || tokenUnit <= 0n, 'both coins have a whole unit'],
  ])
  if (minSpreadBps === 0n)
    faults.push({
      severity: 'dubious',
      reason: 'without a spread an oracle that is late can be traded against for nothing',
    })
  return faults
}
