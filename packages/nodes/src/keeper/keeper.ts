// The keeper: watches the positions of lending pools on one chain and liquidates where that pays: the bonus less what selling the
// collateral costs, less gas, less the priority fee by which it competes with other keepers. It looks at each block, and once in a slot
// without one while an auction runs or a position may be liquidated. docs/models/keeper.md.
import type { Node, Ports, TimerId } from '@solvent/ports'
import { type ChainId, type NodeId, secondsToMs } from '@solvent/primitives'
import {
  type Block,
  type Genesis,
  lendingPlaces,
  type NetworkSpec,
  type PriceBook,
  type SideChannelMessage,
  type SolventVocabulary,
} from '@solvent/protocol'
import { CreditView, slotAt, timestampOf } from '@solvent/settlement'
import type { AccountRotation } from '../parts/account-rotation.ts'
import { createChainAccount } from '../parts/chain-account.ts'
import { createChainWatchingNode } from '../parts/chain-watching-node.ts'
import { FeeEstimate } from '../parts/fee-estimate.ts'
import { HaltWatch } from '../parts/halt-watch.ts'
import { createTimerTable } from '../parts/timer-table.ts'
import { createOrderDesk } from '../user/order-desk.ts'
import { Appraisal, type KeeperNow } from './appraisal.ts'
import { AuctionDesk } from './auction-desk.ts'
import { CopyDesk } from './copy-desk.ts'
import { FarFunds, type FundingRules, type Shortfall } from './far-funds.ts'
import { KeeperPurse } from './keeper-purse.ts'
import type { KeeperRules } from './keeper-rules.ts'
import { type FarPurse, LiquidationDesk, NO_FAR_PURSE } from './liquidation-desk.ts'
import type { LiquidationOffer } from './liquidation-offer.ts'
import { MarketOutlet } from './market-outlet.ts'
import { Resale } from './resale.ts'
import { ShareExit } from './share-exit.ts'
import { WorkingCapital } from './working-capital.ts'

export interface KeeperInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  readonly chainId: ChainId
  readonly genesis: Genesis
  readonly prices: PriceBook
  readonly rules: KeeperRules
  /** Money on another chain, and that chain's genesis; null: none. */
  readonly funding: { readonly rules: FundingRules; readonly genesis: Genesis } | null
  /** Of its account's key; default: never. */
  readonly rotation?: AccountRotation | undefined
}

export type KeeperPorts = Omit<Ports<SolventVocabulary>, 'execution'>

export function createKeeper(init: KeeperInit): (ports: KeeperPorts) => Node<SolventVocabulary> {
  return (ports) => {
    const { spec, node, chainId, genesis, prices, rules, funding } = init
    const chain = spec.chains.find((each) => each.chainId === chainId)
    if (chain === undefined) throw new Error(`The network has no chain ${chainId} for ${node} to keep.`)
    const view = new CreditView(spec, chainId, genesis)
    const purse = new KeeperPurse(ports.signer.address, genesis)
    const fees = new FeeEstimate(spec, chain)
    const halts = new HaltWatch(spec)
    const capital = new WorkingCapital(purse)
    const appraisal = new Appraisal(spec, chain, prices)
    const outlet = new MarketOutlet(spec, genesis, rules.sellsOn)
    const self = ports.signer.address
    const resale = new Resale(self, rules, { outlet, appraisal, capital, halts })
    const parts = { view, capital, halts, appraisal, resale }
    const exit = new ShareExit(self, spec, rules.sellsOn, capital)
    /** Every coin that may be seized or is behind shares that may, with every coin that may be owed. */
    const pairs = lendingPlaces(spec)
      .filter((place) => place.chainId === chainId)
      .flatMap(({ assets }) =>
        assets
          .flatMap(({ token }) => exit.behind(token))
          .flatMap((collateral) =>
            assets
              .filter(({ token }) => token !== collateral)
              .map(({ token: debt }) => ({ collateral, debt })),
          ),
      )
    const chains = funding === null ? [chainId] : [chainId, funding.rules.chainId]
    const far = funding === null ? null : new FarFunds(spec, { chainId, self }, funding)
    const wanted: Shortfall[] = []
    const orders = createOrderDesk(
      {
        spec,
        sender: () => sender,
        cancelAtMs: () => null,
        onSigned: (orderId, order) => far?.onSigned(orderId, order),
      },
      ports,
    )
    const farPurse: FarPurse =
      far === null
        ? NO_FAR_PURSE
        : {
            reach: (token, now) => far.reach(token, orders, now),
            feeBps: far.feeBps,
            want: (shortfall) => void wanted.push(shortfall),
          }
    const desk = new LiquidationDesk(self, rules, parts, farPurse)
    const auctions = new AuctionDesk(self, rules, parts)
    const copying = new CopyDesk(self, rules, parts)
    const timers = createTimerTable<'look'>(ports.timers)
    let planned: TimerId | null = null

    const { follower, sender } = createChainAccount(
      {
        ...{ spec, chains, rotation: init.rotation, onBlock, onOrphaned },
        onIncluded(inclusion) {
          const { ref, receipt, transaction } = inclusion
          orders.onIncluded(inclusion)
          if (transaction.call.kind === 'open' || transaction.call.kind === 'refund') return
          capital.end(ref)
          desk.ended(ref, receipt.status)
          copying.ended(ref, receipt.status)
          auctions.ended(ref, receipt.status)
          if (receipt.status === 'ok') ports.meter.count('liquidations')
          else ports.log.text('info', `${ref} reverted: ${receipt.reason}.`)
        },
      },
      ports,
    )

    function onBlock(block: Block): void {
      far?.followed(block)
      orders.onBlock(block)
      if (block.header.chainId !== chainId) return sender.onBlock(block)
      fees.onHeader(block.header)
      view.followed(block)
      outlet.followed(block)
      halts.followed(block)
      purse.followed(block)
      sender.onBlock(block)
      liquidate()
    }

    function onOrphaned(block: Block): void {
      far?.orphaned(block)
      orders.onOrphaned(block)
      if (block.header.chainId !== chainId) return
      view.orphaned(block)
      outlet.orphaned(block)
      purse.orphaned(block)
    }

    /** Offers for whatever can be liquidated in the next block and pays. */
    function liquidate(): void {
      if (!follower.isCaughtUp(chainId)) return
      const { next, now } = nextBlock()
      for (const offer of offersOf(now)) send(offer)
      order(now)
      lookAgain(next, now.atSeconds)
    }

    function nextBlock(): { readonly next: number; readonly now: KeeperNow } {
      const nowMs = ports.clock.nowMs()
      const next = slotAt(spec, chain!, nowMs) + 1
      const { baseFee } = fees.next(nowMs)
      const now = { atSeconds: timestampOf(spec, chain!, next), elapsedMs: nowMs - spec.genesisMs, baseFee }
      return { next, now }
    }

    function send({ call, ref, priorityFeePerGas }: LiquidationOffer): void {
      sender.send({ chainId, call, ref, ...(priorityFeePerGas === undefined ? {} : { priorityFeePerGas }) })
    }

    /** A producer of the chain says what waits in its pool. */
    function hear(said: SideChannelMessage, from: NodeId): boolean {
      if (rules.copies === null || said.kind !== 'pending') return false
      if (!chain!.producers.some((producer) => producer.node === from)) return false
      if (!follower.isCaughtUp(chainId) || said.transaction.transaction.chainId !== chainId) return true
      const offer = copying.offer(said.transaction, nextBlock().now)
      if (offer === null) return true
      ports.meter.count('liquidations-copied')
      send(offer)
      return true
    }

    /** Prices of auctions fall and windows close in slots without a block too: half of such a slot is left for a block that is late. */
    function lookAgain(slot: number, atSeconds: number): void {
      timers.cancel(planned)
      planned = null
      if (rules.copies !== null || (!auctions.isAnyOpen && !desk.isAnyoneAtRisk(atSeconds))) return
      const startMs = secondsToMs(timestampOf(spec, chain!, slot))
      planned = timers.setAt(startMs + Math.floor(chain!.slotMs / 2), 'look')
    }

    /** Orders for what liquidations need and is elsewhere. */
    function order(now: KeeperNow): void {
      for (const { token, amount } of wanted.splice(0)) {
        const missing = amount - (far?.incoming(token, orders, now.atSeconds) ?? 0n)
        const next = far?.orderFor({ token, amount: missing }, orders, now) ?? null
        if (next !== null) orders.sign(next)
      }
    }

    /** Debts may have been bought for coins that are collateral elsewhere: what is owed comes first, what is left over is sold. */
    function offersOf(now: KeeperNow): LiquidationOffer[] {
      const taking = rules.copies === null ? [...desk.offers(now), ...auctions.offers(now)] : []
      return rules.sellsOn.length === 0 ? taking : [...taking, ...exit.offers(), ...resale.offers(pairs, now)]
    }

    return createChainWatchingNode(
      {
        ...{ spec, role: 'keeper', chains, follower, sender },
        desk: {
          start: () => orders.start(),
          onStore: (ticket) => orders.onStore(ticket),
          onTimer: (timer) => orders.onTimer(timer),
        },
        hear,
        look: { timers, now: liquidate },
        summary: () =>
          `${desk.won} liquidations, ${desk.lost} lost to others, ${desk.declined} not worth it, ${auctions.won} bids, ${auctions.outbid} too late, ${copying.won} copied, ${copying.lost} copied in vain, ${sender.pending()} on their way`,
      },
      ports,
    )
  }
}
