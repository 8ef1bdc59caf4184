// Transfers under way, and what pools of one route owe each other. A transfer to a pool's chain is owed by that pool, and
// the pool that was paid owes it to this one; how much a pool owes which of several others nobody books, so debtors pay
// creditors in the order of the route.
import type { PoolBacking, RouteBacking } from '@solvent/audit'
import { maxBig, minBig } from '@solvent/primitives'
import type { BridgeSpec, NetworkSpec } from '@solvent/protocol'
import type { TransferFacts } from '../outcome-book.ts'
import type { ExposureDraft } from './exposure-draft.ts'
import { type Holders, OTHERS } from './holders.ts'
import { bridgeNode, poolNode } from './issued-tokens.ts'
import type { HoldingsDesk } from './place-holdings.ts'

export interface TransitFacts {
  readonly spec: NetworkSpec
  readonly holders: Holders
  readonly backing: readonly RouteBacking[]
  readonly transfers: readonly TransferFacts[]
}

export function transitDebts(draft: ExposureDraft, desk: HoldingsDesk, facts: TransitFacts): void {
  for (const bridge of facts.spec.bridges) {
    if (bridge.custody.kind === 'hash-lock') continue
    for (const route of facts.backing.filter((each) => each.bridge === bridge.address)) {
      if (bridge.custody.kind === 'pool') poolSettlement(draft, desk, { ...facts, bridge, route })
      else coveredTransit(draft, desk, { ...facts, bridge, route })
    }
  }
}

type RouteFacts = TransitFacts & { readonly bridge: BridgeSpec; readonly route: RouteBacking }

/** Locked, or burned and to be paid out: the bridge owes it to whom it is going. */
function coveredTransit(
  draft: ExposureDraft,
  desk: HoldingsDesk,
  { holders, bridge, route, transfers }: RouteFacts,
): void {
  const { home, wrapped } = bridge.routes.find(({ symbol }) => symbol === route.symbol)!
  const debtor = bridgeNode(bridge, route.symbol)
  let openE8 = desk.faceE8(home.chainId, home.token, route.inTransit)
  for (const { bridge: of, chainId, token, recipient, amount } of transfers) {
    const isOfRoute = [home, ...wrapped].some((end) => end.chainId === chainId && end.token === token)
    if (of !== bridge.address || !isOfRoute) continue
    const amountE8 = minBig(openE8, desk.faceE8(chainId, token, amount))
    draft.claim({ debtor, creditor: holders.of(recipient), layer: 'transit', amountE8 })
    openE8 -= amountE8
  }
  draft.claim({ debtor, creditor: OTHERS, layer: 'transit', amountE8: openE8 })
}

interface Settling {
  readonly node: string
  /** What other pools owe this one for payouts and transfers on their way; negative when it owes them. */
  leftE8: bigint
}

function poolSettlement(draft: ExposureDraft, desk: HoldingsDesk, facts: RouteFacts): void {
  const { spec, bridge, route } = facts
  const sides = route.pools.map((pool): Settling => {
    const node = draft.node(poolNode(spec, bridge, route.symbol, pool.chainId), 'pool', true)
    const incomingE8 = incomingTo(draft, desk, { ...facts, pool, node })
    return { node, leftE8: signedE8(desk, pool, pool.claims - pool.forged) + incomingE8 }
  })
  for (const debtor of sides) {
    for (const creditor of sides) {
      const amountE8 = minBig(maxBig(-debtor.leftE8, 0n), maxBig(creditor.leftE8, 0n))
      draft.claim({ debtor: debtor.node, creditor: creditor.node, layer: 'pool-settlement', amountE8 })
      debtor.leftE8 += amountE8
      creditor.leftE8 -= amountE8
    }
  }
  // Fees of transfers under way, and what is sent and not yet seen on both sides.
  for (const { node, leftE8 } of sides) {
    if (leftE8 < 0n) draft.claim({ debtor: node, creditor: OTHERS, layer: 'transit', amountE8: -leftE8 })
    else draft.asset(node, leftE8)
  }
}

/** What a pool owes those whose transfers it will pay out. */
function incomingTo(
  draft: ExposureDraft,
  desk: HoldingsDesk,
  facts: RouteFacts & { readonly pool: PoolBacking; readonly node: string },
): bigint {
  const { bridge, pool, node, transfers, holders } = facts
  let sumE8 = 0n
  for (const { bridge: of, chainId, token, recipient, amount } of transfers) {
    if (of !== bridge.address || chainId !== pool.chainId || token !== pool.token) continue
    const amountE8 = desk.faceE8(chainId, token, amount)
    draft.claim({ debtor: node, creditor: holders.of(recipient), layer: 'transit', amountE8 })
    sumE8 += amountE8
  }
  return sumE8
}

function signedE8(desk: HoldingsDesk, { chainId, token }: PoolBacking, amount: bigint): bigint {
  return amount < 0n ? -desk.faceE8(chainId, token, -amount) : desk.faceE8(chainId, token, amount)
}
