// Uninformed traders on a market: many people behind one node who come at random, buy as often as they sell, and know nothing that the price does
// not. They are what makers and providers earn from, and the noise in which those who know hide. Arrivals are a Poisson process, sizes are
// log-normal. Sources: Glosten, Milgrom 1985; Kyle 1985 (noise traders); docs/models/market-crowds.md.
import type { Node, Ports } from '@solvent/ports'
import { type Address, BPS, exp, ln, msToSeconds, type NodeId } from '@solvent/primitives'
import type { Block, Genesis, MarketSpec, NetworkSpec, SolventVocabulary } from '@solvent/protocol'
import { gasOf, MarketMirror, type SwapSide } from '@solvent/settlement'
import { KeeperPurse } from '../keeper/keeper-purse.ts'
import { createChainAccount } from '../parts/chain-account.ts'
import { createChainWatchingNode } from '../parts/chain-watching-node.ts'
import { createTimerTable } from '../parts/timer-table.ts'

export interface TraderInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  /** Of the market's chain. */
  readonly genesis: Genesis
  readonly market: MarketSpec
  readonly rules: TraderRules
}

export interface TraderRules {
  readonly perHour: number
  /** Mean of a trade in base units of the first token, and the deviation of its logarithm. */
  readonly meanSize: bigint
  readonly sizeSigma: number
  /** How often they sell the first token, of 1. */
  readonly sellShare: number
  /** Of what the market said that it would pay, as much may be missing. */
  readonly slippageBps: number
}

export type TraderPorts = Omit<Ports<SolventVocabulary>, 'execution'>

const HOUR_MS = 3_600_000
/** How long a trade may take to a block before nobody wants it. */
const PATIENCE_MS = 120_000
/** Of the gas token so many swaps' worth at a gwei is kept for gas. */
const GAS_RESERVE = 200n * BigInt(gasOf('swap')) * 10n ** 9n
const PARTS = 1_000_000n
const PRICE_BITS = 96n

export function createTrader(init: TraderInit): (ports: TraderPorts) => Node<SolventVocabulary> {
  return (ports) => {
    const { spec, genesis, market, rules } = init
    const { chainId, address, token0, token1 } = market
    const self = ports.signer.address
    const mirror = new MarketMirror(market, [genesis])
    const purse = new KeeperPurse(self, genesis)
    const timers = createTimerTable<'look'>(ports.timers)
    const arrivals = ports.rng.stream('arrivals')
    const trades = ports.rng.stream('trades')
    let isFirst = true
    let [sent, done, missed] = [0, 0, 0]

    const { follower, sender } = createChainAccount(
      {
        ...{ spec, chains: [chainId], onBlock, onOrphaned },
        onIncluded({ receipt }) {
          if (receipt.status === 'ok') done += 1
          else missed += 1
        },
      },
      ports,
    )

    function onBlock(block: Block): void {
      mirror.followed(block)
      purse.followed(block)
      sender.onBlock(block)
    }

    function onOrphaned(block: Block): void {
      mirror.orphaned(block)
      purse.orphaned(block)
    }

    /** Somebody comes, and the next one is drawn: exponential, by the mean of the process. */
    function arrive(): void {
      const waitMs = (-ln(1 - arrivals.uniform()) * HOUR_MS) / rules.perHour
      timers.set(Math.max(1, Math.round(waitMs)), 'look')
      if (isFirst) isFirst = false
      else if (follower.isCaughtUp(chainId)) trade()
    }

    function trade(): void {
      const side: SwapSide = trades.uniform() < rules.sellShare ? 'sell-0' : 'sell-1'
      const { sizeSigma, meanSize, slippageBps } = rules
      const factor = exp(sizeSigma * trades.normal(0, 1) - (sizeSigma * sizeSigma) / 2)
      const size = (meanSize * BigInt(Math.round(factor * Number(PARTS)))) / PARTS
      const amountIn = side === 'sell-0' ? size : (size * mirror.price().priceX96) >> PRICE_BITS
      const tokenIn = side === 'sell-0' ? token0 : token1
      const quoted = mirror.quote(side, amountIn)
      // Who is offered nothing, or has nothing, goes home.
      if (amountIn <= 0n || quoted === 0n || spendable(tokenIn) < amountIn) {
        missed += 1
        return
      }
      sent += 1
      const deadlineMs = ports.clock.nowMs() + PATIENCE_MS
      sender.send({
        chainId,
        ref: `trade/${ports.clock.nowMs()}/${sent}`,
        deadlineMs,
        call: {
          ...{ kind: 'swap', market: address, tokenIn, amountIn, recipient: self },
          minAmountOut: (quoted * (BPS - BigInt(slippageBps))) / BPS,
          deadline: Math.floor(msToSeconds(deadlineMs)),
        },
      })
    }

    function spendable(token: Address): bigint {
      const held = purse.of(token)
      if (BigInt(token) !== 0n) return held
      return held > GAS_RESERVE ? held - GAS_RESERVE : 0n
    }

    return createChainWatchingNode(
      {
        ...{ spec, role: 'trader', chains: [chainId], follower, sender, look: { timers, now: arrive } },
        summary: () => `${done} trades, ${missed} missed, ${sender.pending()} on their way`,
      },
      ports,
    )
  }
}
