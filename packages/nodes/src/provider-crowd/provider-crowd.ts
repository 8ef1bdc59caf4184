// Liquidity providers who leave as their losses grow: a crowd behind one node, each with the pressure that it can bear. The pressure is what
// a share has lost against holding, weighed, and what the others do. Who has left is gone from the pool in one transaction a look, with whatever
// its part is worth then; the depth that stays moves its price further. Granovetter 1978 (thresholds); docs/models/market-crowds.md.
import type { Node, Ports } from '@solvent/ports'
import { type Address, type ChainId, maxBig, type NodeId } from '@solvent/primitives'
import type { Block, Genesis, MarketSpec, NetworkSpec, SolventVocabulary } from '@solvent/protocol'
import { MarketMirror } from '@solvent/settlement'
import { type CrowdMember, feltLoss, type LossAversion, ThresholdCrowd } from '@solvent/strategies'
import { KeeperPurse } from '../keeper/keeper-purse.ts'
import { createChainAccount } from '../parts/chain-account.ts'
import { createChainWatchingNode } from '../parts/chain-watching-node.ts'
import { createTimerTable } from '../parts/timer-table.ts'
import { rangedPosition, sharedPosition } from './provided-position.ts'

export interface ProviderCrowdInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  readonly genesis: readonly Genesis[]
  /** All of whose depth, or ranges of it, are the crowd's. */
  readonly market: MarketSpec
  /** Amounts are parts of what the crowd has provided. */
  readonly members: readonly CrowdMember[]
  /** Pressure of a loss of everything, and of everybody else having left. */
  readonly lossWeight: number
  /** How they feel a loss; null: in proportion. */
  readonly lossAversion: LossAversion | null
  readonly herding: number
  /** Whom the pressure has left below this part of its threshold for so long comes back; null: nobody does. */
  readonly returns: CrowdReturns | null
  /** Between two looks. */
  readonly checkMs: number
}

export interface CrowdReturns {
  readonly below: number
  readonly calmMs: number
}

export type ProviderCrowdPorts = Omit<Ports<SolventVocabulary>, 'execution'>

/** Unix seconds; whoever runs does not mind when. */
const FOR_EVER = 2 ** 32 - 1

export function createProviderCrowd(
  init: ProviderCrowdInit,
): (ports: ProviderCrowdPorts) => Node<SolventVocabulary> {
  return (ports) => {
    const { spec, genesis, market, members, lossWeight, lossAversion, herding, checkMs, returns } = init
    const chainId: ChainId = market.chainId
    const self = ports.signer.address
    const mirror = new MarketMirror(market, genesis)
    const own = genesis.find((each) => each.chainId === chainId)
    if (own === undefined)
      throw new Error(`The network has no chain ${chainId} for ${init.node} to provide on.`)
    const purse = new KeeperPurse(self, own)
    const { design } = market
    const position =
      design.kind === 'concentrated'
        ? rangedPosition({ ...market, design }, mirror, self)
        : sharedPosition(market, mirror, purse)
    /** Parts that calls have asked for, in a block or not: nothing is asked for twice. */
    let asked = 0n
    const crowd = new ThresholdCrowd(members, herding)
    const total = members.reduce((sum, { amount }) => sum + amount, 0n)
    const timers = createTimerTable<'look'>(ports.timers)
    let looked = -1
    let calmSinceMs: number | null = null
    /** Calls that bring something back, on their way. */
    let returning: string[] = []

    const { follower, sender } = createChainAccount(
      {
        ...{ spec, chains: [chainId], onBlock, onOrphaned },
        onIncluded({ ref, receipt }) {
          if (receipt.reason === null) return
          // Asked for again at the next look.
          asked = 0n
          ports.log.text('info', `${ref} reverted: ${receipt.reason}.`)
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

    function look(): void {
      timers.set(checkMs, 'look')
      const now = Math.floor((ports.clock.nowMs() - spec.genesisMs) / checkMs)
      if (now <= looked || !follower.isCaughtUp(chainId)) return
      looked = now
      // After a restart blocks tell what has been taken out for people of whom this life knows nothing yet.
      const taken = position.parts - position.left()
      if (position.parts > 0n) crowd.assumeGone((taken * total) / position.parts)
      const news = lossWeight * feltLoss(position.lossShare(), lossAversion)
      if (crowd.leave(news).members === 0) comeBack(news)
      const wanted = total === 0n ? 0n : (crowd.amountGone * position.parts) / total
      returning = returning.filter((ref) => sender.find(chainId, ref) === 'pending')
      if (wanted < taken && returning.length === 0) bringBack(taken - wanted, now)
      if (wanted < taken) asked = wanted
      const from = maxBig(asked, taken)
      if (wanted <= from) return
      asked = wanted
      position.leave(wanted - from, { recipient: self, deadline: FOR_EVER }).forEach((call, index) => {
        sender.send({ chainId, call, ref: `leave/${now}/${index}` })
      })
    }

    /** A generation, once it has been calm for long enough. */
    function comeBack(news: number): void {
      const nowMs = ports.clock.nowMs()
      calmSinceMs = returns !== null && crowd.isCalm(news, returns.below) ? (calmSinceMs ?? nowMs) : null
      if (returns !== null && calmSinceMs !== null && nowMs - calmSinceMs >= returns.calmMs)
        crowd.comeBack(news, returns.below)
    }

    /** As far as what was taken out pays for it: who has left with one coin cannot provide two. */
    function bringBack(parts: bigint, look: number): void {
      const free = (token: Address): bigint => maxBig(0n, purse.of(token) - purse.atFirst(token))
      const amounts = { amount0: free(market.token0), amount1: free(market.token1) }
      const terms = { recipient: self, deadline: FOR_EVER }
      position.comeBack(parts, amounts, terms).forEach((call, index) => {
        const ref = `return/${look}/${index}`
        returning.push(ref)
        sender.send({ chainId, call, ref })
      })
    }

    return createChainWatchingNode(
      {
        ...{ spec, role: 'provider-crowd', chains: [chainId], follower, sender, look: { timers, now: look } },
        summary: () => `${crowd.gone} of ${crowd.gone + crowd.left} providers have left`,
      },
      ports,
    )
  }
}
