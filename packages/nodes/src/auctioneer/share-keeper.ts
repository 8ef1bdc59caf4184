// A committee member's shares of sealed bids: kept until the auction is over, then given to the auctioneer that the order names. One that
// asks earlier is counted and refused, unless both are accomplices.
import type { ReplyToken, Store } from '@solvent/ports'
import { decodeCanonical, encodeCanonical, msToSeconds, type NodeId, type OrderId } from '@solvent/primitives'
import { type BidShare, MAX_BIDS, REVEAL_SECONDS, type RefusalReason } from '@solvent/protocol'
import type { AuctioneerInit, AuctioneerPorts } from './auctioneer-init.ts'

const SHARES = 'auction/share/'
/** After the last second of an opening, how long shares stay: an auctioneer's clock may be behind. */
const KEPT_SECONDS = 60

export class ShareKeeper {
  readonly #init: AuctioneerInit
  readonly #ports: AuctioneerPorts
  readonly #store: Store
  /** By order, then by solver. */
  readonly #shares = new Map<OrderId, Map<string, BidShare>>()

  constructor(init: AuctioneerInit, ports: AuctioneerPorts) {
    this.#init = init
    this.#ports = ports
    this.#store = ports.store
  }

  /** After a restart: what was kept. */
  resume(): void {
    for (const key of this.#store.keys(SHARES)) {
      const bytes = this.#store.get(key)
      if (bytes !== undefined) this.#hold(decodeCanonical(bytes) as unknown as BidShare)
    }
  }

  /** A solver hands over its share. */
  onShare(share: BidShare, from: NodeId, replyTo: ReplyToken): void {
    const reason = this.#refusalOf(share, from)
    if (reason === null && this.#held(share) === undefined) {
      this.#forgetOld()
      this.#hold(share)
      this.#store.put(keyOf(share), () => encodeCanonical(share))
    }
    this.#refuse(replyTo, reason)
  }

  /** An auctioneer asks for the shares of an order's bids. */
  onRequest(orderId: OrderId, from: NodeId, replyTo: ReplyToken): void {
    const { transport } = this.#ports
    const answer = this.sharesFor(orderId, from)
    if (answer === 'too-early') this.#refuse(replyTo, 'unavailable')
    else transport.reply(replyTo, { type: 'bid-shares', body: { shares: answer } })
  }

  /** What this member gives to an auctioneer now. */
  sharesFor(orderId: OrderId, to: NodeId): readonly BidShare[] | 'too-early' {
    const { spec, node, accomplices = [] } = this.#init
    const asking = spec.auctioneers.find((each) => each.node === to)?.address
    const shares = [...(this.#shares.get(orderId)?.values() ?? [])].filter(
      ({ sealed }) => sealed.auctioneer === asking,
    )
    const isEarly = shares.some(({ opensAfter }) => this.#nowSeconds() <= opensAfter)
    if (!isEarly || (accomplices.includes(to) && accomplices.includes(node))) return shares
    this.#ports.meter.count('early-openings-refused')
    this.#ports.log.text('warn', `${to} asked for shares of order ${orderId} before its auction was over`)
    return 'too-early'
  }

  #refusalOf(share: BidShare, from: NodeId): RefusalReason | null {
    const { spec, node } = this.#init
    const { solver, orderId } = share.sealed
    if (spec.sealCommittee?.members.includes(node) !== true) return 'not-my-order'
    if (spec.solvers.find(({ address }) => address === solver)?.node !== from) return 'not-authorised'
    const held = this.#held(share)
    if (held !== undefined)
      return held.sealed.commitment === share.sealed.commitment && held.share === share.share
        ? null
        : 'duplicate'
    if (this.#nowSeconds() > share.opensAfter) return 'auction-closed'
    return (this.#shares.get(orderId)?.size ?? 0) < MAX_BIDS ? null : 'pool-full'
  }

  #held({ sealed }: BidShare): BidShare | undefined {
    return this.#shares.get(sealed.orderId)?.get(sealed.solver)
  }

  #hold(share: BidShare): void {
    const { orderId, solver } = share.sealed
    const ofOrder = this.#shares.get(orderId)
    if (ofOrder === undefined) this.#shares.set(orderId, new Map([[solver, share]]))
    else ofOrder.set(solver, share)
  }

  #forgetOld(): void {
    const now = this.#nowSeconds()
    for (const [orderId, ofOrder] of this.#shares) {
      for (const [solver, share] of ofOrder) {
        if (now <= share.opensAfter + REVEAL_SECONDS + KEPT_SECONDS) continue
        ofOrder.delete(solver)
        this.#store.delete(keyOf(share))
      }
      if (ofOrder.size === 0) this.#shares.delete(orderId)
    }
  }

  #refuse(replyTo: ReplyToken, reason: RefusalReason | null): void {
    this.#ports.transport.reply(replyTo, { type: 'receipt', body: { accepted: reason === null, reason } })
  }

  #nowSeconds(): number {
    return msToSeconds(this.#ports.clock.nowMs())
  }
}

function keyOf({ sealed: { orderId, solver } }: BidShare): string {
  return `${SHARES}${orderId}/${solver}`
}
