// A producer in league with a ring of solvers: it takes rivals' transactions like any others, answers as if they were in the pool, and
// passes them on later. What it knows of the ring is its configuration: who is favoured and who is a rival. docs/models/misconduct.md.
import type { Ports, TimerId } from '@solvent/ports'
import type { Address, ChainId, NodeId, OrderId } from '@solvent/primitives'
import {
  type Block,
  type ChainSpec,
  orderDigest,
  type SignedTransaction,
  type SolventVocabulary,
} from '@solvent/protocol'
import { createTimerTable } from '../parts/timer-table.ts'
import type { ChainProducer } from './chain-producer.ts'

export const favourConducts = ['hold-back', 'front-run', 'last-look'] as const
/**
 * `hold-back`: for so many slots, whatever happens. `front-run`: fills, until the ring's own of the same order is in a block, at most so long.
 * `last-look`: the same, and the ring is told what the fill delivers, to take the order at that or to leave it.
 */
type FavourConduct = (typeof favourConducts)[number]

/** `open`: of an order, or of a part of one. */
export const favouredCalls = ['open', 'fill'] as const
type FavouredCall = (typeof favouredCalls)[number]

/** What a producer does for a ring on one of its chains. */
export interface Favour {
  readonly chainId: ChainId
  readonly conduct: FavourConduct
  /** Kinds of calls of rivals that are kept waiting. */
  readonly calls: readonly FavouredCall[]
  readonly slots: number
  /** Whose transactions wait: all solvers that are not of the ring. */
  readonly rivals: readonly Address[]
  /** Whom a last look tells. */
  readonly friends: readonly NodeId[]
}

export type FavourPorts = Pick<Ports<SolventVocabulary>, 'clock' | 'timers' | 'transport' | 'meter'>

/** Transactions kept waiting at most; beyond, they pass. Of those let go and of filled orders the newest are remembered. */
const MOST_WAITING = 10_000
const MOST_REMEMBERED = 10_000

interface Waiting {
  /** The newest with this sender and nonce: a replacement takes the place of what it replaces. */
  signed: SignedTransaction
  readonly order: OrderId
  readonly timer: TimerId
}

export interface Favours {
  /** Whether the transaction is kept waiting here; it is passed on to its producer later. */
  keeps(signed: SignedTransaction): boolean
  /** Every followed block. */
  onBlock(block: Block): void
  /** False when the timer is not its own. */
  onTimer(timer: TimerId): boolean
}

/** Everything that a sequencer does for rings, at most one on each chain. */
export function createFavours(
  favours: readonly Favour[],
  producers: ReadonlyMap<ChainId, Pick<ChainProducer, 'chain' | 'submit'>>,
  ports: FavourPorts,
): Favours {
  const rings = new Map<ChainId, Favours>()
  for (const favour of favours) {
    const producer = producers.get(favour.chainId)
    if (producer === undefined) throw new Error(`A favour on chain ${favour.chainId}, which is not produced.`)
    const pass = (signed: SignedTransaction): void => producer.submit(signed, () => {})
    rings.set(favour.chainId, createFavouredRing({ favour, chain: producer.chain, pass }, ports))
  }
  return {
    keeps: (signed) => rings.get(signed.transaction.chainId)?.keeps(signed) === true,
    onBlock: (block) => rings.get(block.header.chainId)?.onBlock(block),
    onTimer: (timer) => [...rings.values()].some((ring) => ring.onTimer(timer)),
  }
}

/** Keeps rivals waiting on one chain; who is kept there is in memory only, as a pool is: senders hand in again. */
function createFavouredRing(
  {
    favour: { conduct, calls, rivals, slots, friends },
    chain,
    pass,
  }: {
    readonly favour: Favour
    readonly chain: ChainSpec
    readonly pass: (signed: SignedTransaction) => void
  },
  ports: FavourPorts,
): Favours {
  const timers = createTimerTable<string>(ports.timers)
  /** By sender and nonce, in the order of arrival. */
  const waiting = new Map<string, Waiting>()
  /** Senders and nonces that have waited; they are handed in again where the pool has lost them. */
  const passed = new Set<string>()
  const filled = new Set<OrderId>()

  function release(key: string): void {
    const held = waiting.get(key)
    if (held === undefined) return
    waiting.delete(key)
    timers.cancel(held.timer)
    remember(passed, key)
    pass(held.signed)
  }

  function tell(orderId: OrderId, solver: Address, outputAmount: bigint): void {
    const body = { kind: 'rival-fill', orderId, solver, outputAmount } as const
    for (const friend of friends)
      ports.transport.request(friend, { type: 'side-channel', body }, slots * chain.slotMs)
  }

  return {
    keeps(signed) {
      const { from, nonce, call } = signed.transaction
      const key = `${from}/${nonce}`
      const known = waiting.get(key)
      if (known !== undefined) {
        known.signed = signed
        return true
      }
      if (!rivals.includes(from) || passed.has(key) || waiting.size >= MOST_WAITING) return false
      if (call.kind !== 'open' && call.kind !== 'open-part' && call.kind !== 'fill') return false
      const order = orderDigest(call.order)
      const named: FavouredCall = call.kind === 'open-part' ? 'open' : call.kind
      if (!calls.includes(named) || (conduct !== 'hold-back' && filled.has(order))) return false
      const timer = timers.setAt(ports.clock.nowMs() + slots * chain.slotMs, key)
      waiting.set(key, { signed, order, timer })
      ports.meter.count('rival-transactions-held')
      if (conduct === 'last-look' && call.kind === 'fill') tell(order, from, call.amount)
      return true
    },
    onBlock({ receipts }) {
      if (conduct === 'hold-back') return
      for (const event of receipts.flatMap(({ events }) => events)) {
        if (event.kind !== 'order-filled') continue
        remember(filled, event.orderId)
        for (const [key, { order }] of [...waiting]) if (order === event.orderId) release(key)
      }
    },
    onTimer(timer) {
      const key = timers.take(timer)
      if (key === undefined) return false
      release(key)
      return true
    },
  }
}

function remember<T>(known: Set<T>, added: T): void {
  const [oldest] = known
  if (oldest !== undefined && known.size >= MOST_REMEMBERED) known.delete(oldest)
  known.add(added)
}
