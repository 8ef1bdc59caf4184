// One feed as its reporter has it: what the chain says the answer is, what the world outside says, and whether that is worth a
// transaction. Source: Chainlink's feeds (deviation and heartbeat), FluxAggregator (a reporter joins a round that another began).
import type { Address } from '@solvent/primitives'
import { BPS } from '@solvent/primitives'
import {
  type Block,
  type Call,
  type FeedSource,
  type MisreportOrder,
  type OracleSpec,
  type PriceBook,
  priceAt,
} from '@solvent/protocol'
import { AnswerHistory } from './answer-history.ts'
import { MarketWatch } from './market-watch.ts'
import { misreported } from './misreport.ts'
import type { SoundnessWatch } from './soundness-watch.ts'

const UP_E8 = 10n ** 8n

export interface Post {
  readonly call: Call
  readonly ref: string
}

export interface FeedWatchInit {
  readonly prices: PriceBook
  readonly genesisMs: number
  readonly self: Address
  /** Of feeds that observe soundness. */
  readonly soundness: SoundnessWatch | null
}

export class FeedWatch {
  readonly oracle: OracleSpec
  readonly #source: FeedSource
  readonly #init: FeedWatchInit
  readonly #history: AnswerHistory
  readonly #market: MarketWatch | null
  #misreport: (MisreportOrder & { readonly sinceMs: number; readonly frozenE8: bigint }) | null = null
  /** It has waited longer for a block than the sequencer may take: the flag goes down once before it is up again. */
  #isOutageToTell = false
  /** Rounds that a misreporter has posted into again: each needs a name of its own. */
  #again = 0

  constructor(oracle: OracleSpec, init: FeedWatchInit) {
    if (oracle.source.kind !== 'feed') throw new Error(`${oracle.name} is no feed.`)
    this.oracle = oracle
    this.#source = oracle.source
    this.#init = init
    this.#history = new AnswerHistory(oracle, init.genesisMs)
    const { observes } = oracle.source
    this.#market = observes?.kind === 'market' ? new MarketWatch(observes) : null
  }

  followed(block: Block): void {
    this.#history.followed(block)
    this.#market?.followed(block)
  }

  orphaned(block: Block): void {
    this.#history.orphaned(block)
    this.#market?.orphaned(block)
  }

  /** A transaction of its own has waited so long for the block that is here now. */
  waited(waitedMs: number): void {
    const { observes } = this.#source
    if (observes?.kind === 'sequencer' && waitedMs > observes.silenceSeconds * 1_000)
      this.#isOutageToTell = true
  }

  mislead(order: MisreportOrder, nowMs: number): void {
    const { answer } = this.#history
    this.#misreport = { ...order, sinceMs: nowMs, frozenE8: answer?.answerE8 ?? this.#seen(nowMs) }
  }

  /** The report that is due now; null when there is none, or it was sent. */
  due(nowMs: number): Post | null {
    const misreport = this.#misreportAt(nowMs)
    if (misreport?.lie.kind === 'silent') return null
    const { answer, openRound } = this.#history
    if (answer?.answerE8 === 0n) this.#isOutageToTell = false
    const answerE8 = this.#answer(nowMs)
    const round = (answer?.round ?? -1) + 1
    const isDue =
      answer === null ||
      openRound === round ||
      nowMs >= answer.updatedMs + this.#heartbeatMs ||
      deviates(answerE8, answer.answerE8, this.#source.deviationBps)
    if (!isDue || this.#history.reportedBy(this.#init.self) >= round) return null
    if (misreport?.lie.kind === 'round-back') return this.#intoThePast(round - misreport.lie.rounds, answerE8)
    return this.#post(round, answerE8, `report/${this.oracle.address}/${round}`)
  }

  /** When to look again if no block comes: at the heartbeat, or a slot later while the price moves. */
  nextLookMs(nowMs: number, slotMs: number): number {
    const { path = [] } = this.#init.prices.find(({ symbol }) => symbol === this.oracle.symbol) ?? {}
    const isMoving = (path.at(-1)?.elapsedMs ?? 0) > nowMs - this.#init.genesisMs
    const updatedMs = this.#history.answer?.updatedMs ?? nowMs
    const heartbeat = Math.max(nowMs + slotMs, updatedMs + this.#heartbeatMs)
    const end = this.#misreportAt(nowMs)?.untilMs ?? Number.POSITIVE_INFINITY
    const isLying = this.#misreportAt(nowMs)?.lie.kind === 'drift'
    return isMoving || isLying ? nowMs + slotMs : Math.min(heartbeat, Math.max(nowMs + slotMs, end))
  }

  get #heartbeatMs(): number {
    return this.#source.heartbeatSeconds * 1_000
  }

  #answer(nowMs: number): bigint {
    const seen = this.#seen(nowMs)
    const misreport = this.#misreportAt(nowMs)
    if (misreport === null) return seen
    const { lie, sinceMs, frozenE8 } = misreport
    return misreported(lie, { seenE8: seen, frozenE8, lyingMs: nowMs - sinceMs })
  }

  #seen(nowMs: number): bigint {
    if (this.#source.observes?.kind === 'sequencer') return this.#isOutageToTell ? 0n : UP_E8
    const outside = (symbol: string) => priceAt(this.#init.prices, symbol, nowMs - this.#init.genesisMs)
    return (
      this.#init.soundness?.shareE8(outside) ?? this.#market?.priceE8(outside) ?? outside(this.oracle.symbol)
    )
  }

  #misreportAt(nowMs: number) {
    return this.#misreport !== null && nowMs < this.#misreport.untilMs ? this.#misreport : null
  }

  #intoThePast(round: number, answerE8: bigint): Post {
    this.#again++
    return this.#post(Math.max(0, round), answerE8, `report-again/${this.oracle.address}/${this.#again}`)
  }

  #post(round: number, answerE8: bigint, ref: string): Post {
    return { call: { kind: 'post-price', oracle: this.oracle.address, round, answerE8 }, ref }
  }
}

function deviates(answerE8: bigint, lastE8: bigint, bps: number): boolean {
  const apart = answerE8 > lastE8 ? answerE8 - lastE8 : lastE8 - answerE8
  const size = lastE8 < 0n ? -lastE8 : lastE8
  return apart > 0n && apart * BPS >= size * BigInt(bps)
}
