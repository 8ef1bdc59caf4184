// Shares of what an isolated market has lent or is owed. A million shares and one unit that nobody owns keep the first supplier from
// moving the price of a share. Source: morpho-org/morpho-blue, SharesMathLib.sol.

export const VIRTUAL_SHARES = 1_000_000n
export const VIRTUAL_ASSETS = 1n

/** All assets and all shares of one side. */
export interface ShareTotals {
  readonly assets: bigint
  readonly shares: bigint
}

export const toSharesDown = (amount: bigint, { assets, shares }: ShareTotals): bigint =>
  (amount * (shares + VIRTUAL_SHARES)) / (assets + VIRTUAL_ASSETS)

export function toSharesUp(amount: bigint, { assets, shares }: ShareTotals): bigint {
  const all = assets + VIRTUAL_ASSETS
  return (amount * (shares + VIRTUAL_SHARES) + all - 1n) / all
}

export const toAssetsDown = (count: bigint, { assets, shares }: ShareTotals): bigint =>
  (count * (assets + VIRTUAL_ASSETS)) / (shares + VIRTUAL_SHARES)

export function toAssetsUp(count: bigint, { assets, shares }: ShareTotals): bigint {
  const all = shares + VIRTUAL_SHARES
  return (count * (assets + VIRTUAL_ASSETS) + all - 1n) / all
}
