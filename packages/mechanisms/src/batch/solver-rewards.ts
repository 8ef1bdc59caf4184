// What solvers of a fair combinatorial auction are paid (CoW Protocol: docs …/auctions/rewards.md, CIP-20, CIP-74, CIP-85). Amounts in
// units of one numeraire, exact; a reward below zero is a penalty.
import { BPS, maxBig, minBig, mulDivFloor, WAD } from '@solvent/primitives'

export interface PerformanceTerms {
  /** Score of all winners. */
  readonly total: bigint
  /** Score of the auction without the solver. */
  readonly reference: bigint
  /** Scores of its winning solutions that were not settled. */
  readonly missing: bigint
  /** Protocol fee of its executed trades. */
  readonly protocolFee: bigint
  /** Share of the fee that caps the reward: 5000 on mainnet, Arbitrum and Base, 10000 elsewhere. */
  readonly capBps: number
  /** The most it can lose: 0.010 ETH on mainnet, Arbitrum and Base. */
  readonly mostPenalty: bigint
}

/**
 * max(−c_l, min(β · fee, total − reference − missing)): a second-price reward between two caps.
 *
 * @example performanceReward({ total: 300n, reference: 280n, missing: 0n, protocolFee: 100n, capBps: 5000, mostPenalty: 10n }) // 20n
 */
export function performanceReward(terms: PerformanceTerms): bigint {
  const { total, reference, missing, protocolFee, capBps, mostPenalty } = terms
  const cap = mulDivFloor(protocolFee, BigInt(capBps), BPS)
  return maxBig(-mostPenalty, minBig(cap, total - reference - missing))
}

/** One solver over an accounting period. */
export interface ConsistencyRecord {
  readonly solver: string
  readonly won: number
  readonly settled: number
  /** By order: its best proposed surplus, in unfiltered bids only. */
  readonly proposed: ReadonlyMap<string, bigint>
}

/** Σ (β · fee − performance reward) over solvers: what their caps left, with penalties. */
export function consistencyBudget(
  solvers: readonly { readonly protocolFee: bigint; readonly capBps: number; readonly reward: bigint }[],
): bigint {
  return solvers.reduce(
    (sum, { protocolFee, capBps, reward }) => sum + mulDivFloor(protocolFee, BigInt(capBps), BPS) - reward,
    0n,
  )
}

/**
 * Shares of the budget in proportion to success rate × Σ order shares, rounded down; what rounding leaves is nobody's.
 *
 * A solver that wins nothing has a success rate of 0. An order share is its best proposed surplus over that of all solvers.
 */
export function consistencyRewards(
  budget: bigint,
  records: readonly ConsistencyRecord[],
): ReadonlyMap<string, bigint> {
  const perOrder = new Map<string, bigint>()
  for (const { proposed } of records)
    for (const [order, surplus] of proposed) perOrder.set(order, (perOrder.get(order) ?? 0n) + surplus)
  const weights = records.map(({ won, settled, proposed }) => {
    if (won === 0) return 0n
    let shares = 0n
    for (const [order, surplus] of proposed) {
      const all = perOrder.get(order) ?? 0n
      if (all > 0n) shares += mulDivFloor(surplus, WAD, all)
    }
    return mulDivFloor(shares, BigInt(settled), BigInt(won))
  })
  const sum = weights.reduce((total, weight) => total + weight, 0n)
  return new Map(
    records.map(({ solver }, index) => {
      const weight = weights[index] ?? 0n
      return [solver, sum === 0n || budget <= 0n ? 0n : mulDivFloor(budget, weight, sum)]
    }),
  )
}
