// One chain at its producer, as the sequencer sees it: transactions in, blocks out, and what may befall it.
import type { Execution, ExecutionAnswer, ExecutionTicket, Ports, StoreTicket, TimerId } from '@solvent/ports'
import type { NodeId } from '@solvent/primitives'
import type {
  Block,
  BlockRange,
  BlockRequest,
  ChainSpec,
  FinalityViolation,
  MarketDemand,
  NetworkSpec,
  SequencerOutage,
  SignedTransaction,
  SolventVocabulary,
  ValidatorDuty,
} from '@solvent/protocol'
import type { BlockArchive } from './block-archive.ts'
import type { InclusionPolicy } from './inclusion-policy.ts'

export type ChainProducerPorts = Pick<
  Ports<SolventVocabulary>,
  'clock' | 'timers' | 'store' | 'signer' | 'log' | 'meter'
>

export interface ChainProducerInit {
  readonly spec: NetworkSpec
  readonly chain: ChainSpec
  readonly self: NodeId
  readonly execution: Execution<SolventVocabulary>
  readonly includes: InclusionPolicy
  /** A block of ours is durable: announce it. Also called for each stored block at the start, oldest first. */
  readonly onBlock: (block: Block, isNew: boolean) => void
  /** The newest block of the branch that this node follows, where batches on the L1 decide between two; undefined at genesis. */
  readonly followedHead: () => Block | undefined
  /** Announces a block that is in no archive, because nobody can follow it. */
  readonly onInvalid: (block: Block) => void
}

/** How the pool answered. */
export type AdmissionAnswer = (accepted: boolean, reason: string | null) => void

export interface ChainProducer {
  readonly chain: ChainSpec
  readonly archive: BlockArchive
  /** Replays stored blocks into the engine and begins with the slots. */
  start(): void
  /** The disk is blank and the chain's slots have begun: either the chain has no block, or they are lost. */
  mayHaveLostBlocks(): boolean
  /** Makes no blocks and takes no transactions until what others have of the chain is here; before `start`. */
  awaitBlocks(): void
  /** What others have of the chain has been imported: it goes on in the next slot, and never in one that has begun. */
  recovered(): void
  submit(signed: SignedTransaction, answer: AdmissionAnswer): void
  /** Another producer's block of this chain, already followed. */
  import(block: Block): void
  /** Fails from now until the outage is over; a later outage replaces an earlier one. */
  fail(outage: SequencerOutage): void
  /** Validator groups are absent from a duty until then (Unix ms); null, or why that cannot be. */
  absent(groups: number, duty: ValidatorDuty, untilMs: number): string | null
  /** Another branch is to take the place of the newest `depth` blocks; null, or why that cannot be. */
  reorganise(
    depth: number,
    followed: { readonly head: Block | undefined; readonly finalized: number },
  ): string | null
  /** The validators split: some build another branch, which nobody sees before finality is overruled; null, or why not. */
  violate(violation: FinalityViolation): string | null
  /** What was final above a slot counts no more: a hidden branch comes out. */
  overruled(): void
  /** A validator group is to sign two blocks for its next slot; null, or why that cannot be. */
  equivocate(group: number): string | null
  /** A block is no longer followed; `newestKnown` is the number of the block that made it so. */
  orphaned(block: Block, newestKnown: number): void
  /** The chain's L1 has made its blocks final up to this number. */
  finalize(number: number): void
  /** Other people's demand changes from the next slot on, and stays so until the rush ends. */
  feel(demand: MarketDemand): void
  /** The L1 has a transaction for the chain; an honest producer does not wait until it is due. Answered when the pool has been asked. */
  offer(signed: SignedTransaction, answer: AdmissionAnswer): void
  /** From then on (Unix seconds) the next block of the chain begins with it. */
  force(signed: SignedTransaction, dueAt: number): void
  /** What the producer serves of a range. */
  range(request: BlockRequest): BlockRange
  /** Each takes what is its own and returns false for the rest. */
  onExecution(ticket: ExecutionTicket, answer: ExecutionAnswer<SolventVocabulary>): boolean
  onStore(ticket: StoreTicket): boolean
  onTimer(timer: TimerId): boolean
}
