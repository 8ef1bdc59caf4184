// A market maker on a limit order book: keeps bids and asks around the outside price, from what it holds, and replaces them by one
// transaction when the price has moved or somebody has traded with it. Between the move and the block in which its orders are replaced
// they stand where the price was, for whoever is faster. docs/models/order-book.md.
import type { Node, Ports } from '@solvent/ports'
import { type Address, msToSeconds, type NodeId, wholeUnit } from '@solvent/primitives'
import {
  type Block,
  type Genesis,
  type MarketSpec,
  type NetworkSpec,
  type OrderBookDesign,
  type PriceBook,
  priceAt,
  type SolventVocabulary,
} from '@solvent/protocol'
import { MarketMirror } from '@solvent/settlement'
import { createChainAccount } from '../parts/chain-account.ts'
import { createChainWatchingNode } from '../parts/chain-watching-node.ts'
import { createTimerTable } from '../parts/timer-table.ts'
import {
  hasMoved,
  ladder,
  lossBps,
  type MakerMoney,
  type MakerRules,
  type OutsidePrice,
  RecentMoves,
} from './quote-ladder.ts'
import { TradedMoney } from './traded-money.ts'

export interface MarketMakerInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  readonly genesis: readonly Genesis[]
  readonly prices: PriceBook
  readonly market: MarketSpec & { readonly design: OrderBookDesign }
  /** What it makes the market with, of the two tokens: gas money is not part of it. */
  readonly capital: MakerMoney
  readonly rules: MakerRules
}

export type MarketMakerPorts = Omit<Ports<SolventVocabulary>, 'execution'>

/** How long an update may take to a block before it is pointless. */
const PATIENCE_MS = 60_000

export function createMarketMaker(
  init: MarketMakerInit,
): (ports: MarketMakerPorts) => Node<SolventVocabulary> {
  return (ports) => {
    const { spec, genesis, prices, market, capital, rules } = init
    const { chainId, token0, token1, design } = market
    const self = ports.signer.address
    const own = genesis.find((each) => each.chainId === chainId)
    const chain = spec.chains.find((each) => each.chainId === chainId)
    if (own === undefined || chain === undefined)
      throw new Error(`The network has no chain ${chainId} for ${init.node} to make a market on.`)
    const { slotMs } = chain
    const timers = createTimerTable<'look'>(ports.timers)
    const mirror = new MarketMirror(market, [own])
    const traded = new TradedMoney(self)
    const moves = new RecentMoves()
    /** What it quoted around last, and how many lots of its own rested when that was in a block; null: nothing, not yet. */
    let quoted: { readonly price: OutsidePrice; readonly lots: bigint | null } | null = null
    let busyUntilMs = 0
    let hasLeft = false
    let [updates, missed] = [0, 0]

    const { follower, sender } = createChainAccount(
      {
        ...{ spec, chains: [chainId], onBlock, onOrphaned },
        onIncluded({ ref, receipt }) {
          busyUntilMs = 0
          if (receipt.status === 'ok') updates += 1
          else {
            missed += 1
            quoted = null
            ports.log.text('info', `${ref} reverted: ${receipt.reason}.`)
          }
        },
      },
      ports,
    )

    function onBlock(block: Block): void {
      traded.followed(block)
      mirror.followed(block)
      sender.onBlock(block)
    }

    function onOrphaned(block: Block): void {
      traded.orphaned(block)
      mirror.orphaned(block)
    }

    /** Once a slot, whether or not there is a block: the outside price does not wait for one. */
    function look(): void {
      timers.set(slotMs, 'look')
      quote()
    }

    function quote(): void {
      const nowMs = ports.clock.nowMs()
      const price = outsidePrice(nowMs)
      moves.seen(price)
      if (nowMs < busyUntilMs || price.numerator === 0n || price.denominator === 0n) return
      const resting = mirror.restingOf(self)
      const money = ownMoney(resting)
      const loss = lossBps(capital, money, price)
      if (rules.leavesAtLossBps !== null && loss > rules.leavesAtLossBps && !hasLeft) {
        hasLeft = true
        ports.log.text('warn', `Leaves ${market.name} after a loss of ${loss} basis points.`)
      }
      const { deviationBps } = moves
      const standsAside = rules.standsAsideAboveBps !== null && deviationBps > rules.standsAsideAboveBps
      const lots = resting.reduce((sum, { order }) => sum + order.lots, 0n)
      if (hasLeft || standsAside) {
        if (lots > 0n) update([], resting, nowMs)
        quoted = null
        return
      }
      if (quoted !== null && quoted.lots === null) quoted = { price: quoted.price, lots }
      if (quoted !== null && quoted.lots === lots && !hasMoved(quoted.price, price, rules.requoteBps)) return
      const orders = ladder(rules, design, { price, deviationBps, money })
      if (orders.length === 0 && resting.length === 0) return
      quoted = { price, lots: null }
      update(orders, resting, nowMs)
    }

    function update(
      orders: ReturnType<typeof ladder>,
      resting: ReturnType<MarketMirror['restingOf']>,
      nowMs: number,
    ): void {
      const head = follower.view.head(chainId)?.header.number ?? 0
      busyUntilMs = nowMs + PATIENCE_MS
      sender.send({
        chainId,
        ref: `quotes/${head}`,
        deadlineMs: busyUntilMs,
        call: {
          kind: 'place-orders',
          market: market.address,
          cancels: resting.map(({ limitId }) => limitId),
          orders,
          deadline: Math.floor(msToSeconds(busyUntilMs)),
        },
      })
    }

    /** What it has of its capital, in its account and in the book. */
    function ownMoney(resting: ReturnType<MarketMirror['restingOf']>): MakerMoney {
      let [amount0, amount1] = [capital.amount0 + traded.of(token0), capital.amount1 + traded.of(token1)]
      for (const { order } of resting)
        if (order.side === 'sell') amount0 += order.lots * design.lotSize
        else amount1 += order.lots * BigInt(order.priceTicks) * design.tickSize
      return { amount0: atLeast0(amount0), amount1: atLeast0(amount1) }
    }

    function outsidePrice(nowMs: number): OutsidePrice {
      const of = (token: Address): { readonly priceE8: bigint; readonly unit: bigint } => {
        const known = spec.tokens.find((each) => each.chainId === chainId && each.address === token)!
        return {
          priceE8: priceAt(prices, known.symbol, nowMs - spec.genesisMs),
          unit: wholeUnit(known.decimals),
        }
      }
      const [first, second] = [of(token0), of(token1)]
      return { numerator: first.priceE8 * second.unit, denominator: second.priceE8 * first.unit }
    }

    return createChainWatchingNode(
      {
        ...{ spec, role: 'market-maker', chains: [chainId], follower, sender, look: { timers, now: look } },
        summary: () =>
          `${updates} updates, ${missed} missed, ${mirror.restingOf(self).length} orders${hasLeft ? ', has left' : ''}`,
      },
      ports,
    )
  }
}

const atLeast0 = (amount: bigint): bigint => (amount < 0n ? 0n : amount)
