// The sequencer node: makes the blocks of one or more chains, serves them, and posts its rollups to their L1.
import type { Inbound, Node, Ports, ReplyToken, Verdict } from '@solvent/ports'
import { assertNever, type ChainId, decodeCanonical, encodeCanonical, type NodeId } from '@solvent/primitives'
import {
  type Block,
  type BlockRequest,
  type ChainEvent,
  type ChainSpec,
  type ControlMessage,
  type ControlReply,
  decodeTransaction,
  type Evidence,
  type MarketDemand,
  type NetworkSpec,
  type RefusalReason,
  refusalReasons,
  rollupContract,
  type SequencerOutage,
  type SignedTransaction,
  type SolventVocabulary,
  validatorDuties,
  validatorsOf,
} from '@solvent/protocol'
import { createBlockFollower } from '../parts/block-follower.ts'
import { controlRequest, nodeStatus } from '../parts/node-status.ts'
import { createTransactionSender } from '../parts/transaction-sender.ts'
import { Censor } from './censor.ts'
import { type ChainProducer, createChainProducer } from './chain-producer.ts'
import { honestInclusion, type InclusionPolicy } from './inclusion-policy.ts'
import { PromiseDesk } from './promise-desk.ts'
import { createRollupPoster, type RollupPoster } from './rollup-poster.ts'

export interface SequencerInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  /** Chains of the spec that name this node as a producer, in the order of `ports.execution`. */
  readonly chains: readonly ChainId[]
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
    let upgrades = 0
    /** Chains whose bodies are kept back, and until when. */
    const withheldUntilMs = new Map<ChainId, number>()
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

    const follower = createBlockFollower(
      { spec, chains: followed, onBlock: onFollowed, onOrphaned, onFinality },
      ports,
    )
    const sender = createTransactionSender(
      {
        spec,
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

    /** A durable block of ours: others hear of it, and we read it like any other. */
    function publish(block: Block, isNew: boolean): void {
      if (isNew && block.header.producer === ports.signer.address) announce(block)
      follower.offer(block)
    }

    function announce({ header, signature }: Block): void {
      transport.publish('headers', { type: 'header', body: { header, signature } })
    }

    /** The node does as it is told: it fails at one of its chains. */
    function fail(outage: SequencerOutage): ControlReply {
      const producer = producers.get(outage.chainId)
      if (producer === undefined || outage.producer !== node)
        return { kind: 'refused', reason: 'not-a-producer' }
      producer.fail(outage)
      return { kind: 'done' }
    }

    /** A slashed group proposes and votes no more at its producer. */
    function expelSlashed({ header, receipts }: Block): void {
      for (const { events } of receipts)
        for (const event of events)
          if (event.kind === 'validators-slashed')
            for (const duty of validatorDuties)
              producers.get(header.chainId)?.absent(1 << event.group, duty, Number.MAX_SAFE_INTEGER)
    }

    /** Two headers of one slot: handed in on every chain of ours that the offender's validators secure. */
    function onEvidence(evidence: Evidence): Verdict {
      if (evidence.kind !== 'conflicting-headers') return 'accept'
      const { first, second } = evidence
      const offence = stakeOf(first.header.chainId)
      for (const { chain } of producers.values()) {
        if (offence === null || stakeOf(chain.chainId) !== offence || chain.producers[0]?.node !== node)
          continue
        const ref = `slash/${first.header.chainId}/${first.header.number}/${first.header.producer}`
        sender.send({ chainId: chain.chainId, call: { kind: 'slash', first, second }, ref })
      }
      return 'accept'
    }

    /** Where the validators of a chain have their stake; null for a rollup. */
    function stakeOf(chainId: ChainId): ChainId | null {
      const chain = spec.chains.find((each) => each.chainId === chainId)
      return chain?.consensus.kind === 'l1' ? validatorsOf(chain, chain.consensus).stakedOn : null
    }

    function onOrphaned(block: Block): void {
      const { chainId } = block.header
      producers.get(chainId)?.orphaned(block, follower.view.newest(chainId))
    }

    function onFinality(chainId: ChainId): void {
      producers.get(chainId)?.finalize(follower.view.finalized(chainId))
    }

    /** What befalls the validators of a chain, told to its producers. */
    function onConsensus(control: ConsensusControl): ControlReply {
      const { chainId } = control
      const producer = producers.get(chainId)
      if (producer === undefined) return { kind: 'refused', reason: 'not-a-producer' }
      const refused = befall(producer, control)
      if (refused === null) return { kind: 'done' }
      ports.log.text('warn', `${producer.chain.name}: ${control.kind} refused: ${refused}.`)
      return { kind: 'refused', reason: refused }
    }

    function befall(producer: ChainProducer, control: ConsensusControl): string | null {
      switch (control.kind) {
        case 'validators-absent':
          return producer.absent(control.groups, control.duty, control.untilMs)
        case 'reorg': {
          const { view } = follower
          const { chainId } = control
          return producer.reorganise(control.depth, {
            head: view.head(chainId),
            finalized: view.finalized(chainId),
          })
        }
        case 'equivocate':
          return producer.equivocate(control.group)
        default:
          return assertNever(control)
      }
    }

    /** Others want more or less of one of its chains. */
    function feel(demand: MarketDemand): ControlReply {
      const producer = producers.get(demand.chainId)
      if (producer === undefined) return { kind: 'refused', reason: 'not-a-producer' }
      producer.feel(demand)
      return { kind: 'done' }
    }

    function onFollowed(block: Block): void {
      const { chainId, producer } = block.header
      expelSlashed(block)
      if (producer !== ports.signer.address) producers.get(chainId)?.import(block)
      sender.onBlock(block)
      promises.onBlock(block)
      for (const { events } of block.receipts) for (const event of events) onForced(event)
    }

    /** What the L1 forces upon a chain of ours. */
    function onForced(event: ChainEvent): void {
      if (event.kind !== 'transaction-forced') return
      const signed = decodeTransaction(event.raw)
      if (signed !== null) producers.get(event.rollup)?.force(signed, event.dueAt)
    }

    function onRequest(inbound: Extract<Inbound<SolventVocabulary>, { via: 'request' }>): Verdict {
      const { message, replyTo } = inbound
      if (message.type === 'transaction') return onTransaction(message.body, replyTo)
      if (message.type === 'block-request') return onBlockRequest(message.body, replyTo)
      const request = controlRequest(spec, transport, inbound)
      if (request === null) return 'ignore'
      if (request === 'refused') return 'accept'
      const { control } = request
      if (control.kind === 'status') {
        const summary = [...producers.values()]
          .map(({ chain, archive }) => `${chain.name}: ${archive.blocks.length} blocks`)
          .join(', ')
        request.answer({
          kind: 'status',
          status: nodeStatus('sequencer', summary, follower.view, followed, ports),
        })
      } else if (control.kind === 'sequencer-outage') {
        request.answer(fail(control.outage))
      } else if (control.kind === 'upgrade') {
        request.answer(upgrade(control))
      } else if (isConsensusControl(control)) {
        request.answer(onConsensus(control))
      } else if (control.kind === 'break-preconfirmations') {
        promises.breakUntil(control.chainId, control.untilMs)
        request.answer({ kind: 'done' })
      } else if (control.kind === 'censor') {
        censor.begin(control.censorship)
        request.answer({ kind: 'done' })
      } else if (control.kind === 'market-demand') {
        request.answer(feel(control.demand))
      } else {
        request.answer(misbehave(control) ? { kind: 'done' } : { kind: 'refused', reason: 'not-served' })
      }
      return 'accept'
    }

    /** The rollup's first producer replaces the code of its contract on the L1. */
    function upgrade({ on: _on, ...call }: Extract<ControlMessage, { kind: 'upgrade' }>): ControlReply {
      const rollup = rollups.find(({ chain }) => rollupContract(chain) === call.contract)
      if (rollup === undefined) return { kind: 'refused', reason: 'not-my-contract' }
      const ref = `upgrade/${call.flaw}/${ports.clock.nowMs()}/${upgrades++}`
      sender.send({ chainId: rollup.consensus.l1, call, ref })
      return { kind: 'done' }
    }

    /** What an operator has us do wrong; false when it is no business of a sequencer, or not of this one. */
    function misbehave(control: ControlMessage): boolean {
      switch (control.kind) {
        case 'invalid-root':
        case 'hold-postings':
        case 'repeat-batch':
          return posters.some((poster) => poster.misbehave(control))
        case 'withhold-data':
          if (!producers.has(control.rollup)) return false
          withheldUntilMs.set(control.rollup, control.untilMs)
          return true
        default:
          return false
      }
    }

    function onTransaction(signed: SignedTransaction, replyTo: ReplyToken): Verdict {
      const answer = (accepted: boolean, reason: string | null): void =>
        transport.reply(replyTo, { type: 'receipt', body: { accepted, reason: refusalReason(reason) } })
      const producer = producers.get(signed.transaction.chainId)
      if (producer === undefined) answer(false, 'wrong-chain')
      else if (promises.isBreaking(producer.chain)) promised(producer.chain, signed, replyTo)
      else {
        producer.submit(signed, (accepted, reason) => {
          if (accepted) promised(producer.chain, signed, replyTo)
          else answer(accepted, reason)
        })
      }
      return 'accept'
    }

    /** The transaction was taken; where the chain has promises, the answer carries one. */
    function promised(chain: ChainSpec, signed: SignedTransaction, replyTo: ReplyToken): void {
      promises.promise(chain, signed, (promise) => {
        const body = { accepted: true, reason: null, ...(promise === undefined ? {} : { promise }) }
        transport.reply(replyTo, { type: 'receipt', body })
      })
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
      if (ports.clock.nowMs() < (withheldUntilMs.get(request.chainId) ?? 0)) return 'ignore'
      transport.reply(replyTo, { type: 'blocks', body: producer.range(request) })
      return 'accept'
    }

    return {
      start() {
        for (const producer of producers.values()) producer.start()
        if ([...producers.values()].some(({ chain }) => chain.consensus.kind === 'l1'))
          transport.subscribe('evidence')
        follower.start()
        sender.start()
        for (const { chain } of producers.values()) putUpBond(chain)
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
          return onEvidence(inbound.message.body)
        if (sender.onMessage(inbound)) return 'accept'
        return follower.onMessage(inbound) ?? 'ignore'
      },
      onTimer(timer) {
        for (const producer of producers.values()) if (producer.onTimer(timer)) return
        for (const poster of posters) if (poster.onTimer(timer)) return
        if (!sender.onTimer(timer)) follower.onTimer(timer)
      },
      // Blocks and transactions are in the store, the rest is read from blocks again.
      snapshot: () => encodeCanonical({ version: 1 }),
      restore: (bytes) => void decodeCanonical(bytes),
    }
  }
}

type ConsensusControl = Extract<ControlMessage, { kind: 'validators-absent' | 'reorg' | 'equivocate' }>

function isConsensusControl(control: ControlMessage): control is ConsensusControl {
  return control.kind === 'validators-absent' || control.kind === 'reorg' || control.kind === 'equivocate'
}

function ownChain(spec: NetworkSpec, node: NodeId, chainId: ChainId): ChainSpec {
  const chain = spec.chains.find((each) => each.chainId === chainId)
  if (chain?.producers.some((producer) => producer.node === node) === true) return chain
  throw new Error(`The sequencer ${node} is no producer of chain ${chainId}.`)
}

/** The reason as the protocol spells it; an engine may have more words than there are refusals. */
function refusalReason(reason: string | null): RefusalReason | null {
  if (reason === null) return null
  return refusalReasons.find((known) => known === reason) ?? 'unavailable'
}
