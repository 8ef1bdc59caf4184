// A shield that is not to be trusted: whoever it leaks to hears of a bid as soon as its auctioneer can read it.
import { type Address, hash32OfString, type NodeId } from '@solvent/primitives'
import type { SignedBid } from '@solvent/protocol'
import type { AuctioneerInit, AuctioneerPorts } from './auctioneer-init.ts'

const LEAK_TIMEOUT_MS = 20_000
const MILLION = 1_000_000
const TWO_TO_32 = 4_294_967_296

/** Tells the solvers that `leak` names, for its share of the orders. */
export function leakBid(
  { leak }: AuctioneerInit,
  { transport }: AuctioneerPorts,
  nodeOfSolver: ReadonlyMap<Address, NodeId>,
  { bid: { orderId, solver, outputAmount } }: SignedBid,
): void {
  if (leak === undefined || (hash32OfString(`leak/${orderId}`) >>> 0) * MILLION >= leak.ppm * TWO_TO_32)
    return
  for (const to of leak.to)
    if (nodeOfSolver.get(solver) !== to)
      transport.request(
        to,
        { type: 'side-channel', body: { kind: 'rival-bid', orderId, solver, outputAmount } },
        LEAK_TIMEOUT_MS,
      )
}
