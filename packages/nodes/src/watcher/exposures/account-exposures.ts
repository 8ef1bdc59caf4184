// The ledger's accounts on balance sheets: participants' holdings, locks, pools' cash, escrows.
import type { AccountBalance, RouteBacking } from '@solvent/audit'
import type { OrderId } from '@solvent/primitives'
import { lendingPlaces, type NetworkSpec } from '@solvent/protocol'
import type { JudgedOrder } from '../solver-outcome.ts'
import { ESCROW_LAYER, escrowNode } from './escrow-exposures.ts'
import type { ExposureDraft } from './exposure-draft.ts'
import { FUND_RANK, INSURANCE_LAYER, insurerNode } from './insurance-exposures.ts'
import { bridgeNode, poolNode } from './issued-tokens.ts'
import { lendingNode } from './lending-exposures.ts'
import { marketNode } from './market-exposures.ts'
import type { HoldingsDesk } from './place-holdings.ts'

/** Kinds that are nobody's holding, and accounts within lending pools. */
const NOT_HELD: ReadonlySet<string> = new Set([
  ...['SUPPLY', 'BURN', 'LOSS', 'ROUNDING'],
  ...['COLLATERAL', 'BORROWER'],
])

export function placeAccounts(
  draft: ExposureDraft,
  desk: HoldingsDesk,
  facts: {
    readonly spec: NetworkSpec
    readonly balances: readonly AccountBalance[]
    readonly backing: readonly RouteBacking[]
    readonly orders: ReadonlyMap<OrderId, JudgedOrder>
  },
): void {
  for (const line of facts.balances) {
    if (NOT_HELD.has(line.kind)) continue
    const insurer = insurerNode(draft, facts.spec, line)
    if (insurer !== null) {
      desk.kept(insurer, { ...line, layer: INSURANCE_LAYER, seniority: FUND_RANK })
      continue
    }
    const keeper = keeperOf(draft, facts, line)
    if (keeper === null) desk.owned(line)
    else desk.kept(keeper, line.kind === 'ESCROW' ? { ...line, layer: ESCROW_LAYER } : line)
  }
  issuersAssets(draft, desk, facts)
}

/** The node that keeps the account's coins for others; null where its owner holds them itself. */
function keeperOf(
  draft: ExposureDraft,
  { spec, backing, orders }: Parameters<typeof placeAccounts>[2],
  { kind, owner, chainId, token }: AccountBalance,
): string | null {
  if (kind === 'ESCROW') {
    const order = orders.get(owner as OrderId)
    return order === undefined ? null : escrowNode(draft, spec, order.facts.order)
  }
  if (kind !== 'BRIDGE_LOCK' && kind !== 'POOL' && kind !== 'LIQ') return null
  const market = spec.markets.find(({ address }) => address === owner)
  if (market !== undefined) return marketNode(draft, market)
  const lending = lendingPlaces(spec).find(({ address }) => address === owner)
  if (lending !== undefined) return lendingNode(draft, lending)
  const bridge = spec.bridges.find(({ address }) => address === owner)
  if (bridge === undefined || bridge.custody.kind === 'hash-lock') return null
  if (kind === 'POOL') {
    const route = backing.find(
      (each) =>
        each.bridge === owner && each.pools.some((pool) => pool.chainId === chainId && pool.token === token),
    )
    return route === undefined ? null : poolNode(spec, bridge, route.symbol, chainId)
  }
  const route = bridge.routes.find(({ home }) => home.chainId === chainId && home.token === token)
  return route === undefined ? null : bridgeNode(bridge, route.symbol)
}

/** Behind coins that are burned and minted stands what their issuer has taken in for them. */
function issuersAssets(
  draft: ExposureDraft,
  desk: HoldingsDesk,
  { spec, backing }: Parameters<typeof placeAccounts>[2],
): void {
  for (const bridge of spec.bridges) {
    if (bridge.custody.kind !== 'burn-mint') continue
    for (const { symbol, home } of bridge.routes) {
      const route = backing.find((each) => each.bridge === bridge.address && each.symbol === symbol)
      if (route !== undefined && route.issued > 0n)
        draft.asset(bridgeNode(bridge, symbol), desk.faceE8(home.chainId, home.token, route.issued))
    }
  }
}
