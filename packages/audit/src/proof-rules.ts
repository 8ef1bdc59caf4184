// Payment for a fill across two chains, O-3, O-6, O-11. The origin's claim and the destination's fill may reach the
// audit in either order, and finality later still: what cannot be judged yet waits, and is judged when the chain
// that must say so is known beyond the moment in question.
import { MS_PER_SECOND } from '@solvent/primitives'
import type { ChainEvent, FinalityLevel } from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import type { ExploitRegister } from './exploit-register.ts'
import type { FinalityTracker } from './finality-tracker.ts'
import type { InvariantId } from './invariant-id.ts'
import type { OrderRecord, ProofRecord } from './order-record.ts'
import type { Tally } from './tally.ts'

/** A proof whose fill, or whose fill's finality, is not known yet. */
interface OpenProof {
  readonly record: OrderRecord
  readonly proof: ProofRecord
  /** Start of the slot in which the origin accepted it, Unix ms. */
  readonly provenAtMs: number
  readonly digest: string
}

/** What a proof is judged by. */
export interface ProofContext {
  readonly finality: FinalityTracker
  readonly exploits: ExploitRegister
  /** Times of two chains compare only within it, ms. */
  readonly clockSpreadMs: number
}

export class ProofRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #finality: FinalityTracker
  readonly #exploits: ExploitRegister
  readonly #clockSpreadMs: number
  #open: OpenProof[] = []

  constructor(tally: Tally, index: NetworkIndex, context: ProofContext) {
    this.#tally = tally
    this.#index = index
    this.#finality = context.finality
    this.#exploits = context.exploits
    this.#clockSpreadMs = context.clockSpreadMs
  }

  proven(scope: Scope, record: OrderRecord, event: Extract<ChainEvent, { kind: 'fill-proven' }>): void {
    const digest = carrierOf(scope, event)
    const { payee, outputAmount, filledAt } = event
    const isForged = this.#exploits.isDeclared(digest)
    record.proof = { payee, outputAmount, filledAt, provenAt: scope.timestamp, isForged }
    const open = { record, proof: record.proof, provenAtMs: scope.atMs, digest }
    if (!this.#judge(open)) this.#open.push(open)
  }

  settled(scope: Scope, record: OrderRecord, event: Extract<ChainEvent, { kind: 'order-claimed' }>): void {
    const { proof, order } = record
    this.#tally.checked['O-3']++
    record.paid += event.amount
    if (record.paid > order.input.amount || event.token !== order.input.token) {
      this.#breach(
        'O-3',
        record,
        scope.atMs,
        `paid ${record.paid} ${event.token}, the input is ${order.input.amount} ${order.input.token}`,
      )
    }
    if (proof === null) this.#breach('O-3', record, scope.atMs, 'paid without a proof of its fill')
    else if (proof.payee !== event.payee)
      this.#breach('O-3', record, scope.atMs, `paid ${event.payee}, the proof names ${proof.payee}`)
    if (proof?.isForged === true) return
    if (record.fill === null) record.awaitsFill = true
    else this.#keeps(record, scope.atMs)
  }

  /** A fill became known: a claim may have waited for it. */
  filled(scope: Scope, record: OrderRecord): void {
    if (!record.awaitsFill) return
    record.awaitsFill = false
    this.#keeps(record, scope.atMs)
  }

  /** Judges what has become decidable; cheap when nothing waits. */
  advance(): void {
    if (this.#open.length > 0) this.#open = this.#open.filter((open) => !this.#judge(open))
  }

  /** O-6: a settled order's fill kept the order. */
  #keeps(record: OrderRecord, atMs: number): void {
    const { order, fill } = record
    if (fill === null) return
    this.#tally.checked['O-6']++
    const isKept =
      fill.chainId === order.output.chainId &&
      fill.outputAmount >= order.output.minAmount &&
      fill.timestamp <= order.fillDeadline &&
      fill.isDelivered
    if (!isKept) {
      this.#breach(
        'O-6',
        record,
        atMs,
        `settled for ${fill.outputAmount} on chain ${fill.chainId} at ${fill.timestamp}, ${fill.isDelivered ? '' : 'not '}credited to ${order.output.recipient}; it wants ${order.output.minAmount} on chain ${order.output.chainId} by ${order.fillDeadline}`,
      )
    }
  }

  /** True when nothing is left to wait for. */
  #judge({ record, proof, provenAtMs, digest }: OpenProof): boolean {
    if (record.proof !== proof || proof.isForged || this.#exploits.isDeclared(digest)) return true
    const { fill, order } = record
    if (fill === null) {
      if (!this.#index.isKnownBeyond(order.output.chainId, this.#decidedAt(provenAtMs))) return false
      this.#tally.checked['O-3']++
      this.#breach(
        'O-3',
        record,
        provenAtMs,
        `proven at ${proof.provenAt}, and chain ${order.output.chainId} holds no fill of it`,
      )
      return true
    }
    const level = this.#index.bridges.get(order.prover)?.finality ?? 'finalized'
    const reachedAtMs = this.#finality.reachedAtMs(fill.chainId, fill.block, level)
    if (reachedAtMs === null && !this.#isFinalityKnown(record, provenAtMs)) return false
    this.#tally.checked['O-3']++
    if (
      proof.payee !== fill.payee ||
      proof.outputAmount !== fill.outputAmount ||
      proof.filledAt !== fill.timestamp
    ) {
      this.#breach(
        'O-3',
        record,
        provenAtMs,
        `proven as ${proof.outputAmount} for ${proof.payee} at ${proof.filledAt}, filled ${fill.outputAmount} for ${fill.payee} at ${fill.timestamp}`,
      )
    }
    this.#final({ record, provenAtMs, level, reachedAtMs, filledAtMs: fill.timestamp * MS_PER_SECOND })
    return true
  }

  #final(fact: {
    readonly record: OrderRecord
    readonly provenAtMs: number
    readonly level: FinalityLevel
    readonly reachedAtMs: number | null
    readonly filledAtMs: number
  }): void {
    const { record, provenAtMs, level, reachedAtMs, filledAtMs } = fact
    this.#tally.checked['O-11']++
    const latestMs = provenAtMs + this.#clockSpreadMs
    if (reachedAtMs !== null && latestMs >= reachedAtMs && latestMs >= filledAtMs) return
    const when = reachedAtMs === null ? 'later' : `at ${reachedAtMs} ms`
    this.#breach(
      'O-11',
      record,
      provenAtMs,
      `proven at ${provenAtMs} ms, its fill in block ${record.fill?.block} of chain ${record.fill?.chainId} is ${level} ${when}`,
    )
  }

  /** Whether the L1 that decides the fill's finality is known beyond the moment of the proof, or silent for long after it. */
  #isFinalityKnown({ order }: OrderRecord, provenAtMs: number): boolean {
    const destination = this.#index.chains.get(order.output.chainId)
    if (destination === undefined) return true
    const { consensus } = destination.spec
    const l1 = consensus.kind === 'l1' ? destination.chainId : consensus.l1
    return this.#index.isKnownBeyond(l1, this.#decidedAt(provenAtMs))
  }

  /** Chain time of another chain by which it has said what it says of that moment, Unix seconds. */
  #decidedAt(provenAtMs: number): number {
    return (provenAtMs + this.#clockSpreadMs) / MS_PER_SECOND
  }

  #breach(id: InvariantId, record: OrderRecord, atMs: number, detail: string): void {
    this.#tally.breach(id, atMs, record.order.originChainId, `order ${record.id}: ${detail}`)
  }
}

/** The digest of the message that brought a proof: the newest that was delivered before it in its transaction. */
function carrierOf({ receipt }: Scope, proven: ChainEvent): string {
  let digest = ''
  for (const event of receipt.events) {
    if (event === proven) break
    if (event.kind === 'message-delivered') digest = event.digest
  }
  return digest
}
