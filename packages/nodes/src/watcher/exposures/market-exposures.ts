// Markets: a pool holds two tokens for its providers, whose shares are claims on whatever it holds.
import type { AccountBalance, VaultBacking } from '@solvent/audit'
import { type Address, divFloor } from '@solvent/primitives'
import { type MarketSpec, marketShareToken, type NetworkSpec } from '@solvent/protocol'
import type { Marks } from '../marks.ts'
import type { ExposureDraft } from './exposure-draft.ts'
import { type FaceOf, type IssuedToken, SHARE_RANK } from './issued-tokens.ts'

export const marketNode = (draft: ExposureDraft, { name }: MarketSpec): string =>
  draft.node(`market/${name}`, 'pool', true)

/** Adds the shares of every market; a share is worth its part of what the market holds. */
export function marketShares(
  draft: ExposureDraft,
  issued: Map<string, IssuedToken>,
  facts: {
    readonly spec: NetworkSpec
    readonly balances: readonly AccountBalance[]
    readonly vaults: readonly VaultBacking[]
    readonly faceOf: FaceOf
  },
): void {
  const { spec, balances, vaults, faceOf } = facts
  for (const market of spec.markets) {
    const { chainId, address } = market
    const token = marketShareToken(market)
    const held = balances.filter((line) => line.kind === 'POOL' && line.owner === address)
    const debtor = marketNode(draft, market)
    const shares = supplyOf(balances, { chainId, token })
    issued.set(`${chainId}/${token}`, shareOf(debtor, { chainId, held, shares }, faceOf))
    for (const { vault, ...backing } of vaults)
      if (backing.market === address && backing.chainId === chainId)
        issued.set(`${chainId}/${vault}`, shareOf(debtor, backing, faceOf))
  }
}

function shareOf(
  debtor: string,
  { chainId, held, shares }: Pick<VaultBacking, 'chainId' | 'held' | 'shares'>,
  faceOf: FaceOf,
): IssuedToken {
  return {
    debtor,
    layer: 'liquidity-position',
    seniority: SHARE_RANK,
    isItsOwnBacking: false,
    faceE8: (amount) => {
      const worthE8 = held.reduce((sum, line) => sum + faceOf(chainId, line.token, line.amount), 0n)
      return shares > 0n ? divFloor(worthE8 * amount, shares) : 0n
    },
  }
}

/** What each coin could be sold into: the value of it in constant-product pairs, wrapped forms under the same symbol. */
export function marketDepths(
  draft: ExposureDraft,
  facts: { readonly spec: NetworkSpec; readonly balances: readonly AccountBalance[]; readonly marks: Marks },
): void {
  const { spec, balances, marks } = facts
  for (const { chainId, address, token0, token1, design } of spec.markets) {
    if (design.kind !== 'constant-product') continue
    for (const token of [token0, token1]) {
      const symbol = spec.tokens.find((each) => each.chainId === chainId && each.address === token)?.symbol
      const held = balances.find(
        (line) =>
          line.kind === 'POOL' && line.owner === address && line.chainId === chainId && line.token === token,
      )
      if (symbol !== undefined && held !== undefined)
        draft.depth(symbol, marks.faceValueE8(chainId, token, held.amount))
    }
  }
}

/** Units of a token that somebody has. */
export function supplyOf(
  balances: readonly AccountBalance[],
  { chainId, token }: { readonly chainId: number; readonly token: Address },
): bigint {
  const line = balances.find(
    (each) => each.kind === 'SUPPLY' && each.chainId === chainId && each.token === token,
  )
  return line === undefined ? 0n : -line.amount
}
