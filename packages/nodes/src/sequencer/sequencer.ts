// The sequencer node: makes the blocks of one or more chains, serves them, and posts its rollups to their L1.
import type { Inbound, Node, Ports, ReplyToken, Verdict } from '@solvent/ports'
import { type ChainId, decodeCanonical, encodeCanonical, type NodeId } from '@solvent/primitives'
import type {
  Block,
  BlockRequest,
  ChainSpec,
  ControlMessage,
  ControlReply,
  NetworkSpec,
  SolventVocabulary,
} from '@solvent/protocol'
import type { AccountRotation } from '../parts/account-rotation.ts'
import { createChainAccount } from '../parts/chain-account.ts'
import { controlRequest, nodeStatus } from '../parts/node-status.ts'
import { Censor } from './censor.ts'
import type { ChainProducer } from './chain-producer.ts'
import { createChainProducer } from './create-chain-producer.ts'
import { createFavours, type Favour } from './favour.ts'
import { ForcedDesk } from './forced-desk.ts'
import { honestInclusion, type InclusionPolicy } from './inclusion-policy.ts'
import { createPoolReaders, type PoolReader } from './pool-readers.ts'
import { PromiseDesk } from './promise-desk.ts'
import { createRecoveries } from './recoveries.ts'
import { createRollupPoster, type RollupPoster } from './rollup-poster.ts'
import { createSequencerControls } from './sequencer-controls.ts'
import { createSlashDesk } from './slash-desk.ts'
import { createTransactionIntake } from './transaction-intake.ts'

export interface SequencerInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  /** Chains of the spec that name this node as a producer, in the order of `ports.execution`. */
  readonly chains: readonly ChainId[]
  /** Nodes that keep all blocks: asked when the store has lost this node's. */
  readonly archives?: readonly NodeId[]
  /** What it does for rings of solvers, at most once for each chain. */
  readonly favours?: readonly Favour[]
  /** Who hears what its pools take in; default: nobody. */
  readonly poolReaders?: readonly PoolReader[]
  /** Of its account's key; default: never. */
  readonly rotation?: AccountRotation | undefined
}

export type SequencerPorts = Pick<
  Ports<SolventVocabulary>,
  'clock' | 'timers' | 'transport' | 'execution' | 'signer' | 'store' | 'rng' | 'log' | 'meter'
>

/**
 * Makes a sequencer; `includes` replaces its inclusion policy (a censor).
 *
 * @throws Error when a chain is unknown, not its own, or has no execution port
 */
export function createSequencer(
  init: SequencerInit,
  includes: InclusionPolicy = honestInclusion,
): (ports: SequencerPorts) => Node<SolventVocabulary> {
  return (ports) => {
    const { spec, node } = init
    const { transport } = ports
    const producers = new Map<ChainId, ChainProducer>()
    const promises = new PromiseDesk(spec, ports)
    const censor = new Censor(ports.rng.stream(`censor/${node}`))
    const isIncluded: InclusionPolicy = (signed, chainId) =>
      includes(signed, chainId) && censor.includes(signed, ports.clock.nowMs())
    init.chains.forEach((chainId, i) => {
      const chain = ownChain(spec, node, chainId)
      const execution = ports.execution[i]
      if (execution === undefined)
        throw new Error(`The sequencer ${node} has no execution port for chain ${chainId}.`)
      const onBlock = (block: Block, isNew: boolean): void => publish(block, isNew)
      const onInvalid = announce
      producers.set(
        chainId,
        createChainProducer(
          {
            spec,
            chain,
            self: node,
            execution,
            includes: isIncluded,
            followedHead: () => follower.view.head(chainId),
            onBlock,
            onInvalid,
          },
          ports,
        ),
      )
    })
    const rollups = [...producers.values()].flatMap(({ chain, archive }) =>
      chain.consensus.kind === 'l1' ? [] : [{ chain, archive, consensus: chain.consensus }],
    )
    const followed = [...new Set([...init.chains, ...rollups.map(({ consensus }) => consensus.l1)])]

    const { follower, sender } = createChainAccount(
      {
        ...{ spec, chains: followed, rotation: init.rotation },
        ...{ onBlock: onFollowed, onOrphaned, onFinality },
        onIncluded: ({ ref, receipt }) => {
          if (receipt.status === 'reverted') ports.log.text('warn', `${ref} reverted: ${receipt.reason}.`)
        },
        submitHere: (signed, answer) => {
          const producer = producers.get(signed.transaction.chainId)
          producer?.submit(signed, answer)
          return producer !== undefined
        },
      },
      ports,
    )
    const { view } = follower
    const posters: readonly RollupPoster[] = rollups.map(({ chain, archive, consensus }) =>
      createRollupPoster({ spec, chain, consensus, archive, sender, view }, ports),
    )
    const forced = new ForcedDesk(producers, (rollup, hash, reason) => {
      for (const poster of posters) poster.onForcedRefused(rollup, hash, reason)
    })
    const slashing = createSlashDesk({ spec, node, producers, sender })
    const favours = createFavours(init.favours ?? [], producers, ports)
    const readers = createPoolReaders(init.poolReaders ?? [], ports)
    const intake = createTransactionIntake({ producers, promises, favours, readers }, ports)
    const controls = createSequencerControls(
      { spec, node, producers, rollups, posters, promises, censor, sender, follower },
      ports,
    )

    /** A durable block of ours: others hear of it, and we read it like any other. */
    function publish(block: Block, isNew: boolean): void {
      if (isNew && block.header.producer === ports.signer.address) announce(block)
      follower.offer(block)
    }

    function announce({ header, signature }: Block): void {
      transport.publish('headers', { type: 'header', body: { header, signature } })
    }

    function onOrphaned(block: Block): void {
      const { chainId } = block.header
      producers.get(chainId)?.orphaned(block, follower.view.newest(chainId))
      for (const poster of posters) poster.onOrphaned(block)
      forced.onOrphaned(block)
    }

    function onFinality(chainId: ChainId): void {
      producers.get(chainId)?.finalize(follower.view.finalized(chainId))
    }

    function onFollowed(block: Block): void {
      const { chainId, producer } = block.header
      slashing.expelSlashed(block)
      const own = producers.get(chainId)
      // Of its own it imports what its store has lost.
      if (producer !== ports.signer.address || own?.archive.withHash(block.hash) === undefined)
        own?.import(block)
      sender.onBlock(block)
      promises.onBlock(block)
      favours.onBlock(block)
      for (const poster of posters) poster.onBlock(block)
      forced.onBlock(block)
    }

    function onRequest(inbound: Extract<Inbound<SolventVocabulary>, { via: 'request' }>): Verdict {
      const { message, replyTo } = inbound
      if (message.type === 'transaction') {
        intake.take(message.body, replyTo)
        return 'accept'
      }
      if (message.type === 'block-request') return onBlockRequest(message.body, replyTo)
      if (sender.onMessage(inbound)) return 'accept'
      const request = controlRequest(spec, ports, inbound)
      if (request === null) return 'ignore'
      if (request !== 'answered') request.answer(obey(request.control))
      return 'accept'
    }

    function obey(control: ControlMessage): ControlReply {
      if (control.kind !== 'status') return controls.obey(control)
      const summary = [...producers.values()]
        .map(({ chain, archive }) => `${chain.name}: ${archive.blocks.length} blocks`)
        .join(', ')
      return {
        kind: 'status',
        status: nodeStatus('sequencer', summary, follower.view, followed, ports),
      }
    }

    /** Once in the node's life: a producer that promises has something to lose. */
    function putUpBond({ chainId, preconfirmations }: ChainSpec): void {
      if (preconfirmations === undefined) return
      const call = { kind: 'bond-preconfirmations', amount: preconfirmations.bond } as const
      sender.send({ chainId, call, ref: 'bond-preconfirmations' })
    }

    function onBlockRequest(request: BlockRequest, replyTo: ReplyToken): Verdict {
      const producer = producers.get(request.chainId)
      if (producer === undefined) return 'ignore'
      if (ports.clock.nowMs() < controls.withheldUntilMs(request.chainId)) return 'ignore'
      transport.reply(replyTo, { type: 'blocks', body: producer.range(request) })
      return 'accept'
    }

    const recoveries = createRecoveries({ producers, follower, archives: init.archives ?? [] })

    return {
      start() {
        recoveries.begin()
        for (const producer of producers.values()) producer.start()
        if ([...producers.values()].some(({ chain }) => chain.consensus.kind === 'l1'))
          transport.subscribe('evidence')
        follower.start()
        sender.start()
        for (const { chain } of producers.values()) if (!recoveries.isAwaited(chain.chainId)) putUpBond(chain)
        for (const poster of posters) poster.start()
      },
      stop() {},
      onMessage(inbound) {
        if (inbound.via === 'request') return onRequest(inbound)
        if (inbound.via === 'execution') {
          for (const producer of producers.values())
            if (producer.onExecution(inbound.ticket, inbound.answer)) return 'accept'
          return 'ignore'
        }
        if (inbound.via === 'store') {
          for (const producer of producers.values()) if (producer.onStore(inbound.ticket)) return 'accept'
          if (promises.onStore(inbound.ticket)) return 'accept'
        }
        if (inbound.via === 'gossip' && inbound.message.type === 'evidence')
          return slashing.onEvidence(inbound.message.body)
        if (sender.onMessage(inbound)) return 'accept'
        const verdict = follower.onMessage(inbound) ?? 'ignore'
        recoveries.end()
        return verdict
      },
      onTimer(timer) {
        for (const producer of producers.values()) if (producer.onTimer(timer)) return
        for (const poster of posters) if (poster.onTimer(timer)) return
        if (favours.onTimer(timer)) return
        if (!sender.onTimer(timer)) follower.onTimer(timer)
      },
      // Blocks and transactions are in the store, the rest is read from blocks again.
      snapshot: () => encodeCanonical({ version: 1 }),
      restore: (bytes) => void decodeCanonical(bytes),
    }
  }
}

function ownChain(spec: NetworkSpec, node: NodeId, chainId: ChainId): ChainSpec {
  const chain = spec.chains.find((each) => each.chainId === chainId)
  if (chain?.producers.some((producer) => producer.node === node) === true) return chain
  throw new Error(`The sequencer ${node} is no producer of chain ${chainId}.`)
}
