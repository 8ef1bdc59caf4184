// What messages cost: ten bridges of different custody and verification between four chains, 10,000 messages each, which
// are 100,000 in all (goal: 3 s, 30 µs a message). Each is sent by a transaction and delivered by another one with a proof
// of its own, through pools, execution, journals and blocks. The whole counts, and beside it what of it is the chains' own:
// the rest is the work of those who send, attest, relay and follow, whose signatures are stand-ins.
import { type Address, type ChainId, type Hash32, MS_PER_SECOND } from '@solvent/primitives'
import {
  attestationDigest,
  attestationOf,
  type Block,
  type BridgeMessage,
  type Call,
  createStandInSigner,
  createStandInVerifier,
  type DigestSigner,
  type MessageProof,
  messageDigest,
  type SignedTransaction,
  transactionDigest,
} from '@solvent/protocol'
import { type ChainEngine, createChainEngine, gasOfCall, OutboxLeaves } from '@solvent/settlement'
import { BARE_ADDITIONS, bareLoop } from './bare-loop.ts'
import {
  AMOUNT,
  account,
  CHAINS,
  type Crossing,
  crossings,
  EPOCH_SLOTS,
  genesisOf,
  L1,
  producerOf,
  spec,
  WINDOW_SECONDS,
} from './bridge-network.ts'

export const name = 'bridges: ten of them, 100,000 messages'

const SEED = 'bench'
const MESSAGES = 10_000
const SENDERS = 100
const IN_BLOCK = 500
const IN_BUNDLE = 4_000
const ROUNDS = 3
const verifier = createStandInVerifier({ seed: SEED })
const senders = Array.from({ length: SENDERS }, (_, i) => account(`sender-${i}`))

/** A chain at its producer, and what a follower knows of it. */
class Chain {
  readonly engine: ChainEngine
  readonly outbox = new OutboxLeaves()
  /** All but genesis, which nobody has signed. */
  readonly blocks: Block[] = []
  readonly arrived: BridgeMessage[] = []
  readonly #chainId: ChainId
  readonly #nonces = new Map<Address, number>()
  readonly #places = new Map<Hash32, number>()
  /** Signed for the next block. */
  #waiting: SignedTransaction[] = []
  #slot = 0
  delivered = 0
  /** Processor time of the pool, execution and blocks. */
  ownMs = 0

  constructor(chainId: ChainId) {
    this.#chainId = chainId
    const signer = signerOf(account(producerOf(chainId)))
    const genesis = genesisOf(chainId, senders, MESSAGES)
    this.engine = createChainEngine({ spec, chainId, genesis, verifier, signer })
  }

  /** The place of a message in the outbox. */
  placeOf(message: BridgeMessage): number {
    return this.#places.get(messageDigest(message)) as number
  }

  call(from: Address, call: Call): void {
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
    if (this.#waiting.push({ transaction, signature }) === IN_BLOCK) this.produce()
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
    for (const { status, reason, events } of block.receipts) {
      if (status !== 'ok') throw new Error(`A transaction reverts: ${reason}`)
      for (const event of events) {
        if (event.kind === 'message-delivered') this.delivered++
        if (event.kind !== 'message-sent') continue
        this.#places.set(event.digest, this.outbox.count)
        this.outbox.append(event.digest)
        this.arrived.push(event.message)
      }
    }
  }
}

const signers = new Map<Address, DigestSigner>()

function signerOf(address: Address): DigestSigner {
  let signer = signers.get(address)
  if (signer === undefined) {
    signer = createStandInSigner({ seed: SEED, address })
    signers.set(address, signer)
  }
  return signer
}

const chains = new Map<ChainId, Chain>()
const chainOf = (chainId: ChainId): Chain => chains.get(chainId) as Chain

/** Every sender in turn, over every bridge. */
function sendAll(): void {
  for (let i = 0; i < MESSAGES; i++) {
    for (const { spec: bridge, from, to, sent } of crossings) {
      const sender = senders[i % SENDERS] as Address
      chainOf(from).call(sender, {
        ...{ kind: 'bridge-out', bridge: bridge.address, token: sent, amount: AMOUNT, dstChainId: to },
        recipient: sender,
      })
    }
  }
  for (const chain of chains.values()) chain.produce()
}

/** How a bridge's messages are proven, after what has to happen first: a proof of the message in a place. */
function prepare(
  { spec: bridge, from, to }: Crossing,
  messages: readonly BridgeMessage[],
): (i: number) => MessageProof {
  const { verification, address } = bridge
  const source = chainOf(from)
  const destination = chainOf(to)
  const relayer = bridge.relayers[0]?.address as Address
  if (verification.kind === 'quorum') {
    const { threshold, setIndex } = verification
    const signers = verification.verifiers.slice(0, threshold).map((each) => signerOf(each.address))
    return (i) => {
      const digest = attestationDigest(attestationOf(messages[i] as BridgeMessage, setIndex))
      const signatures = signers.map((signer) => ({
        verifier: signer.address,
        signature: signer.sign(digest),
      }))
      return { kind: 'quorum', setIndex, signatures }
    }
  }
  if (verification.kind === 'optimistic') {
    const trees: OutboxLeaves[] = []
    for (let first = 0; first < MESSAGES; first += IN_BUNDLE) {
      const bundled = messages.slice(first, first + IN_BUNDLE)
      const tree = new OutboxLeaves()
      for (const message of bundled) tree.append(messageDigest(message))
      const lanes = [{ srcChainId: from, emitter: address, from: first, to: first + bundled.length - 1 }]
      const { count } = tree
      destination.call(account('proposer'), {
        ...{ kind: 'propose-bundle', bridge: address, lanes, count, root: tree.root(count) },
      })
      trees.push(tree)
    }
    destination.produce()
    destination.pass(WINDOW_SECONDS + 1)
    return (i) => {
      const bundle = Math.floor(i / IN_BUNDLE)
      const leaf = i % IN_BUNDLE
      const tree = trees[bundle] as OutboxLeaves
      return { kind: 'bundle', bundle, leaf, path: tree.path(leaf, tree.count) }
    }
  }
  const { count } = source.outbox
  const pathOf = (i: number) => {
    const leaf = source.placeOf(messages[i] as BridgeMessage)
    return { leaf, path: source.outbox.path(leaf, count) }
  }
  // The first block with all messages in its outbox.
  const tip = source.blocks.find(({ header }) => header.outboxRoot === source.outbox.root(count)) as Block
  if (from !== L1) {
    const { number, stateRoot, outboxRoot } = tip.header
    const producer = account(producerOf(from))
    destination.call(producer, {
      kind: 'post-batch',
      rollup: from,
      fromBlock: 1,
      toBlock: number,
      after: null,
      tip: tip.hash,
    })
    destination.call(producer, { kind: 'post-root', rollup: from, block: number, stateRoot, outboxRoot })
    destination.produce()
    destination.pass(WINDOW_SECONDS + 1)
    return (i) => ({ kind: 'rollup-root', block: number, header: tip.hash, ...pathOf(i) })
  }
  const form = 'form' in verification ? verification.form : 'headers'
  for (let first = 0; first < source.blocks.length; first += 32) {
    const headers = source.blocks
      .slice(first, first + 32)
      .map(({ header, signature }) => ({ header, signature }))
    destination.call(relayer, { kind: 'submit-headers', bridge: address, source: from, form, headers })
  }
  destination.produce()
  return (i) => ({ kind: 'header-inclusion', header: tip.hash, ...pathOf(i) })
}

/** Each bridge's relayer, in turn; what the sender has sent arrives in order. */
function deliverAll(): void {
  const ways = crossings.map((crossing) => {
    const { address } = crossing.spec
    const messages = chainOf(crossing.from).arrived.filter(({ bridge }) => bridge === address)
    return { crossing, messages, proofOf: prepare(crossing, messages) }
  })
  for (let i = 0; i < MESSAGES; i++) {
    for (const { crossing, messages, proofOf } of ways) {
      const relayer = crossing.spec.relayers[0]?.address as Address
      const message = messages[i] as BridgeMessage
      chainOf(crossing.to).call(relayer, { kind: 'deliver', message, proof: proofOf(i) })
    }
  }
  for (const chain of chains.values()) chain.produce()
}

interface Round {
  readonly sending: number
  readonly finality: number
  readonly delivering: number
  /** The chains' part of these. */
  readonly own: number
}

function round(): Round {
  for (const chainId of CHAINS) chains.set(chainId, new Chain(chainId))
  for (const { spec: bridge, to, arriving: token } of crossings) {
    if (bridge.custody.kind !== 'pool') continue
    const amount = 50n * AMOUNT * BigInt(MESSAGES)
    chainOf(to).call(account('provider'), { kind: 'pool-deposit', bridge: bridge.address, token, amount })
  }
  const { ms: sending } = measured(sendAll)
  const { ms: finality } = measured(() => chainOf(L1).pass(4 * EPOCH_SLOTS * 12))
  const { ms: delivering } = measured(deliverAll)
  let delivered = 0
  let own = 0
  for (const chain of chains.values()) {
    delivered += chain.delivered
    own += chain.ownMs
  }
  if (delivered !== MESSAGES * crossings.length) throw new Error(`${delivered} messages are delivered.`)
  return { sending, finality, delivering, own }
}

/** Processor time of this thread, ms: what else the machine does counts for little. */
function measured<T>(work: () => T): { readonly ms: number; readonly result: T } {
  const start = process.threadCpuUsage()
  const result = work()
  const { user, system } = process.threadCpuUsage(start)
  return { ms: (user + system) / 1_000, result }
}

export function run(): void {
  const rounds: (Round & { readonly loop: number; readonly total: number })[] = []
  for (let i = 0; i < ROUNDS; i++) {
    const { ms: loop } = measured(bareLoop)
    const times = round()
    rounds.push({ ...times, loop, total: times.sending + times.finality + times.delivering })
  }
  rounds.sort((a, b) => a.total - b.total)
  const loop = Math.min(...rounds.map((each) => each.loop))
  const messages = MESSAGES * crossings.length
  for (const [which, { sending, finality, delivering, own, total }] of [
    ['best', rounds[0] as (typeof rounds)[number]],
    ['median', rounds[ROUNDS >> 1] as (typeof rounds)[number]],
  ] as const) {
    const part = (ms: number) => `${ms.toFixed(0)} ms (${(ms / loop).toFixed(2)} loops)`
    const aMessage = ((1_000 * total) / messages).toFixed(1)
    console.log(
      `${which.padEnd(7)}${part(total)}, ${aMessage} µs a message: sending ${part(sending)}, finality ${finality.toFixed(0)} ms, proofs and delivery ${part(delivering)}; the chains' own ${part(own)}`,
    )
  }
  console.log(
    `${crossings.length} bridges, ${messages} messages in all, two transactions each; a loop is ${BARE_ADDITIONS} float additions, here ${loop.toFixed(0)} ms`,
  )
}
