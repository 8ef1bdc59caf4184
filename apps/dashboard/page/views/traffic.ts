// Who dealt with whom, from what nodes recorded: an order's way through the network.
import type { RunFrame } from '../../src/run-frame.ts'

export interface Dealing {
  readonly atMs: number
  readonly from: string
  readonly to: string
}

/** In order of time. Nodes that the frame does not have are left out. */
export function dealingsOf(frame: RunFrame): Dealing[] {
  const known = new Set(frame.nodes.map(({ node }) => node))
  const sequencers = new Map(
    frame.nodes.flatMap(({ node, role, chain }) =>
      role === 'sequencer' && chain !== null ? [[chain, node] as const] : [],
    ),
  )
  const relayers = new Map(
    frame.nodes.flatMap(({ node, role, bridge }) =>
      role === 'bridge' && bridge !== null ? [[bridge, node] as const] : [],
    ),
  )
  const orders = new Map(frame.orders.map((order) => [order.order_id, order]))
  const auctioneers = new Map<string, string>()
  for (const { kind, node, order_id } of frame.events)
    if (kind === 'order-accepted' && order_id !== null && !auctioneers.has(order_id))
      auctioneers.set(order_id, node)
  const dealings: Dealing[] = []
  for (const { at_ms: atMs, node, kind, order_id, state } of frame.events) {
    const order = order_id === null ? undefined : orders.get(order_id)
    if (order === undefined) continue
    const auctioneer = auctioneers.get(order.order_id)
    const add = (from: string | undefined | null, to: string | undefined | null) => {
      if (from && to && from !== to && known.has(from) && known.has(to)) dealings.push({ atMs, from, to })
    }
    if (kind === 'order-signed') add(node, auctioneer)
    else if (kind === 'bid-placed') add(node, auctioneer)
    else if (kind === 'auction-closed') add(node, order.winner)
    else if (kind === 'receivable' && state === 'held') add(node, sequencers.get(order.destination_chain))
    else if (kind === 'receivable' && state === 'attested')
      add(sequencers.get(order.destination_chain), relayers.get(order.bridge))
    else if (kind === 'receivable' && state === 'proven')
      add(relayers.get(order.bridge), sequencers.get(order.origin_chain))
    else if (kind === 'receivable' && state === 'claimed') add(sequencers.get(order.origin_chain), node)
  }
  return dealings
}
