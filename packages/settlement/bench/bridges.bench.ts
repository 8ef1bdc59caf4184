// What messages cost: ten bridges of different custody and verification between four chains, 10,000 messages each, which
// are 100,000 in all (goal: 3 s, 30 µs a message). Each is sent by a transaction of its own and delivered with a proof, once
// by a transaction of its own, too, and once in batches of up to 32 of a bridge, as many as a transaction's bytes let in;
// through pools, execution, journals and blocks. The whole counts, and beside it what of it is the chains' own: the rest is
// the work of those who send, attest, relay and follow, whose signatures are stand-ins.
import { type Address, type ChainId, encodeCanonical } from '@solvent/primitives'
import { type Call, type MessageProof, maxBytesByType } from '@solvent/protocol'
import { joinDeliveries, type SingleDelivery } from '@solvent/settlement'
import { BARE_ADDITIONS, bareLoop } from './bare-loop.ts'
import { Chain, type Sent } from './bridge-chain.ts'
import { AMOUNT, account, CHAINS, type Crossing, crossings, EPOCH_SLOTS, L1 } from './bridge-network.ts'
import { prepare } from './bridge-proofs.ts'
import { measured } from './processor-time.ts'

export const name = 'bridges: ten of them, 100,000 messages'

const MESSAGES = 10_000
const SENDERS = 100
/** Messages of a transaction at most, as each line has it. */
const IN_BATCH = [1, 32] as const
/** Of a transaction beyond its call: fees, nonce, signature, envelope. */
const ENVELOPE_BYTES = 512
const ROUNDS = 3
const senders = Array.from({ length: SENDERS }, (_, i) => account(`sender-${i}`))

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

/** A bridge, what it has sent, how that is proven, and how many messages a transaction carries. */
interface Way {
  readonly crossing: Crossing
  readonly sent: readonly Sent[]
  readonly proofOf: (i: number) => MessageProof
  readonly most: number
}

/** Each bridge's relayer, in turn; what the sender has sent arrives in order. */
function deliverAll(most: number): void {
  const ways = crossings.map((crossing): Way => {
    const { address } = crossing.spec
    const sent = chainOf(crossing.from).sent.filter(({ message }) => message.bridge === address)
    const proofOf = prepare(crossing, sent, chainOf)
    return { crossing, sent, proofOf, most: mostThatFit({ crossing, sent, proofOf, most }) }
  })
  for (let from = 0; from < MESSAGES; from += most)
    for (const way of ways) {
      const to = Math.min(from + most, MESSAGES)
      for (let first = from; first < to; first += way.most)
        deliver(way, first, Math.min(first + way.most, to))
    }
  for (const chain of chains.values()) chain.produce()
}

function deliver({ crossing, sent, proofOf }: Way, from: number, to: number): void {
  const relayer = crossing.spec.relayers[0]?.address as Address
  chainOf(crossing.to).call(relayer, callOf(deliveriesOf({ sent, proofOf }, from, to)), to - from)
}

function deliveriesOf(
  { sent, proofOf }: Pick<Way, 'sent' | 'proofOf'>,
  from: number,
  to: number,
): SingleDelivery[] {
  return sent.slice(from, to).map(({ message }, i) => ({ message, proof: proofOf(from + i) }))
}

/** The largest batch, up to the most, whose transaction peers would accept. */
function mostThatFit(way: Way): number {
  let { most } = way
  while (most > 1 && !fits(callOf(deliveriesOf(way, 0, most)))) most--
  return most
}

function fits(call: Call): boolean {
  return encodeCanonical(call).length + ENVELOPE_BYTES <= maxBytesByType.transaction
}

function callOf(deliveries: readonly SingleDelivery[]): Call {
  return deliveries.length === 1
    ? { kind: 'deliver', ...(deliveries[0] as SingleDelivery) }
    : joinDeliveries(deliveries)
}

interface Round {
  readonly sending: number
  readonly delivering: number
  readonly total: number
  /** The chains' part of these. */
  readonly own: number
  readonly transactions: number
  /** Transactions that deliver several messages, and the messages in them. */
  readonly batches: number
  readonly batched: number
  readonly loop: number
}

function round(most: number): Round {
  const { ms: loop } = measured(bareLoop)
  for (const chainId of CHAINS) chains.set(chainId, new Chain(chainId, senders, MESSAGES))
  for (const { spec: bridge, to, arriving: token } of crossings) {
    if (bridge.custody.kind !== 'pool') continue
    const amount = 50n * AMOUNT * BigInt(MESSAGES)
    chainOf(to).call(account('provider'), { kind: 'pool-deposit', bridge: bridge.address, token, amount })
  }
  const { ms: sending } = measured(sendAll)
  const { ms: finality } = measured(() => chainOf(L1).pass(4 * EPOCH_SLOTS * 12))
  const { ms: delivering } = measured(() => deliverAll(most))
  let delivered = 0
  let own = 0
  let transactions = 0
  let batches = 0
  let batched = 0
  for (const chain of chains.values()) {
    delivered += chain.delivered
    own += chain.ownMs
    transactions += chain.transactions
    batches += chain.batches
    batched += chain.batched
  }
  if (delivered !== MESSAGES * crossings.length) throw new Error(`${delivered} messages are delivered.`)
  const total = sending + finality + delivering
  return { sending, delivering, total, own, transactions, batches, batched, loop }
}

export function run(): void {
  const messages = MESSAGES * crossings.length
  const rounds = IN_BATCH.map(() => [] as Round[])
  for (let i = 0; i < ROUNDS; i++) for (const [at, most] of IN_BATCH.entries()) rounds[at]?.push(round(most))
  const loop = Math.min(...rounds.flat().map((each) => each.loop))
  const part = (ms: number) => `${ms.toFixed(0)} ms (${(ms / loop).toFixed(2)} loops)`
  for (const [at, most] of IN_BATCH.entries()) {
    const sorted = (rounds[at] as Round[]).sort((a, b) => a.total - b.total)
    const [best, median] = [sorted[0] as Round, sorted[ROUNDS >> 1] as Round]
    const how = most === 1 ? 'each delivered by itself' : `delivered in batches of up to ${most}`
    console.log(`${how}, ${best.transactions} transactions, ${batchesOf(best)}:`)
    for (const [which, { sending, delivering, own, total }] of Object.entries({ best, median })) {
      const aMessage = ((1_000 * total) / messages).toFixed(1)
      console.log(
        `  ${which.padEnd(7)}${part(total)}, ${aMessage} µs a message: sending ${part(sending)}, proofs and delivery ${part(delivering)}; the chains' own ${part(own)}`,
      )
    }
  }
  console.log(
    `${crossings.length} bridges, ${messages} messages in all, each sent by a transaction of its own; a loop is ${BARE_ADDITIONS} float additions, here ${loop.toFixed(0)} ms`,
  )
}

function batchesOf({ batches, batched }: Round): string {
  if (batches === 0) return 'no batches'
  return `${batches} batches of ${(batched / batches).toFixed(1)} messages on average`
}
