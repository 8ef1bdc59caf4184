// What a share of a pool is worth, and how many a deposit gets. Both divisions round down, so the pool keeps the rest and
// the value of a share never falls by a deposit or a withdrawal. A thousand shares and one unit that nobody owns are
// counted in: who deposits first and then raises the value of a share to round the next depositor down loses to
// them a thousand times what the other loses. Source: ERC-4626 in OpenZeppelin Contracts 5 (ERC4626.sol, decimals offset 3).

/** What all shares are worth together, and how many there are. */
export interface Shareholding {
  /** Cash and claims of the pool, base units; negative after losses beyond all of it. */
  readonly value: bigint
  readonly shares: bigint
}

/** A share token has three decimals more than the pool's token. */
export const VIRTUAL_SHARES = 1_000n
export const VIRTUAL_VALUE = 1n
/**
 * Shares for a deposit, rounded down.
 *
 * @param amount base units, not negative; the pool's value must not be negative
 * @example sharesFor(500n, { value: 0n, shares: 0n }) // 500000n
 */
export function sharesFor(amount: bigint, { value, shares }: Shareholding): bigint {
  return (amount * (shares + VIRTUAL_SHARES)) / (value + VIRTUAL_VALUE)
}

/**
 * Base units for shares, rounded down; nothing when losses have taken all.
 *
 * @example amountFor(500_000n, { value: 1_000n, shares: 500_000n }) // 999n: the unowned shares have their part
 */
export function amountFor(given: bigint, { value, shares }: Shareholding): bigint {
  return value <= 0n ? 0n : (given * (value + VIRTUAL_VALUE)) / (shares + VIRTUAL_SHARES)
}
