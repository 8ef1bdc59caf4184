// What stands behind a wrapped asset, and who bears a hole in it. claims = wrapped supply on all chains + unbacked
// mint; backing = locked − drained; pro-rata recovery = min(1, backing / claims); first come first served pays that
// share of the claims in full and the rest nothing. Releasing U of a supply S without a burn and sharing the loss
// among all holders costs everyone U/(S+U). Exact integers in base units; ratios also as float64.

export interface BackingInput {
  /** Outstanding wrapped supply by far chain, base units of the home token. */
  readonly claimsByChain: readonly bigint[]
  /** In the bridge's lock before the loss. */
  readonly lockedBefore: bigint
  /** Left the lock without a burn on a far chain. */
  readonly drained: bigint
  /** Minted on a far chain without a lock at home. */
  readonly unbackedMinted: bigint
  /** In circulation on the home chain before the loss, outside the lock. */
  readonly homeCirculating: bigint
}

/** An exact ratio between 0 and 1 and its nearest float64. */
export interface Ratio {
  readonly numerator: bigint
  /** Never 0. */
  readonly denominator: bigint
  readonly value: number
}

/** How a loss is shared: by everyone who holds the asset, or by the holders of its wrapped form only. */
export const lossRules = ['all-holders', 'far-chain-holders'] as const
export type LossRule = (typeof lossRules)[number]

export interface Backing {
  readonly claims: bigint
  readonly backing: bigint
  /** max(0, claims − backing): what the bridge's declared deficit must equal. */
  readonly shortfall: bigint
  readonly proRataRecovery: Ratio
  readonly proRataHaircut: Ratio
  /** The share of claims that is paid in full when holders run. */
  readonly firstComeShareFullyPaid: Ratio
  readonly haircutUnder: Readonly<Record<LossRule, Ratio>>
}

/**
 * Backing, recovery and haircuts of one wrapped asset. An asset without claims is fully backed.
 *
 * @param input base units, none negative; drained <= lockedBefore
 * @example backing({ claimsByChain: [150n], lockedBefore: 150n, drained: 50n, unbackedMinted: 0n, homeCirculating: 850n })
 *   .haircutUnder['all-holders'] // { numerator: 50n, denominator: 1050n, value: 0.047619… }
 */
export function backing(input: BackingInput): Backing {
  const claims = input.claimsByChain.reduce((sum, supply) => sum + supply, 0n) + input.unbackedMinted
  const held = input.lockedBefore - input.drained
  const shortfall = claims > held ? claims - held : 0n
  const paid = claims - shortfall
  const recovery = claims === 0n ? ratio(1n, 1n) : ratio(paid, claims)
  const haircut = claims === 0n ? ratio(0n, 1n) : ratio(shortfall, claims)
  const allClaims = claims + input.homeCirculating + input.drained
  return {
    claims,
    backing: held,
    shortfall,
    proRataRecovery: recovery,
    proRataHaircut: haircut,
    firstComeShareFullyPaid: recovery,
    haircutUnder: {
      'all-holders': allClaims === 0n ? ratio(0n, 1n) : ratio(shortfall, allClaims),
      'far-chain-holders': haircut,
    },
  }
}

const SHIFT = 128n
const SCALE = Number(1n << SHIFT)

/** A power-of-two scale keeps the division exact up to the one rounding of the conversion. */
function ratio(numerator: bigint, denominator: bigint): Ratio {
  return { numerator, denominator, value: Number((numerator << SHIFT) / denominator) / SCALE }
}
