// Rewards of batches, paid on a chain: when all orders of a batch that were won have been filled or faded, each winner earns what it added
// to the batch, within caps (CoW Protocol: docs …/auctions/rewards.md; batch/solver-rewards.ts). A reward below zero is owed, and netted with
// later ones before anything is paid, as CoW's weekly accounting does. What caps leave over a period is shared by consistency. Everything is in the store: nothing is paid twice.
import { performanceReward } from '@solvent/mechanisms'
import type { Inbound, TimerId } from '@solvent/ports'
import {
  type Address,
  BPS,
  decodeCanonical,
  encodeCanonical,
  msToSeconds,
  mulDivFloor,
  type OrderId,
  secondsToMs,
  wholeUnit,
  ZERO_ADDRESS,
} from '@solvent/primitives'
import type { BatchOutcome, Block, DomainEvent, NetworkSpec, SolventVocabulary } from '@solvent/protocol'
import { createTimerTable, type TimerTable } from '../parts/timer-table.ts'
import { createTransactionSender, type TransactionSender } from '../parts/transaction-sender.ts'
import type { NetworkFacts } from '../solver/network-facts.ts'
import type { AuctioneerPorts } from './auctioneer-init.ts'
import { ConsistencyBook } from './consistency-book.ts'
import { FeeBook } from './fee-book.ts'
import type { RewardTerms } from './reward-terms.ts'

interface OpenBatch {
  readonly closesAt: number
  readonly total: bigint
  readonly winners: readonly {
    readonly solver: Address
    readonly score: bigint
    readonly reference: bigint
    /** Of its winning solutions, each with its score. */
    readonly solutions: readonly { readonly score: bigint; readonly orders: readonly OrderId[] }[]
  }[]
  readonly faded: readonly OrderId[]
  readonly waiting: readonly OrderId[]
}

type Credit = Pick<Extract<DomainEvent, { kind: 'reward-paid' }>, 'batch' | 'rewardE8' | 'feeE8' | 'paidE8'>

const BATCHES = 'reward/batch/'
const OWED = 'reward/owed/'

export class RewardDesk {
  readonly #terms: RewardTerms
  readonly #ports: AuctioneerPorts
  readonly #facts: NetworkFacts
  readonly #sender: TransactionSender
  readonly #open = new Map<number, OpenBatch>()
  readonly #genesisSeconds: number
  readonly #consistency: ConsistencyBook
  readonly #fees: FeeBook
  readonly #timers: TimerTable<{ readonly until: number }>

  constructor(terms: RewardTerms, spec: NetworkSpec, ports: AuctioneerPorts, facts: NetworkFacts) {
    this.#terms = terms
    this.#ports = ports
    this.#facts = facts
    this.#genesisSeconds = msToSeconds(spec.genesisMs)
    this.#consistency = new ConsistencyBook(ports.store)
    this.#fees = new FeeBook(ports.store, facts, ports.signer.address)
    this.#timers = createTimerTable(ports.timers)
    this.#sender = createTransactionSender({ spec, onIncluded: () => {} }, ports)
  }

  /** After a restart, and at the start. */
  resume(): void {
    const { store } = this.#ports
    for (const key of store.keys(BATCHES)) {
      const bytes = store.get(key)
      if (bytes === undefined) continue
      const batch = decodeCanonical(bytes) as unknown as OpenBatch
      this.#open.set(batch.closesAt, batch)
    }
    this.#consistency.resume()
    this.#planSharing()
    this.#sender.start()
  }

  /** @param filtered hashes of the solutions that were not fair */
  decided(outcome: BatchOutcome, filtered: ReadonlySet<string>): void {
    const { closesAt, lots, solutions, winners, rewards } = outcome
    if (this.#terms.consistencySeconds !== undefined) this.#consistency.decided(outcome, filtered)
    if (rewards.length === 0) return
    const lotOf = new Map(lots.map((lot) => [lot.orderId, lot]))
    const won = solutions.filter(({ hash }) => winners.includes(hash))
    const scoreOf = ({ items }: (typeof won)[number]): bigint =>
      items.reduce((sum, { orderId, outputAmount }) => {
        const lot = lotOf.get(orderId)
        if (lot === undefined) return sum
        return sum + mulDivFloor(outputAmount - lot.minAmount, lot.priceE8, wholeUnit(lot.decimals))
      }, 0n)
    this.#keep({
      closesAt,
      total: rewards.reduce((sum, { score }) => sum + score, 0n),
      winners: rewards.map(({ solver, score, reference }) => ({
        solver,
        score,
        reference,
        solutions: won
          .filter((each) => each.solver === solver)
          .map((each) => ({ score: scoreOf(each), orders: each.items.map(({ orderId }) => orderId) })),
      })),
      faded: [],
      waiting: won.flatMap(({ items }) => items.map(({ orderId }) => orderId)),
    })
  }

  /** An award was kept, or faded. */
  judged(orderId: OrderId, isKept: boolean): void {
    for (const batch of this.#open.values()) {
      if (!batch.waiting.includes(orderId)) continue
      const waiting = batch.waiting.filter((each) => each !== orderId)
      const faded = isKept ? batch.faded : [...batch.faded, orderId]
      const next = { ...batch, waiting, faded }
      this.#keep(next)
      if (waiting.length === 0) this.#settle(next)
      return
    }
  }

  onBlock(block: Block): void {
    this.#sender.onBlock(block)
    this.#fees.followed(block)
  }

  onOrphaned(block: Block): void {
    this.#fees.orphaned(block)
    this.#sender.onOrphaned(block)
  }

  onMessage(inbound: Inbound<SolventVocabulary>): boolean {
    return inbound.via !== 'gossip' && this.#sender.onMessage(inbound)
  }

  onTimer(timer: TimerId): boolean {
    const due = this.#timers.take(timer)
    if (due === undefined) return this.#sender.onTimer(timer)
    this.#share(due.until)
    this.#planSharing()
    return true
  }

  /** At the next multiple of a period. */
  #planSharing(): void {
    const { consistencySeconds: period } = this.#terms
    if (period === undefined) return
    const now = msToSeconds(this.#ports.clock.nowMs())
    const passed = Math.floor((now - this.#genesisSeconds) / period)
    const until = this.#genesisSeconds + (passed + 1) * period
    this.#timers.setAt(secondsToMs(until), { until })
  }

  #share(until: number): void {
    const shares = this.#consistency.close()
    this.#ports.log.event({ kind: 'consistency-shared', shares })
    for (const { solver, reward } of shares.records)
      if (reward > 0n)
        this.#credit(`consistency/${until}`, solver, { batch: null, rewardE8: reward, feeE8: 0n, paidE8: 0n })
  }

  #keep(batch: OpenBatch): void {
    this.#open.set(batch.closesAt, batch)
    this.#ports.store.put(BATCHES + batch.closesAt, encodeCanonical(batch))
  }

  #settle({ closesAt, total, winners, faded }: OpenBatch): void {
    const { feeBps, capBps, mostPenaltyE8: mostPenalty } = this.#terms
    for (const { solver, score, reference, solutions } of winners) {
      const missing = solutions
        .filter(({ orders }) => orders.some((orderId) => faded.includes(orderId)))
        .reduce((sum, each) => sum + each.score, 0n)
      const protocolFee = mulDivFloor(score - missing, BigInt(feeBps), BPS)
      const rewardE8 = performanceReward({ total, reference, missing, protocolFee, capBps, mostPenalty })
      const feeE8 = this.#terms.feesPaidBy === undefined ? 0n : protocolFee
      const paidE8 = feeE8 === 0n ? 0n : feeE8 - this.#fees.unpaidOf(solver, feeE8)
      this.#credit(`reward/${closesAt}`, solver, { batch: closesAt, rewardE8, feeE8, paidE8 })
      if (this.#terms.consistencySeconds === undefined) continue
      const settled = solutions.filter(({ orders }) => !orders.some((orderId) => faded.includes(orderId)))
      this.#consistency.settled({
        ...{ solver, won: solutions.length, settled: settled.length },
        ...{ protocolFee, capBps, reward: rewardE8 },
      })
    }
    this.#open.delete(closesAt)
    this.#ports.store.delete(BATCHES + closesAt)
  }

  /** Nets with what is owed from before; what is left above zero leaves by a transaction. */
  #credit(ref: string, solver: Address, credit: Credit): void {
    const { store, log } = this.#ports
    const { rewardE8, feeE8, paidE8 } = credit
    const before = store.get(OWED + solver)
    const balance =
      rewardE8 - (feeE8 - paidE8) + (before === undefined ? 0n : (decodeCanonical(before) as bigint))
    store.put(OWED + solver, encodeCanonical(balance > 0n ? 0n : balance))
    const { chainId } = this.#terms
    const gas = this.#facts.token(chainId, ZERO_ADDRESS)
    const wei =
      balance <= 0n || gas === undefined ? 0n : mulDivFloor(balance, wholeUnit(gas.decimals), gas.priceE8)
    log.event({ kind: 'reward-paid', solver, ...credit, chainId, gasPriceE8: gas?.priceE8 ?? 0n, wei })
    if (wei === 0n) return
    this.#sender.send({
      chainId: this.#terms.chainId,
      ref: `${ref}/${solver}`,
      call: { kind: 'transfer', token: ZERO_ADDRESS, to: solver, amount: wei },
    })
  }
}
