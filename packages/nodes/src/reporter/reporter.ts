// The reporter: sees what the world outside pays, or how sound contracts are, and posts it to the feeds of one chain when the price has moved or the heartbeat
// is due. It pays gas and waits for blocks like everybody else. docs/models/oracle.md.
import type { Node, Ports, TimerId } from '@solvent/ports'
import type { Address, ChainId, NodeId } from '@solvent/primitives'
import type {
  Block,
  ControlReply,
  Genesis,
  MisreportOrder,
  NetworkSpec,
  OracleSpec,
  PriceBook,
  SolventVocabulary,
} from '@solvent/protocol'
import { createChainAccount } from '../parts/chain-account.ts'
import { createChainWatchingNode } from '../parts/chain-watching-node.ts'
import { createTimerTable } from '../parts/timer-table.ts'
import { FeedWatch } from './feed-watch.ts'
import { PokeWatch } from './poke-watch.ts'
import { createSoundnessWatch, type SoundnessWatch } from './soundness-watch.ts'

export interface ReporterInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  readonly chainId: ChainId
  readonly prices: PriceBook
  /** Delayed oracles that it pokes. */
  readonly pokes: readonly Address[]
  /** Of all chains, where a feed observes how sound contracts are: what they hold at the start. */
  readonly genesis: readonly Genesis[]
}

export type ReporterPorts = Omit<Ports<SolventVocabulary>, 'execution'>

/** Reports to every feed of its chain that names it. */
export function createReporter(init: ReporterInit): (ports: ReporterPorts) => Node<SolventVocabulary> {
  return (ports) => {
    const { spec, node, chainId, prices, pokes, genesis } = init
    const chain = spec.chains.find((each) => each.chainId === chainId)
    if (chain === undefined) throw new Error(`The network has no chain ${chainId} for ${node} to report to.`)
    const { slotMs } = chain
    const isReported = ({ chainId: on, source }: OracleSpec): boolean =>
      on === chainId && source.kind === 'feed' && source.reporters.some((party) => party.node === node)
    const sound: SoundnessWatch[] = []
    const soundnessOf = ({ source }: OracleSpec): SoundnessWatch | null => {
      if (source.kind !== 'feed' || source.observes?.kind !== 'soundness') return null
      const watch = createSoundnessWatch(source.observes.measure, spec, genesis)
      sound.push(watch)
      return watch
    }
    const feeds = spec.oracles.filter(isReported).map(
      (oracle) =>
        new FeedWatch(oracle, {
          ...{ prices, genesisMs: spec.genesisMs, self: ports.signer.address },
          soundness: soundnessOf(oracle),
        }),
    )
    const hops = pokes.flatMap((address) => {
      const oracle = spec.oracles.find((each) => each.address === address)
      if (oracle?.source.kind === 'delayed')
        return [new PokeWatch(address, oracle.source.hopSeconds, 'at-multiples')]
      return oracle?.source.kind === 'twap'
        ? [new PokeWatch(address, oracle.source.windowSeconds, 'after-the-last')]
        : []
    })
    const timers = createTimerTable<'look'>(ports.timers)
    let planned: TimerId | null = null
    let posted = 0

    const chains = [...new Set([chainId, ...sound.flatMap((watch) => watch.chains)])]
    const { follower, sender } = createChainAccount(
      {
        ...{ spec, chains, onBlock, onOrphaned },
        onIncluded: ({ ref, receipt }) => {
          posted++
          if (receipt.status === 'reverted') ports.log.text('info', `${ref} reverted: ${receipt.reason}.`)
        },
      },
      ports,
    )

    function onBlock(block: Block): void {
      for (const watch of sound) watch.followed(block)
      if (block.header.chainId === chainId) onOwnBlock(block)
      look()
    }

    function onOwnBlock(block: Block): void {
      const waitedMs = sender.waitedMs(chainId)
      for (const feed of feeds) feed.waited(waitedMs)
      sender.onBlock(block)
      for (const feed of feeds) feed.followed(block)
      for (const hop of hops) hop.followed(block)
    }

    function onOrphaned(block: Block): void {
      for (const watch of sound) watch.orphaned(block)
      if (block.header.chainId !== chainId) return
      for (const feed of feeds) feed.orphaned(block)
      for (const hop of hops) hop.orphaned(block)
    }

    /** Posts what is due and plans the next look: at a heartbeat, and at every slot while prices move. */
    function look(): void {
      const nowMs = ports.clock.nowMs()
      let next = Number.POSITIVE_INFINITY
      for (const feed of feeds) {
        const post = feed.due(nowMs)
        if (post !== null) sender.send({ chainId, call: post.call, ref: post.ref })
        next = Math.min(next, feed.nextLookMs(nowMs, slotMs))
      }
      for (const hop of hops) {
        const post = hop.due(nowMs)
        if (post !== null) sender.send({ chainId, call: post.call, ref: post.ref })
        next = Math.min(next, hop.nextLookMs(nowMs, slotMs))
      }
      timers.cancel(planned)
      planned = Number.isFinite(next) ? timers.setAt(next, 'look') : null
    }

    function misreport(order: MisreportOrder): ControlReply {
      const feed = feeds.find(({ oracle }) => oracle.address === order.oracle)
      if (feed === undefined) return { kind: 'refused', reason: 'not-a-reporter' }
      feed.mislead(order, ports.clock.nowMs())
      look()
      return { kind: 'done' }
    }

    return createChainWatchingNode(
      {
        ...{ spec, role: 'reporter', chains, follower, sender },
        summary: () => `${feeds.length} feeds, ${posted} reports in blocks, ${sender.pending()} on their way`,
        obey: (control) => (control.kind === 'misreport' ? misreport(control.order) : null),
        look: { timers, now: look },
      },
      ports,
    )
  }
}
