// The arbitrageur: trades between markets of the same two assets, on one chain or on two, from what it holds on each, when the
// difference pays for fees and gas; and buys stablecoins below their peg to burn them at their contract. What it knows of a market is as old as the newest block that has reached it, and its
// transactions take their time: so prices follow across chains with a lag. docs/models/arbitrage.md.
import type { Node, Ports } from '@solvent/ports'
import { type Address, BPS, type ChainId, msToSeconds, type NodeId, secondsToMs } from '@solvent/primitives'
import type { Block, Genesis, NetworkSpec, PriceBook, SolventVocabulary } from '@solvent/protocol'
import { gasOf, MarketMirror, StablecoinMirror, slotAt } from '@solvent/settlement'
import { KeeperPurse } from '../keeper/keeper-purse.ts'
import { createChainAccount } from '../parts/chain-account.ts'
import { createChainWatchingNode } from '../parts/chain-watching-node.ts'
import { FeeEstimate } from '../parts/fee-estimate.ts'
import { HaltWatch } from '../parts/halt-watch.ts'
import { type Arbitrage, ArbitrageDesk, type ArbitrageRules, type Leg } from './arbitrage-desk.ts'
import { PegDesk, type PegTrade } from './peg-desk.ts'

export interface ArbitrageurInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  readonly genesis: readonly Genesis[]
  readonly prices: PriceBook
  /** The markets that it trades between. */
  readonly markets: readonly Address[]
  /** Stablecoins, minted and burned on a chain of these markets, whose peg it trades on. */
  readonly stablecoins: readonly Address[]
  readonly rules: ArbitrageRules
}

export type ArbitrageurPorts = Omit<Ports<SolventVocabulary>, 'execution'>

/** How long a trade may take to a block before it is pointless. */
const PATIENCE_MS = 60_000
/** Of the gas token so many swaps' worth is kept for gas. */
const GAS_RESERVE = 200n

export function createArbitrageur(
  init: ArbitrageurInit,
): (ports: ArbitrageurPorts) => Node<SolventVocabulary> {
  return (ports) => {
    const { spec, genesis, prices, rules } = init
    const mirrors = spec.markets
      .filter(({ address }) => init.markets.includes(address))
      .map((market) => new MarketMirror(market, genesis))
    const chains = spec.chains.filter(({ chainId }) =>
      mirrors.some((mirror) => mirror.spec.chainId === chainId),
    )
    const followed = chains.map(({ chainId }) => chainId)
    const purses = new Map(
      genesis
        .filter(({ chainId }) => followed.includes(chainId))
        .map((each) => [each.chainId, new KeeperPurse(ports.signer.address, each)]),
    )
    const halts = new HaltWatch(spec)
    const fees = new Map(chains.map((chain) => [chain.chainId, new FeeEstimate(spec, chain)]))
    const desk = new ArbitrageDesk(spec, mirrors, prices, rules)
    const coins = spec.stablecoins
      .filter(({ address }) => init.stablecoins.includes(address))
      .map((coin) => new StablecoinMirror(coin))
    const pegs = new PegDesk(coins, mirrors, spec.tokens, { prices, minProfitE8: rules.minProfitE8 })
    /** Markets with a trade under way, and when it is pointless (Unix ms). */
    const busy = new Map<Address, number>()
    let trades = 0
    let missed = 0

    const { follower, sender } = createChainAccount(
      {
        ...{ spec, chains: followed, onBlock, onOrphaned },
        onIncluded({ ref, receipt }) {
          busy.delete(ref.slice(ref.lastIndexOf('/') + 1) as Address)
          if (receipt.status === 'ok') trades += 1
          else {
            missed += 1
            ports.log.text('info', `${ref} reverted: ${receipt.reason}.`)
          }
        },
      },
      ports,
    )

    function onBlock(block: Block): void {
      fees.get(block.header.chainId)?.onHeader(block.header)
      purses.get(block.header.chainId)?.followed(block)
      for (const mirror of mirrors) mirror.followed(block)
      for (const coin of coins) coin.followed(block)
      halts.followed(block)
      sender.onBlock(block)
      // After a restart the past is read again, and what it says of prices is long over.
      if (ports.clock.nowMs() - secondsToMs(block.header.timestamp) < PATIENCE_MS) trade()
    }

    function onOrphaned(block: Block): void {
      purses.get(block.header.chainId)?.orphaned(block)
      for (const mirror of mirrors) mirror.orphaned(block)
      for (const coin of coins) coin.orphaned(block)
    }

    function trade(): void {
      const nowMs = ports.clock.nowMs()
      for (const [market, untilMs] of busy) if (nowMs > untilMs) busy.delete(market)
      const view = {
        held: (chainId: ChainId, token: Address) => spendable(chainId, token, nowMs),
        baseFee: (chainId: ChainId) => fees.get(chainId)!.next(nowMs).baseFee,
        isBusy: (market: Address) => busy.has(market) || halts.isHalted(market, 'swap', msToSeconds(nowMs)),
        nextBlock: (chainId: ChainId) =>
          slotAt(spec, chains.find((chain) => chain.chainId === chainId)!, nowMs) + 1,
        recipient: ports.signer.address,
        deadline: Math.floor(msToSeconds(nowMs + PATIENCE_MS)),
      }
      const elapsedMs = nowMs - spec.genesisMs
      const found = desk.best(view, elapsedMs)
      if (found !== null) {
        send(found, found.buy, nowMs)
        send(found, found.sell, nowMs)
      }
      const round = pegs.best(view, elapsedMs)
      if (round !== null) sendRound(round, nowMs)
    }

    /** One account's transactions of one block come in their order: each step has what the one before it brought, or reverts. */
    function sendRound({ chainId, steps }: PegTrade, nowMs: number): void {
      const head = follower.view.head(chainId)?.header.number ?? 0
      const deadlineMs = nowMs + PATIENCE_MS
      for (const { contract, call } of steps) {
        busy.set(contract, deadlineMs)
        sender.send({ chainId, ref: `peg/${chainId}/${head}/${contract}`, deadlineMs, call })
      }
    }

    /** A leg may come out worse by half of the profit: both together then still break even. */
    function send(found: Arbitrage, leg: Leg, nowMs: number): void {
      const { market, chainId, tokenIn, amountIn, amountOut } = leg
      const head = follower.view.head(chainId)?.header.number ?? 0
      const deadlineMs = nowMs + PATIENCE_MS
      busy.set(market, deadlineMs)
      const bid = bidOf(found, chainId, nowMs)
      sender.send({
        chainId,
        ref: `arbitrage/${chainId}/${head}/${market}`,
        deadlineMs,
        ...(bid === null ? {} : { priorityFeePerGas: bid }),
        call: {
          kind: 'swap',
          market,
          tokenIn,
          amountIn,
          minAmountOut: amountOut - (amountOut * found.profit) / (2n * found.sell.amountOut),
          recipient: ports.signer.address,
          deadline: Math.floor(msToSeconds(deadlineMs)),
        },
      })
    }

    /** A share of the profit as the priority fee, when the profit is in the gas token; else the usual one. */
    function bidOf(found: Arbitrage, chainId: ChainId, nowMs: number): bigint | null {
      if (rules.bidShareBps === 0 || BigInt(found.buy.tokenIn) !== 0n) return null
      const bid = (found.profit * BigInt(rules.bidShareBps)) / BPS / (2n * BigInt(gasOf('swap')))
      const usual = fees.get(chainId)!.offer(nowMs).maxPriorityFeePerGas
      return bid > usual ? bid : null
    }

    function spendable(chainId: ChainId, token: Address, nowMs: number): bigint {
      const held = purses.get(chainId)?.of(token) ?? 0n
      if (BigInt(token) !== 0n) return held
      const reserve = GAS_RESERVE * BigInt(gasOf('swap')) * fees.get(chainId)!.next(nowMs).baseFee
      return held > reserve ? held - reserve : 0n
    }

    return createChainWatchingNode(
      {
        ...{ spec, role: 'arbitrageur', chains: followed, follower, sender },
        summary: () =>
          `${mirrors.length} markets, ${trades} trades, ${missed} missed, ${sender.pending()} on their way`,
      },
      ports,
    )
  }
}
