// Tokens that are somebody's debt: wrapped coins of a bridge, coins of an issuer, shares of a pool.
import type { RouteBacking } from '@solvent/audit'
import { type Address, type ChainId, divFloor } from '@solvent/primitives'
import type { BridgeSpec, NetworkSpec } from '@solvent/protocol'
import type { LossRule } from '../loss-rule.ts'
import type { Marks } from '../marks.ts'
import type { ExposureDraft } from './exposure-draft.ts'
import type { SnapshotLayer } from './exposure-snapshot.ts'

/** Who owes a token, and what an amount of it is worth at face value. */
export interface IssuedToken {
  readonly debtor: string
  readonly layer: SnapshotLayer
  readonly seniority: number
  /** Coins at home under a loss that all holders share: each exists, and so stands behind the debt. */
  readonly isItsOwnBacking: boolean
  readonly faceE8: (amount: bigint) => bigint
}

/** Face value of an amount of a token, by whoever owes it or else by its price. */
export type FaceOf = (chainId: ChainId, token: Address, amount: bigint) => bigint

/** Behind everyone whom a pool owes an amount. */
export const SHARE_RANK = 1

export const bridgeNode = (bridge: BridgeSpec, symbol: string): string => `${bridge.name}/${symbol}`

export function poolNode(spec: NetworkSpec, bridge: BridgeSpec, symbol: string, chainId: ChainId): string {
  return `${bridge.name}/${symbol}@${chainName(spec, chainId)}`
}

export function chainName(spec: NetworkSpec, chainId: ChainId): string {
  return spec.chains.find((chain) => chain.chainId === chainId)?.name ?? String(chainId)
}

/** Draws up the issuing nodes, and says which token is whose debt. */
export function issuedTokens(
  draft: ExposureDraft,
  facts: {
    readonly spec: NetworkSpec
    readonly lossRule: LossRule
    readonly backing: readonly RouteBacking[]
    readonly marks: Marks
  },
): Map<string, IssuedToken> {
  const { spec, lossRule, backing, marks } = facts
  const issued = new Map<string, IssuedToken>()
  const add = (
    chainId: ChainId,
    token: Address,
    owed: Pick<IssuedToken, 'debtor' | 'layer' | 'isItsOwnBacking'>,
  ) => {
    if (!issued.has(`${chainId}/${token}`))
      issued.set(`${chainId}/${token}`, {
        ...owed,
        seniority: 0,
        faceE8: (amount) => marks.faceValueE8(chainId, token, amount),
      })
  }
  for (const bridge of spec.bridges) {
    const { kind } = bridge.custody
    if (kind === 'hash-lock' || kind === 'pool') continue
    for (const { symbol, home, wrapped } of bridge.routes) {
      const debtor = draft.node(bridgeNode(bridge, symbol), 'bridge', true)
      const isIssued = kind === 'burn-mint'
      const layer = isIssued ? 'issued-asset' : 'wrapped-inventory'
      for (const { chainId, token } of wrapped) add(chainId, token, { debtor, layer, isItsOwnBacking: false })
      // Where all holders share a loss, or one issuer has minted everywhere, coins at home are claims too.
      if (isIssued || lossRule === 'all-holders')
        add(home.chainId, home.token, { debtor, layer: 'issued-asset', isItsOwnBacking: !isIssued })
    }
  }
  for (const route of backing) {
    const bridge = spec.bridges.find(({ address }) => address === route.bridge)
    if (bridge === undefined) continue
    for (const { chainId, token, shareToken, value, shares } of route.pools) {
      const worthE8 = value > 0n ? marks.faceValueE8(chainId, token, value) : 0n
      issued.set(`${chainId}/${shareToken}`, {
        debtor: draft.node(poolNode(spec, bridge, route.symbol, chainId), 'pool', true),
        layer: 'liquidity-position',
        seniority: SHARE_RANK,
        isItsOwnBacking: false,
        faceE8: (amount) => (shares > 0n ? divFloor(worthE8 * amount, shares) : 0n),
      })
    }
  }
  return issued
}
