// What an operator may ask of a sequencer beside its status: to fail, to let its chains suffer, to upgrade the contract of a
// rollup, to do wrong.
import type { Ports } from '@solvent/ports'
import { assertNever, type ChainId, type NodeId } from '@solvent/primitives'
import {
  type ChainSpec,
  type ControlMessage,
  type ControlReply,
  type MarketDemand,
  type NetworkSpec,
  rollupContract,
  type SequencerOutage,
  type SolventVocabulary,
} from '@solvent/protocol'
import type { BlockFollower, Overruling } from '../parts/block-follower.ts'
import type { TransactionSender } from '../parts/transaction-sender.ts'
import type { Censor } from './censor.ts'
import type { ChainProducer } from './chain-producer.ts'
import type { PromiseDesk } from './promise-desk.ts'
import type { RollupConsensus, RollupPoster } from './rollup-poster.ts'

export interface SequencerControlsInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  readonly producers: ReadonlyMap<ChainId, ChainProducer>
  readonly rollups: readonly { readonly chain: ChainSpec; readonly consensus: RollupConsensus }[]
  readonly posters: readonly RollupPoster[]
  readonly promises: PromiseDesk
  readonly censor: Censor
  readonly sender: TransactionSender
  readonly follower: BlockFollower
}

export interface SequencerControls {
  /** Does as it is told, or says why not. */
  obey(control: ControlMessage): ControlReply
  /** Until when the bodies of a chain's blocks are kept back (Unix ms); 0 when they never were. */
  withheldUntilMs(chainId: ChainId): number
}

const DONE: ControlReply = { kind: 'done' }

export function createSequencerControls(
  init: SequencerControlsInit,
  ports: Pick<Ports<SolventVocabulary>, 'clock' | 'log'>,
): SequencerControls {
  const { spec, node, producers, rollups, posters, promises, censor, sender, follower } = init
  const { view } = follower
  const withheld = new Map<ChainId, number>()
  let upgrades = 0

  /** It fails at one of its chains. */
  function fail(outage: SequencerOutage): ControlReply {
    const producer = producers.get(outage.chainId)
    if (producer === undefined || outage.producer !== node) return refused('not-a-producer')
    producer.fail(outage)
    return DONE
  }

  /** What befalls the validators of a chain, told to its producers. */
  function suffer(control: ConsensusControl): ControlReply {
    const { chainId } = control.kind === 'violate-finality' ? control.violation : control
    const producer = producers.get(chainId)
    if (producer === undefined) return refused('not-a-producer')
    const reason = befall(producer, control)
    if (reason === null) return DONE
    ports.log.text('warn', `${producer.chain.name}: ${control.kind} refused: ${reason}.`)
    return refused(reason)
  }

  function befall(producer: ChainProducer, control: ConsensusControl): string | null {
    switch (control.kind) {
      case 'validators-absent':
        return producer.absent(control.groups, control.duty, control.untilMs)
      case 'reorg': {
        const { chainId, depth } = control
        return producer.reorganise(depth, { head: view.head(chainId), finalized: view.finalized(chainId) })
      }
      case 'equivocate':
        return producer.equivocate(control.group)
      case 'violate-finality':
        return producer.violate(control.violation)
      default:
        return assertNever(control)
    }
  }

  /** The node follows anew; a branch that its producer has hidden comes out. */
  function overrule(control: Overruling): ControlReply {
    const reply = follower.overrule(control)
    producers.get(control.chainId)?.overruled()
    return reply
  }

  /** Others want more or less of one of its chains. */
  function feel(demand: MarketDemand): ControlReply {
    const producer = producers.get(demand.chainId)
    if (producer === undefined) return refused('not-a-producer')
    producer.feel(demand)
    return DONE
  }

  /** The rollup's first producer replaces the code of its contract on the L1. */
  function upgrade({ on: _on, ...call }: Extract<ControlMessage, { kind: 'upgrade' }>): ControlReply {
    const rollup = rollups.find(({ chain }) => rollupContract(chain) === call.contract)
    if (rollup === undefined) return refused('not-my-contract')
    const ref = `upgrade/${call.flaw}/${ports.clock.nowMs()}/${upgrades++}`
    sender.send({ chainId: rollup.consensus.l1, call, ref })
    return DONE
  }

  /** It proposes a root of a rollup that is not its own, for the newest batch: the contract may refuse it. */
  function proposeFor({ rollup, stateRoot, outboxRoot }: InvalidRoot): ControlReply {
    const consensus = spec.chains.find(({ chainId }) => chainId === rollup)?.consensus
    if (consensus?.kind !== 'optimistic' || !producers.has(consensus.l1)) return refused('not-served')
    const block = view.postings(rollup).batches.at(-1)?.toBlock
    if (block === undefined) return refused('nothing-to-propose')
    const call = { kind: 'post-root', rollup, block, stateRoot, outboxRoot } as const
    sender.send({
      chainId: consensus.l1,
      call,
      ref: `foreign-root/${rollup}/${block}/${ports.clock.nowMs()}`,
    })
    return DONE
  }

  function withhold(chainId: ChainId, untilMs: number): ControlReply {
    if (!producers.has(chainId)) return refused('not-served')
    withheld.set(chainId, untilMs)
    return DONE
  }

  return {
    obey(control) {
      switch (control.kind) {
        case 'sequencer-outage':
          return fail(control.outage)
        case 'upgrade':
          return upgrade(control)
        case 'validators-absent':
        case 'reorg':
        case 'equivocate':
        case 'violate-finality':
          return suffer(control)
        case 'overrule-finality':
          return overrule(control)
        case 'break-preconfirmations':
          promises.breakUntil(control.chainId, control.untilMs)
          return DONE
        case 'censor':
          censor.begin(control.censorship)
          return DONE
        case 'market-demand':
          return feel(control.demand)
        case 'invalid-root':
          return posters.some((poster) => poster.misbehave(control)) ? DONE : proposeFor(control)
        case 'hold-postings':
        case 'repeat-batch':
          return posters.some((poster) => poster.misbehave(control)) ? DONE : refused('not-served')
        case 'withhold-data':
          return withhold(control.rollup, control.untilMs)
        default:
          return refused('not-served')
      }
    },
    withheldUntilMs: (chainId) => withheld.get(chainId) ?? 0,
  }
}

type InvalidRoot = Extract<ControlMessage, { kind: 'invalid-root' }>
type ConsensusControl = Extract<
  ControlMessage,
  { kind: 'validators-absent' | 'reorg' | 'equivocate' | 'violate-finality' }
>

function refused(reason: string): ControlReply {
  return { kind: 'refused', reason }
}
