// Blocks for the audit's tests, written by hand: a draft says what a transaction did, sealing makes it a block that is
// sound in everything that the draft does not spoil. No settlement engine is involved.
import {
  blake3,
  bytesToHex,
  type ChainId,
  type Hash32,
  hexToBytes,
  sha256,
  ZERO_ADDRESS,
  ZERO_HASH,
} from '@solvent/primitives'
import {
  type Block,
  type BlockHeader,
  CALM_MARKET,
  type Call,
  type ChainEvent,
  type EntryCause,
  headerDigest,
  type JournalEntry,
  type Leg,
  type Receipt,
  type RevertReason,
  type Rounding,
  receiptsHash,
  type SignedTransaction,
  transactionDigest,
  transactionsHash,
} from '@solvent/protocol'
import { address, GAS, GENESIS_SECONDS, kindOf, L1, type Name, sign, spec } from './network.ts'

export interface DraftEntry {
  cause: EntryCause
  legs: Leg[]
  rounding?: Rounding[]
  /** Instead of the sound one. */
  index?: number
}

export interface DraftTransaction {
  from: Name
  call: Call
  entries: DraftEntry[]
  events: ChainEvent[]
  /** Set on a transaction that reverted. */
  reverted?: RevertReason
  /** Instead of the sender's next on the branch. */
  nonce?: number
  /** The key that is to count for the sender; its first unless given. */
  signer?: Name
  /** Whose key signs, whatever it says. */
  hand?: Name
  /** What it pays the producer, wei per gas; nothing unless given. */
  tip?: bigint
}

export interface DraftBlock {
  chainId: ChainId
  number: number
  transactions: DraftTransaction[]
  /** Fields of the header instead of the sound ones. */
  header?: Partial<BlockHeader>
  /** Builds on this block instead of the newest of its chain. */
  parent?: Block
}

interface Tip {
  readonly block: Block | null
  /** Digests of all messages of its chain so far. */
  readonly sent: readonly Hash32[]
  readonly index: number
  /** Of each sender the next nonce on this branch. */
  readonly nonces: ReadonlyMap<Name, number>
}

const FEE = 21n
const EPOCH_SLOTS = 2

/** Seals drafts in order; keeps the journals of both chains. */
export class Sealer {
  readonly #tips = new Map<Hash32 | ChainId, Tip>()

  /** The block of a draft, and before it a heartbeat for every epoch of the L1 that would be without a block and its votes. */
  blocks(draft: DraftBlock): Block[] {
    const { chainId, number, parent } = draft
    if (chainId !== L1) return [this.seal(draft)]
    const heartbeats: Block[] = []
    const from = (this.#tips.get(parent?.hash ?? chainId)?.block?.header.number ?? 0) + 1
    for (let slot = from; slot < number; slot++) {
      if (slot % EPOCH_SLOTS !== 0) continue
      const on = heartbeats.at(-1) ?? parent
      heartbeats.push(
        this.seal({ chainId, number: slot, transactions: [], ...(on === undefined ? {} : { parent: on }) }),
      )
    }
    const last = heartbeats.at(-1)
    return [...heartbeats, this.seal(last === undefined ? draft : { ...draft, parent: last })]
  }

  seal(draft: DraftBlock): Block {
    const { chainId } = draft
    const tip = this.#tips.get(draft.parent?.hash ?? chainId) ?? {
      block: null,
      sent: [],
      index: 1,
      nonces: new Map(),
    }
    const nonces = new Map(tip.nonces)
    let { index } = tip
    const transactions: SignedTransaction[] = []
    const receipts: Receipt[] = []
    for (const {
      from,
      call,
      entries,
      events,
      reverted,
      nonce = nonces.get(from) ?? 0,
      tip: paid = 0n,
      signer,
      hand = signer ?? from,
    } of draft.transactions) {
      nonces.set(from, nonce + 1)
      const signed = signedTransaction({ chainId, from, nonce, call, tip: paid, signer, hand })
      const journal: JournalEntry[] = []
      for (const { cause, legs, rounding = [], ...spoiled } of [gasEntry(from, paid), ...entries]) {
        const entry = { index, cause, legs, rounding, ...spoiled }
        index = entry.index + 1
        journal.push(entry)
      }
      transactions.push(signed)
      receipts.push({
        transactionHash: transactionDigest(signed.transaction),
        status: reverted === undefined ? 'ok' : 'reverted',
        reason: reverted ?? null,
        gasUsed: Number(FEE),
        entries: journal,
        events,
      })
    }
    const sent = [...tip.sent, ...receipts.flatMap(({ events }) => sentIn(events))]
    const block = sealBlock(draft, { ...tip, sent }, transactions, receipts)
    const next = { block, sent, index, nonces }
    this.#tips.set(chainId, next)
    this.#tips.set(block.hash, next)
    return block
  }
}

function signedTransaction({
  chainId,
  from,
  nonce,
  call,
  tip,
  signer,
  hand,
}: {
  readonly chainId: ChainId
  readonly from: Name
  readonly nonce: number
  readonly call: Call
  readonly tip: bigint
  readonly signer: Name | undefined
  readonly hand: Name
}): SignedTransaction {
  const transaction = {
    chainId,
    from: address(from),
    ...(signer === undefined ? {} : { signer: address(signer) }),
    nonce,
    gasLimit: 1_000_000,
    maxFeePerGas: 1n + tip,
    maxPriorityFeePerGas: tip,
    call,
  }
  return { transaction, signature: sign(hand, transactionDigest(transaction)) }
}

/** The L1's. */
const PRODUCER = spec.chains.find(({ chainId }) => chainId === L1)?.producers[0]?.address ?? ZERO_ADDRESS

function gasEntry(from: Name, tip: bigint): DraftEntry {
  const paid =
    tip === 0n ? [] : [{ kind: 'GAS_FEE', owner: PRODUCER, token: GAS, amount: FEE * tip } as const]
  return {
    cause: 'gas',
    legs: [
      { kind: kindOf(from), owner: address(from), token: GAS, amount: -FEE * (1n + tip) },
      { kind: 'BURN', owner: '', token: GAS, amount: FEE },
      ...paid,
    ],
  }
}

function sealBlock(
  draft: DraftBlock,
  tip: Tip,
  transactions: SignedTransaction[],
  receipts: Receipt[],
): Block {
  const { chainId, number } = draft
  const chain = spec.chains.find((each) => each.chainId === chainId)!
  const parent = tip.block?.header ?? null
  const hashes = { transactionsHash: transactionsHash(transactions), receiptsHash: receiptsHash(receipts) }
  const epoch = Math.floor(number / EPOCH_SLOTS)
  const isL1 = chainId === L1
  const header: BlockHeader = {
    chainId,
    number,
    emptyBefore: number - (parent?.number ?? 0) - 1,
    missedBefore: 0,
    parentHash: tip.block?.hash ?? ZERO_HASH,
    timestamp: GENESIS_SECONDS + Math.floor((number * chain.slotMs) / 1_000),
    producer: chain.producers[0]?.address ?? ZERO_ADDRESS,
    ...hashes,
    stateRoot:
      transactions.length === 0
        ? (parent?.stateRoot ?? ZERO_HASH)
        : root(parent?.stateRoot ?? ZERO_HASH, hashes),
    outboxRoot: outboxRoot(tip.sent),
    transactionCount: transactions.length,
    gasUsed: receipts.reduce((sum, { gasUsed }) => sum + gasUsed, 0),
    baseFee: 1n,
    market: CALM_MARKET,
    votes: isL1 ? 1 : 0,
    justified: isL1 ? Math.max(0, 2 * epoch - 1) : -1,
    finalized: isL1 ? Math.max(0, 2 * (epoch - 1) - 1) : -1,
    ...draft.header,
  }
  return {
    header,
    signature: sign('l1-producer', headerDigest(header)),
    hash: headerDigest(header),
    transactions,
    receipts,
  }
}

function sentIn(events: readonly ChainEvent[]): Hash32[] {
  return events.flatMap((event) => (event.kind === 'message-sent' ? [event.digest] : []))
}

/** The whole tree, level by level. */
function outboxRoot(digests: readonly Hash32[]): Hash32 {
  let empty: Uint8Array = new Uint8Array(32)
  let level = digests.map((digest) => blake3(hexToBytes(digest)))
  for (let height = 0; height < 32; height++) {
    const above: Uint8Array[] = []
    for (let i = 0; i < level.length; i += 2)
      above.push(blake3(new Uint8Array([...level[i]!, ...(level[i + 1] ?? empty)])))
    empty = blake3(new Uint8Array([...empty, ...empty]))
    level = above
  }
  return bytesToHex(level[0] ?? empty) as Hash32
}

function root(parentRoot: Hash32, hashes: { transactionsHash: Hash32; receiptsHash: Hash32 }): Hash32 {
  const parts = [parentRoot, hashes.transactionsHash, hashes.receiptsHash]
  return bytesToHex(sha256(Uint8Array.from(parts.flatMap((part) => [...hexToBytes(part)])))) as Hash32
}
