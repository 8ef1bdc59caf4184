// What the audit keeps of one chain, and the scope in which a rule looks at one transaction.
import { type Address, type ChainId, type Hash32, MS_PER_SECOND, ZERO_HASH } from '@solvent/primitives'
import type {
  Block,
  BlockHeader,
  BridgeSpec,
  ChainSpec,
  NetworkSpec,
  Receipt,
  TokenSpec,
  Transaction,
} from '@solvent/protocol'
import { ChainBook } from './book.ts'
import { BranchVotes } from './branch-votes.ts'
import { OutboxRecord } from './outbox-record.ts'

export class ChainRecord {
  readonly spec: ChainSpec
  readonly chainId: ChainId
  readonly book: ChainBook
  readonly outbox = new OutboxRecord()
  /** The newest block of the branch; null before the first. */
  head: BlockHeader | null = null
  headHash: Hash32 = ZERO_HASH
  /** Parent of the first block of `branch`, while that is the first block ever seen: a re-org may go back to it. */
  rootHash: Hash32 | null = null
  /** Slots up to the head that nobody proposed in. */
  missed = 0
  /** Index that the next journal entry must have; null until the first is seen. */
  nextEntry: number | null = null
  /**
   * Chain time (Unix seconds) up to which the branch is complete: a block, or a batch whose tip is the head, says that
   * nothing else happened before.
   */
  knownUntil = 0
  /** How long the audit had listened when it last heard a block of the chain, ms. */
  heardAtMs = 0
  /** People decided that what is final above this slot counts no more: the next re-org may reach down to it. */
  overruledAbove: number | null = null
  /** Blocks that are not finalised and some that are, oldest first: what a re-org may take back. */
  readonly branch: Block[] = []
  /** The votes after each block of the branch and after what is before it; null on a rollup. */
  readonly votes: BranchVotes | null

  constructor(spec: ChainSpec) {
    this.spec = spec
    this.chainId = spec.chainId
    this.book = new ChainBook(spec.chainId)
    this.votes = spec.consensus.kind === 'l1' ? new BranchVotes(spec) : null
  }
}

/** The block, receipt and transaction that a rule looks at. One object, reused: rules must not keep it. */
export interface Scope {
  chain: ChainRecord
  block: Block
  /** Chain time, Unix seconds. */
  timestamp: number
  /** The same in Unix ms, for breaches. */
  atMs: number
  receipt: Receipt
  /** Null in the genesis block. */
  transaction: Transaction | null
}

/**
 * A chain that has said nothing for so long (s) while another one went on had nothing to say: its blocks reach the audit
 * within seconds, those before a partition of the usual length within minutes (`settlement.md` section 9).
 */
const SILENT_SECONDS = 600
/** Longer between two blocks the audit did not listen, ms: it was down, or asleep, and what came meanwhile comes in any order. */
const LISTENING_GAP_MS = 30_000

/** The network's plan, by the keys that rules look up. */
export class NetworkIndex {
  readonly spec: NetworkSpec
  readonly chains = new Map<ChainId, ChainRecord>()
  readonly bridges = new Map<Address, BridgeSpec>()
  readonly #tokens = new Map<ChainId, Map<Address, TokenSpec>>()
  /** How long blocks have been coming in, and when the last one did (Unix ms); null while nobody says when they do. */
  #listenedMs = 0
  #seenAtMs: number | null = null

  constructor(spec: NetworkSpec) {
    this.spec = spec
    for (const chain of spec.chains) this.chains.set(chain.chainId, new ChainRecord(chain))
    for (const bridge of spec.bridges) this.bridges.set(bridge.address, bridge)
    for (const token of spec.tokens) {
      const known = this.#tokens.get(token.chainId) ?? new Map<Address, TokenSpec>()
      known.set(token.address, token)
      this.#tokens.set(token.chainId, known)
    }
  }

  /** A block of a chain has come in, at a moment of the audit's own (Unix ms). */
  heard(chain: ChainRecord, seenAtMs: number): void {
    const sinceMs = seenAtMs - (this.#seenAtMs ?? seenAtMs)
    this.#listenedMs += Math.min(Math.max(sinceMs, 0), LISTENING_GAP_MS)
    this.#seenAtMs = seenAtMs
    chain.heardAtMs = this.#listenedMs
  }

  /**
   * Whether nothing more will be heard of what a chain did by a moment (Unix seconds), also when it makes no more blocks: then others
   * have gone on for long after that moment, and the audit has listened to them for as long.
   */
  isKnownBeyond(chainId: ChainId, timestamp: number): boolean {
    const chain = this.chains.get(chainId)
    if (chain === undefined || chain.knownUntil > timestamp) return true
    const silentMs = this.#listenedMs - chain.heardAtMs
    if (this.#seenAtMs !== null && silentMs <= SILENT_SECONDS * MS_PER_SECOND) return false
    for (const { knownUntil } of this.chains.values())
      if (knownUntil > timestamp + SILENT_SECONDS) return true
    return false
  }

  /** The asset of a token, or undefined for one that the network does not name. */
  symbol(chainId: ChainId, token: Address): string | undefined {
    return this.#tokens.get(chainId)?.get(token)?.symbol
  }

  /** Basis points of every transfer that the token burns. */
  transferFeeBps(chainId: ChainId, token: Address): number {
    return this.#tokens.get(chainId)?.get(token)?.transferFeeBps ?? 0
  }

  /** Decimals of a token; 18 for one that the network does not name. */
  decimals(chainId: ChainId, token: Address): number {
    return this.#tokens.get(chainId)?.get(token)?.decimals ?? 18
  }
}
