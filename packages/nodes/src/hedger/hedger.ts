// The hedger of an option desk: keeps itself neutral to the price of the underlying by trading on a market of its chain, from what it holds, after
// every block that moves the price away from where it last traded. Its own trades move that price again. docs/models/option.md.
import type { Node, Ports } from '@solvent/ports'
import { type Address, BPS, minBig, msToSeconds, type NodeId, secondsToMs } from '@solvent/primitives'
import {
  type Block,
  type Call,
  type Genesis,
  type MarketSpec,
  type NetworkSpec,
  type OptionDeskSpec,
  PRICE_BITS,
  type SolventVocabulary,
} from '@solvent/protocol'
import {
  deskRules,
  gasOf,
  MarketMirror,
  optionPremium,
  quotedVolatilityBps,
  seriesOf,
} from '@solvent/settlement'
import { KeeperPurse } from '../keeper/keeper-purse.ts'
import { createChainAccount } from '../parts/chain-account.ts'
import { createChainWatchingNode } from '../parts/chain-watching-node.ts'
import { FeeEstimate } from '../parts/fee-estimate.ts'
import { HaltWatch } from '../parts/halt-watch.ts'
import { HedgeBook, type HedgeRules } from './hedge-book.ts'

export interface HedgerInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  readonly genesis: readonly Genesis[]
  readonly desk: OptionDeskSpec
  /** Of the underlying and the coin of settlement; the coin counts as the numeraire of strikes. */
  readonly market: MarketSpec
  readonly rules: HedgeRules
}

export type HedgerPorts = Omit<Ports<SolventVocabulary>, 'execution'>

/** How long a trade may take to a block before it is pointless. */
const PATIENCE_MS = 60_000
/** A trade may come out worse by so much: others trade in the same block. */
const TOLERANCE_BPS = 500n
/** Of the gas token so many swaps' worth is kept for gas. */
const GAS_RESERVE = 200n
/** So long it leaves a desk alone that has refused. */
const REST_MS = 600_000
const PRICE_ONE_E8 = 10n ** 8n

export function createHedger(init: HedgerInit): (ports: HedgerPorts) => Node<SolventVocabulary> {
  return (ports) => {
    const { spec, genesis, desk, market } = init
    const { chainId } = desk
    const self = ports.signer.address
    const chain = spec.chains.find((each) => each.chainId === chainId)
    const own = genesis.find((each) => each.chainId === chainId)
    if (chain === undefined || own === undefined)
      throw new Error(`The network has no chain ${chainId} for ${init.node} to hedge on.`)
    const underlying = market.token0 === desk.token ? market.token1 : market.token0
    const mirror = new MarketMirror(market, [own])
    const purse = new KeeperPurse(self, own)
    const fee = new FeeEstimate(spec, chain)
    const halts = new HaltWatch(spec)
    const book = new HedgeBook(self, init)
    /** Of the trade under way: when it is pointless (Unix ms). */
    let busyUntilMs = 0
    /** A desk that refused to sell is asked again after that (Unix ms). */
    let refusedUntilMs = 0
    let [trades, missed] = [0, 0]

    const { follower, sender } = createChainAccount(
      {
        ...{ spec, chains: [chainId], onBlock, onOrphaned },
        onIncluded({ ref, receipt }) {
          busyUntilMs = 0
          if (receipt.status === 'ok') trades += 1
          else {
            missed += 1
            if (ref.startsWith('vega/')) refusedUntilMs = ports.clock.nowMs() + REST_MS
            ports.log.text('info', `${ref} reverted: ${receipt.reason}.`)
          }
        },
      },
      ports,
    )

    function onBlock(block: Block): void {
      fee.onHeader(block.header)
      for (const each of [mirror, purse, book]) each.followed(block)
      halts.followed(block)
      sender.onBlock(block)
      // After a restart the past is read again, and what it says of prices is long over.
      if (ports.clock.nowMs() - secondsToMs(block.header.timestamp) < PATIENCE_MS) hedge()
    }

    function onOrphaned(block: Block): void {
      for (const each of [mirror, purse, book]) each.orphaned(block)
    }

    function hedge(): void {
      const nowMs = ports.clock.nowMs()
      const atSeconds = Math.floor(msToSeconds(nowMs))
      if (nowMs < busyUntilMs || halts.isHalted(market.address, 'swap', atSeconds)) return
      const spotE8 = spot()
      if (spotE8 === 0n || hedgeVega(spotE8, atSeconds, nowMs)) return
      const gap = book.gap(spotE8, atSeconds)
      if (gap < 0n) swap(underlying, minBig(-gap, spendable(underlying, nowMs)), nowMs)
      else if (gap > 0n) {
        const cost = (gap * spotE8 * desk.quoteUnit) / (desk.baseUnit * PRICE_ONE_E8)
        swap(desk.token, minBig(cost, spendable(desk.token, nowMs)), nowMs)
      }
    }

    /** Buys options against the volatility, or takes what those that have expired pay; true: it has sent something. */
    function hedgeVega(spotE8: bigint, atSeconds: number, nowMs: number): boolean {
      const { vega } = book
      if (vega === null || nowMs < refusedUntilMs) return false
      const { desk: other, series } = vega.rules
      const of = { desk: other.address, series: series.name }
      if (atSeconds >= series.expiry) {
        if (vega.held === 0n) return false
        const call: Call = vega.isSettled
          ? { kind: 'exercise-option', ...of, holder: self }
          : { kind: 'settle-options', ...of }
        send(call, `${vega.isSettled ? 'exercise' : 'settle'}/${headNumber()}`, nowMs + PATIENCE_MS)
        return true
      }
      const units = book.vegaGap(spotE8, atSeconds)
      if (units === 0n) return false
      const volatility = Number(quotedVolatilityBps(other.volatility, spotE8)) / Number(BPS)
      const quote = { spotE8, volatility, now: atSeconds }
      const premium = optionPremium(seriesOf(series), units, quote, deskRules(other))
      const maxPremium = (premium * (BPS + TOLERANCE_BPS)) / BPS
      if (maxPremium > spendable(desk.token, nowMs)) return false
      send({ kind: 'buy-option', ...of, units, maxPremium }, `vega/${headNumber()}`, nowMs + PATIENCE_MS)
      return true
    }

    function send(call: Call, ref: string, deadlineMs: number): void {
      busyUntilMs = deadlineMs
      sender.send({ chainId, ref, deadlineMs, call })
    }

    const headNumber = (): number => follower.view.head(chainId)?.header.number ?? 0

    function swap(tokenIn: Address, amountIn: bigint, nowMs: number): void {
      const out =
        amountIn <= 0n ? 0n : mirror.quote(tokenIn === market.token0 ? 'sell-0' : 'sell-1', amountIn)
      if (out === 0n) return
      const deadlineMs = nowMs + PATIENCE_MS
      send(
        {
          kind: 'swap',
          market: market.address,
          tokenIn,
          amountIn,
          minAmountOut: (out * (BPS - TOLERANCE_BPS)) / BPS,
          recipient: self,
          deadline: Math.floor(msToSeconds(deadlineMs)),
        },
        `hedge/${headNumber()}`,
        deadlineMs,
      )
    }

    /** Whole coins of settlement for a whole underlying, eight decimals. */
    function spot(): bigint {
      const { priceX96 } = mirror.price()
      const one = 1n << PRICE_BITS
      const scaled = PRICE_ONE_E8 * desk.baseUnit
      if (underlying === market.token0) return (priceX96 * scaled) / (one * desk.quoteUnit)
      return priceX96 === 0n ? 0n : (one * scaled) / (priceX96 * desk.quoteUnit)
    }

    function spendable(token: Address, nowMs: number): bigint {
      const held = purse.of(token)
      if (BigInt(token) !== 0n) return held
      const reserve = GAS_RESERVE * BigInt(gasOf('swap')) * fee.next(nowMs).baseFee
      return held > reserve ? held - reserve : 0n
    }

    return createChainWatchingNode(
      {
        ...{ spec, role: 'hedger', chains: [chainId], follower, sender },
        summary: () =>
          `position ${book.position}, ${trades} trades, ${missed} missed, ${sender.pending()} on their way`,
      },
      ports,
    )
  }
}
