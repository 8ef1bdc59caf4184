// A chain of the benchmark of bridges: at its producer, and as those know it who follow it and send transactions to it.
import { type Address, type ChainId, MS_PER_SECOND } from '@solvent/primitives'
import {
  type Block,
  type BridgeMessage,
  type Call,
  type ChainEvent,
  createStandInSigner,
  createStandInVerifier,
  type DigestSigner,
  type SignedTransaction,
  transactionDigest,
} from '@solvent/protocol'
import { type ChainEngine, createChainEngine, gasOfCall, OutboxLeaves } from '@solvent/settlement'
import { account, EPOCH_SLOTS, genesisOf, L1, producerOf, spec } from './bridge-network.ts'
import { measured } from './processor-time.ts'

const SEED = 'bench'
/** Messages of a block. */
const IN_BLOCK = 500
const verifier = createStandInVerifier({ seed: SEED })

/** A message, and its place in its chain's outbox. */
export interface Sent {
  readonly message: BridgeMessage
  readonly leaf: number
}

/** A chain at its producer, and what a follower knows of it. */
export class Chain {
  readonly engine: ChainEngine
  readonly outbox = new OutboxLeaves()
  /** All but genesis, which nobody has signed. */
  readonly blocks: Block[] = []
  /** What has been sent, in order, with its place in the outbox. */
  readonly sent: Sent[] = []
  readonly #chainId: ChainId
  readonly #nonces = new Map<Address, number>()
  /** Signed for the next block, and the messages that they carry. */
  #waiting: SignedTransaction[] = []
  #carried = 0
  #slot = 0
  delivered = 0
  transactions = 0
  /** Those of them that deliver several messages, and the messages that arrived in them. */
  batches = 0
  batched = 0
  /** Processor time of the pool, execution and blocks. */
  ownMs = 0

  constructor(chainId: ChainId, senders: readonly Address[], messages: number) {
    this.#chainId = chainId
    const signer = signerOf(account(producerOf(chainId)))
    const genesis = genesisOf(chainId, senders, messages)
    this.engine = createChainEngine({ spec, chainId, genesis, verifier, signer })
  }

  /** A transaction with so many messages: a block is made of 500 of them, in however many transactions. */
  call(from: Address, call: Call, messages = 1): void {
    const nonce = this.#nonces.get(from) ?? 0
    this.#nonces.set(from, nonce + 1)
    const transaction = {
      chainId: this.#chainId,
      from,
      nonce,
      gasLimit: gasOfCall(call),
      maxFeePerGas: 10n,
      maxPriorityFeePerGas: 2n,
      call,
    }
    const signature = signerOf(from).sign(transactionDigest(transaction))
    this.#waiting.push({ transaction, signature })
    this.#carried += messages
    if (this.#carried >= IN_BLOCK) this.produce()
  }

  /** The next slot, or a later one. */
  produce(slot = this.#slot + 1): void {
    this.#slot = slot
    const { ms, result: block } = measured(() => {
      for (const signed of this.#waiting) {
        const { reason } = this.engine.submit(signed)
        if (reason !== null) throw new Error(`${signed.transaction.call.kind} is refused: ${reason}`)
      }
      return this.engine.produce({ number: slot, allowEmpty: true })
    })
    this.ownMs += ms
    this.#waiting = []
    this.#carried = 0
    if (block === null) throw new Error(`No block in slot ${slot}.`)
    this.#read(block)
  }

  /** Slots pass; on an L1 its heartbeats stand in them. */
  pass(seconds: number): void {
    const slotMs = spec.chains.find(({ chainId }) => chainId === this.#chainId)?.slotMs as number
    const until = this.#slot + Math.ceil((seconds * MS_PER_SECOND) / slotMs)
    if (this.#chainId === L1) while (this.#slot + EPOCH_SLOTS < until) this.produce(this.#slot + EPOCH_SLOTS)
    this.produce(until)
  }

  #read(block: Block): void {
    this.blocks.push(block)
    this.transactions += block.receipts.length
    for (const [at, { status, reason, events }] of block.receipts.entries()) {
      if (status !== 'ok') throw new Error(`A transaction reverts: ${reason}`)
      if (block.transactions[at]?.transaction.call.kind === 'deliver-batch') this.#countBatch(events)
      for (const event of events) {
        if (event.kind === 'message-delivered') this.delivered++
        if (event.kind !== 'message-sent') continue
        this.sent.push({ message: event.message, leaf: this.outbox.count })
        this.outbox.append(event.digest)
      }
    }
  }

  #countBatch(events: readonly ChainEvent[]): void {
    this.batches++
    for (const { kind } of events) if (kind === 'message-delivered') this.batched++
  }
}

const signers = new Map<Address, DigestSigner>()

export function signerOf(address: Address): DigestSigner {
  let signer = signers.get(address)
  if (signer === undefined) {
    signer = createStandInSigner({ seed: SEED, address })
    signers.set(address, signer)
  }
  return signer
}
