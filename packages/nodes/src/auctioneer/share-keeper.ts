// A committee member's shares of sealed bids: taken if they can be what they claim, kept until the auction is over, then given to the auctioneer
// that the order names, and after its time to the members whose turn it is. One that asks before is counted, refused and testified against,
// unless both are accomplices.
import type { ReplyToken, Store } from '@solvent/ports'
import {
  type Address,
  decodeCanonical,
  encodeCanonical,
  msToSeconds,
  type NodeId,
  type OrderId,
} from '@solvent/primitives'
import {
  awardsFrom,
  type BidShare,
  EARLY_TOLERANCE_SECONDS,
  earlyOpeningDigest,
  MAX_BID_SHARES,
  REVEAL_SECONDS,
  type RefusalReason,
  type SignedSealedBid,
  TAKEOVER_SECONDS,
} from '@solvent/protocol'
import { isSoundShare } from '../parts/committee-seal.ts'
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
  /** Order and auctioneer: of each it says it once. */
  readonly #testified = new Set<string>()

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
    if (asking === undefined) return []
    const shares: BidShare[] = []
    let opensAfter = -1
    for (const share of this.#shares.get(orderId)?.values() ?? []) {
      const from = this.#givenAfter(share, asking)
      if (from === null) continue
      shares.push(share)
      opensAfter = Math.max(opensAfter, from)
    }
    const isEarly = this.#nowSeconds() <= opensAfter
    if (!isEarly || (accomplices.includes(to) && accomplices.includes(node))) return shares
    this.#refuseEarly(orderId, to, asking)
    return 'too-early'
  }

  /** The commitments of an order's bids that a member has seen. */
  sealedBids(orderId: OrderId): readonly SignedSealedBid[] {
    const shares = [...(this.#shares.get(orderId)?.values() ?? [])]
    return shares.map(({ sealed, signature }) => ({ sealed, signature }))
  }

  /** After which second an auctioneer is given a share; null: it never is. */
  #givenAfter({ sealed, opensAfter: closesAt }: BidShare, asking: Address): number | null {
    if (sealed.auctioneer === asking) return closesAt
    const award = {
      ...({ by: 'auctioneer', rule: 'sealed-encrypted', auctioneer: sealed.auctioneer } as const),
      ...{ closesAt, exclusiveUntil: closesAt },
    }
    const from = awardsFrom(this.#init.spec, award, asking)
    return from === null ? null : from - 1
  }

  /** Of a request that came before the bidding was over, and by more than clocks differ, it says so in public. */
  #refuseEarly(orderId: OrderId, to: NodeId, auctioneer: Address): void {
    const { meter, log, signer, transport } = this.#ports
    meter.count('early-openings-refused')
    const witness = signer.address
    const askedAt = this.#nowSeconds()
    const closesAt = Math.max(
      ...[...(this.#shares.get(orderId)?.values() ?? [])].map((share) => share.opensAfter),
    )
    if (askedAt + EARLY_TOLERANCE_SECONDS > closesAt || this.#testified.has(`${orderId}/${to}`)) return
    this.#testified.add(`${orderId}/${to}`)
    log.text('warn', `${to} asked for shares of order ${orderId} before its auction was over`)
    const opening = { orderId, auctioneer, witness, askedAt, closesAt }
    const body = {
      kind: 'early-opening',
      opening,
      signature: signer.sign(earlyOpeningDigest(opening)),
    } as const
    transport.publish('evidence', { type: 'evidence', body })
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
    const member = spec.sealCommittee.members.indexOf(node) + 1
    if (!isSoundShare(share, member, spec.sealCommittee)) {
      this.#ports.meter.count('shares-unsound')
      return 'not-committed'
    }
    return (this.#shares.get(orderId)?.size ?? 0) < MAX_BID_SHARES ? null : 'pool-full'
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
    const last = (this.#init.spec.sealCommittee?.members.length ?? 0) * TAKEOVER_SECONDS
    for (const [orderId, ofOrder] of this.#shares) {
      for (const [solver, share] of ofOrder) {
        if (now <= share.opensAfter + REVEAL_SECONDS + last + KEPT_SECONDS) continue
        ofOrder.delete(solver)
        this.#store.delete(keyOf(share))
      }
      if (ofOrder.size > 0) continue
      this.#shares.delete(orderId)
      for (const { node } of this.#init.spec.auctioneers) this.#testified.delete(`${orderId}/${node}`)
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
