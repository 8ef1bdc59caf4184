// A market maker on the order book of a clearing house of perpetual futures: it deposits what it has as margin, and keeps bids and asks
// around the outside price as far as that margin goes. Who trades with it leaves it with a position, of which it quotes so much less on
// that side. Its orders are taken back and placed one by one, in the order of its nonces. docs/models/perpetual.md.
import type { Node, Ports } from '@solvent/ports'
import { absBig, BPS, maxBig, minBig, type NodeId, wholeUnit } from '@solvent/primitives'
import {
  type Block,
  type Call,
  type NetworkSpec,
  type PerpetualSpec,
  type PerpetualVenue,
  type PriceBook,
  priceAt,
  type SolventVocabulary,
} from '@solvent/protocol'
import { type MakerAccount, PerpetualMirror } from '@solvent/settlement'
import { createChainAccount } from '../parts/chain-account.ts'
import { createChainWatchingNode } from '../parts/chain-watching-node.ts'
import { createTimerTable } from '../parts/timer-table.ts'
import {
  hasMoved,
  ladder,
  type MakerMoney,
  type MakerRules,
  type OutsidePrice,
  RecentMoves,
} from './quote-ladder.ts'

export interface PerpetualMakerInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  readonly prices: PriceBook
  readonly house: PerpetualSpec
  /** A market of the house on an order book, and what it is of. */
  readonly market: string
  readonly underlying: { readonly symbol: string; readonly decimals: number }
  /** Deposited at the start, base units of the coin of settlement. */
  readonly margin: bigint
  readonly rules: MakerRules
}

export type PerpetualMakerPorts = Omit<Ports<SolventVocabulary>, 'execution'>

type Book = Extract<PerpetualVenue, { kind: 'order-book' }>

/** How long an update may take to a block before it is pointless. */
const PATIENCE_MS = 60_000
/** Of the position that its margin would carry at the initial margin, what it lets orders and positions come to. */
const USED_BPS = 8_000n

export function createPerpetualMaker(
  init: PerpetualMakerInit,
): (ports: PerpetualMakerPorts) => Node<SolventVocabulary> {
  return (ports) => {
    const { spec, prices, house, market, underlying, rules } = init
    const { chainId } = house
    const self = ports.signer.address
    const chain = spec.chains.find((each) => each.chainId === chainId)
    const terms = house.markets.find(({ name }) => name === market)
    const coin = spec.tokens.find((each) => each.chainId === chainId && each.address === house.token)
    if (chain === undefined || coin === undefined || terms?.venue.kind !== 'order-book')
      throw new Error(`The network has no book ${house.name}/${market} for ${init.node} to quote in.`)
    const { lotUnits, tickCash } = terms.venue as Book
    const mirror = new PerpetualMirror(house, spec.oracles, Math.floor(spec.genesisMs / 1_000))
    const timers = createTimerTable<'look'>(ports.timers)
    const moves = new RecentMoves()
    /** What it quoted around last, and its lots that rested when that was in blocks; null: nothing, not yet. */
    let quoted: { readonly price: OutsidePrice; readonly lots: bigint | null } | null = null
    let underWay = 0
    let busyUntilMs = 0
    let hasDeposited = false
    let hasLeft = false
    let [updates, missed] = [0, 0]

    const { follower, sender } = createChainAccount(
      {
        ...{ spec, chains: [chainId], onBlock, onOrphaned },
        onIncluded({ ref, receipt }) {
          underWay = Math.max(0, underWay - 1)
          if (receipt.status === 'ok') updates += 1
          else {
            missed += 1
            ports.log.text('info', `${ref} reverted: ${receipt.reason}.`)
          }
        },
      },
      ports,
    )

    function onBlock(block: Block): void {
      mirror.followed(block)
      sender.onBlock(block)
    }

    function onOrphaned(block: Block): void {
      mirror.orphaned(block)
    }

    /** Once a slot, whether or not there is a block: the outside price does not wait for one. */
    function look(): void {
      timers.set(chain!.slotMs, 'look')
      if (follower.isCaughtUp(chainId)) quote()
    }

    function quote(): void {
      const nowMs = ports.clock.nowMs()
      const price = outsidePrice(nowMs)
      moves.seen(price)
      if (price.numerator === 0n || price.denominator === 0n) return
      if (underWay > 0 && nowMs < busyUntilMs) return
      const own = mirror.accountOf(self, market, Math.floor(nowMs / 1_000))
      if (own === null) {
        if (!hasDeposited) send([{ kind: 'deposit-margin', ...place, amount: init.margin }], nowMs)
        hasDeposited = true
        return
      }
      hasDeposited = true
      if (rules.leavesAtLossBps !== null && !hasLeft && lossOf(own) > rules.leavesAtLossBps) {
        hasLeft = true
        ports.log.text('warn', `Leaves ${house.name}/${market} after a loss of ${lossOf(own)} basis points.`)
      }
      const { deviationBps } = moves
      const standsAside = rules.standsAsideAboveBps !== null && deviationBps > rules.standsAsideAboveBps
      if (hasLeft || standsAside) {
        if (own.restingLots > 0n) send([takeBack], nowMs)
        quoted = null
        return
      }
      if (quoted !== null && quoted.lots === null) quoted = { price: quoted.price, lots: own.restingLots }
      if (
        quoted !== null &&
        quoted.lots === own.restingLots &&
        !hasMoved(quoted.price, price, rules.requoteBps)
      )
        return
      const design = { lotSize: lotUnits, tickSize: tickCash }
      const orders = ladder(rules, design, { price, deviationBps, money: roomOf(own, price) })
      if (orders.length === 0 && own.restingLots === 0n) return
      quoted = { price, lots: null }
      const placed = orders.map((order): Call => ({ kind: 'order-perpetual', ...place, ...order }))
      send(own.restingLots > 0n ? [takeBack, ...placed] : placed, nowMs)
    }

    const place = { house: house.address, perpetual: market, margin: 'cross' } as const
    const takeBack: Call = { kind: 'cancel-perpetual-orders', ...place }

    function send(calls: readonly Call[], nowMs: number): void {
      underWay = calls.length
      busyUntilMs = nowMs + PATIENCE_MS
      calls.forEach((call, index) => {
        sender.send({ chainId, ref: `${call.kind}/${nowMs}/${index}`, deadlineMs: busyUntilMs, call })
      })
    }

    /** What both sides may come to: half of the room each, and on the side that closes the position that as well. */
    function roomOf({ equity, units }: MakerAccount, price: OutsidePrice): MakerMoney {
      const carried = (maxBig(equity, 0n) * USED_BPS) / terms!.initialMarginBps
      const half = maxBig(0n, carried - cashOf(absBig(units), price)) / 2n
      const [long, short] = [maxBig(units, 0n), maxBig(-units, 0n)]
      return {
        amount0: (half * price.denominator) / price.numerator + minBig(long, half),
        amount1: half + minBig(cashOf(short, price), half),
      }
    }

    function cashOf(units: bigint, { numerator, denominator }: OutsidePrice): bigint {
      return (units * numerator) / denominator
    }

    /** Against what it deposited, basis points. */
    function lossOf({ equity }: MakerAccount): number {
      return init.margin === 0n ? 0 : Number(((init.margin - equity) * BPS) / init.margin)
    }

    function outsidePrice(nowMs: number): OutsidePrice {
      const elapsedMs = nowMs - spec.genesisMs
      const [first, second] = [underlying.symbol, coin!.symbol].map((each) =>
        priceAt(prices, each, elapsedMs),
      )
      return {
        numerator: first! * wholeUnit(coin!.decimals),
        denominator: second! * wholeUnit(underlying.decimals),
      }
    }

    return createChainWatchingNode(
      {
        ...{
          spec,
          role: 'perpetual-maker',
          chains: [chainId],
          follower,
          sender,
          look: { timers, now: look },
        },
        summary: () => `${updates} updates, ${missed} missed${hasLeft ? ', has left' : ''}`,
      },
      ports,
    )
  }
}
