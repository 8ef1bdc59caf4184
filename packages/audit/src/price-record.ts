// What oracles say by the audit's own reading of their events: medians, queues, caps (C-5).
import type { Address, ChainId } from '@solvent/primitives'
import type {
  AverageSource,
  ChainEvent,
  FairShareSource,
  OracleSpec,
  PriceRule,
  VaultShareSource,
} from '@solvent/protocol'
import { averageOf } from './average-record.ts'
import { RAY } from './credit-arithmetic.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>

export interface KnownPrice {
  readonly priceE8: bigint
  /** Unix seconds. */
  readonly at: number
}

interface Known {
  readonly spec: OracleSpec
  current: (KnownPrice & { readonly round: number }) | null
  queued: KnownPrice | null
  /** Of an average: its last reading. */
  reading: { readonly sum: bigint; readonly at: number } | null
  /** Since when the answer is positive, or is not. */
  since: number
  readonly reports: Map<Address, { readonly round: number; readonly answerE8: bigint }>
}

/** What the audit's own records say of a market that is averaged. */
export interface AverageSums {
  readonly sumOf: (source: AverageSource) => bigint | null
  /** What its price was between two sums, in UQ112.112. */
  readonly ratioX112: (source: AverageSource, before: MarketSum, after: MarketSum) => bigint
  /** By how many units of an answer its own powers may differ. */
  readonly slack: (source: AverageSource) => bigint
}

/** What shares are worth at the prices of both coins. */
export interface ShareValues {
  readonly shareOf: (source: FairShareSource, price0E8: bigint, price1E8: bigint) => bigint | null
  readonly vaultShareOf: (source: VaultShareSource, price0E8: bigint, price1E8: bigint) => bigint | null
}

export interface MarketSum {
  readonly sum: bigint
  /** Unix seconds. */
  readonly at: number
}

/** Undoes one change. */
type TakeBack = () => void

const E8 = 10n ** 8n
const YEAR_BPS = 10_000n * 365n * 86_400n
const DEEPEST = 16

export class PriceRecord {
  readonly #oracles = new Map<Address, Known>()
  /** The supply index of a reserve at a time, in ray. */
  readonly #shareOf: (source: FairShareSource, price0E8: bigint, price1E8: bigint) => bigint | null
  readonly #vaultShareOf: (source: VaultShareSource, price0E8: bigint, price1E8: bigint) => bigint | null
  readonly #indexOf: (chainId: ChainId, pool: Address, token: Address, now: number) => bigint | null

  constructor(
    specs: readonly OracleSpec[],
    genesisSeconds: number,
    indexOf: (chainId: ChainId, pool: Address, token: Address, now: number) => bigint | null,
    { shareOf, vaultShareOf }: ShareValues,
  ) {
    this.#shareOf = shareOf
    this.#vaultShareOf = vaultShareOf
    this.#indexOf = indexOf
    for (const spec of specs) {
      const first = spec.source.kind === 'feed' || spec.source.kind === 'twap' ? spec.source.genesisE8 : null
      this.#oracles.set(spec.address, {
        spec,
        current: first === null ? null : { priceE8: first, at: genesisSeconds, round: 0 },
        queued: null,
        reading: null,
        since: 0,
        reports: new Map(),
      })
    }
  }

  posted({ oracle, reporter, round, answerE8 }: Event<'price-posted'>): TakeBack | string {
    const known = this.#oracles.get(oracle)
    if (known?.spec.source.kind !== 'feed') return 'a report to no feed'
    if (!known.spec.source.reporters.some(({ address }) => address === reporter))
      return `a report of ${reporter}, who is no reporter`
    const before = known.reports.get(reporter)
    known.reports.set(reporter, { round, answerE8 })
    return () => {
      if (before === undefined) known.reports.delete(reporter)
      else known.reports.set(reporter, before)
    }
  }

  /** Takes the answer over, or says why it does not follow from the reports. */
  updated({ oracle, round, answerE8 }: Event<'price-updated'>, now: number): TakeBack | string {
    const known = this.#oracles.get(oracle)
    if (known?.spec.source.kind !== 'feed') return 'an answer of no feed'
    const { quorum, reporters, minAnswerE8, maxAnswerE8 } = known.spec.source
    const answers = reporters
      .map(({ address }) => known.reports.get(address))
      .filter((report) => report?.round === round)
      .map((report) => report!.answerE8)
      .sort((a, b) => (a < b ? -1 : a === b ? 0 : 1))
    if (answers.length < quorum) return `round ${round} has ${answers.length} reports of ${quorum}`
    const half = answers.length / 2
    const median =
      answers.length % 2 === 1 ? answers[Math.floor(half)]! : (answers[half - 1]! + answers[half]!) / 2n
    const due = median < minAnswerE8 ? minAnswerE8 : median > maxAnswerE8 ? maxAnswerE8 : median
    if (due !== answerE8) return `round ${round} is answered ${answerE8}, the median is ${due}`
    const { current, since } = known
    const wasPositive = current !== null && current.priceE8 > 0n
    if (wasPositive !== answerE8 > 0n) known.since = now
    known.current = { priceE8: answerE8, at: now, round }
    return () => {
      known.current = current
      known.since = since
    }
  }

  poked({ oracle, currentE8, queuedE8 }: Event<'oracle-poked'>, now: number): TakeBack | string {
    const known = this.#oracles.get(oracle)
    if (known?.spec.source.kind !== 'delayed') return 'a poke of no delayed oracle'
    const { current, queued } = known
    const { hopSeconds, of } = known.spec.source
    if (queued !== null && now < queued.at - (queued.at % hopSeconds) + hopSeconds)
      return `a poke at ${now}, ${now - queued.at} s after the last`
    const next = this.read(of, now)
    if (next?.priceE8 !== queuedE8) return `a poke takes ${queuedE8}, the oracle says ${next?.priceE8}`
    const due = queued ?? { priceE8: queuedE8, at: now }
    if (due.priceE8 !== currentE8) return `a poke makes ${currentE8} current, ${due.priceE8} was queued`
    known.current = { ...due, round: (current?.round ?? -1) + 1 }
    known.queued = { priceE8: queuedE8, at: now }
    return () => {
      known.current = current
      known.queued = queued
    }
  }

  /** Takes a reading over, or says what is wrong with it or with the average since the last. */
  averaged(
    { oracle, cumulative, answerE8 }: Event<'average-taken'>,
    now: number,
    { sumOf, ratioX112, slack }: AverageSums,
  ): TakeBack | string {
    const known = this.#oracles.get(oracle)
    if (known?.spec.source.kind !== 'twap') return 'a reading of no average'
    const { source } = known.spec
    const { current, reading } = known
    const sum = sumOf(source)
    if (sum === null || sum !== cumulative) return `a reading of ${cumulative}, the market's sum is ${sum}`
    const next = { sum, at: now }
    if (reading === null) {
      if (answerE8 !== null) return `an average of ${answerE8} from one reading`
    } else {
      const { side, decimals0, decimals1 } = source
      const ratio = ratioX112(source, reading, next)
      if (now < reading.at + source.windowSeconds) return `a reading ${now - reading.at} s after the last`
      const other = this.read(source.of, now)
      const [own, quoted] = side === 'token0' ? [decimals0, decimals1] : [decimals1, decimals0]
      const due = other === null ? null : averageOf(ratio, other.priceE8, { own, other: quoted })
      if (
        answerE8 === null ||
        due === null ||
        answerE8 < due - slack(source) ||
        answerE8 > due + slack(source)
      )
        return `an average of ${answerE8}, due is ${due}`
      known.current = { priceE8: answerE8, at: now, round: (current?.round ?? -1) + 1 }
    }
    known.reading = next
    return () => {
      known.current = current
      known.reading = reading
    }
  }

  /** Since when the answer has been positive, or has not. */
  sinceOf(oracle: Address): number {
    return this.#oracles.get(oracle)?.since ?? 0
  }

  read(oracle: Address, now: number, depth = 0): KnownPrice | null {
    const known = this.#oracles.get(oracle)
    if (known === undefined || depth > DEEPEST) return null
    const { source, chainId } = known.spec
    if (source.kind === 'feed' || source.kind === 'twap' || source.kind === 'delayed') return known.current
    if (source.kind === 'peg') return { priceE8: source.priceE8, at: now }
    const base = this.read(source.of, now, depth + 1)
    if (base === null || source.kind === 'same-as') return base
    if (source.kind === 'receipt') {
      const index = this.#indexOf(chainId, source.pool, source.token, now)
      return index === null ? null : { ...base, priceE8: (base.priceE8 * index) / RAY }
    }
    if (source.kind === 'lp-share') {
      const other = this.read(source.other, now, depth + 1)
      const priceE8 = other === null ? null : this.#shareOf(source, base.priceE8, other.priceE8)
      return other === null || priceE8 === null ? null : { priceE8, at: Math.min(base.at, other.at) }
    }
    if (source.kind === 'vault-share') {
      const other = this.read(source.other, now, depth + 1)
      const priceE8 = other === null ? null : this.#vaultShareOf(source, base.priceE8, other.priceE8)
      return other === null || priceE8 === null ? null : { priceE8, at: Math.min(base.at, other.at) }
    }
    const rate = this.read(source.rate, now, depth + 1)
    if (rate === null) return null
    const passed = BigInt(now > source.snapshotAt ? now - source.snapshotAt : 0)
    const cap =
      source.snapshotRateE8 + (source.snapshotRateE8 * BigInt(source.maxYearlyGrowthBps) * passed) / YEAR_BPS
    const used = rate.priceE8 < cap ? rate.priceE8 : cap
    return { priceE8: (base.priceE8 * used) / E8, at: base.at < rate.at ? base.at : rate.at }
  }

  /** By how much what an oracle says may differ from the audit's own reading: the powers behind a vault's range are its own. */
  slackOf(oracle: Address, depth = 0): bigint {
    const source = this.#oracles.get(oracle)?.spec.source
    if (source === undefined || depth > DEEPEST) return 0n
    if (source.kind === 'vault-share') return 1n
    if (source.kind === 'same-as') return this.slackOf(source.of, depth + 1)
    return source.kind === 'receipt' ? 2n * this.slackOf(source.of, depth + 1) : 0n
  }

  /** Why a consumer has to refuse what its oracle says; null: the price is good. */
  problem(rule: PriceRule, now: number): string | null {
    const price = this.read(rule.oracle, now)
    if (price === null) return 'no answer'
    if (price.priceE8 <= 0n) return `an answer of ${price.priceE8}`
    if (now - price.at > rule.maxAgeSeconds) return `${now - price.at} s old, at most ${rule.maxAgeSeconds}`
    if (price.priceE8 < rule.floorE8 || price.priceE8 > rule.capE8) return `${price.priceE8} is out of bounds`
    const { corroboration } = rule
    if (corroboration === undefined) return null
    const second = this.read(corroboration.oracle, now)
    if (second === null || second.priceE8 <= 0n || now - second.at > rule.maxAgeSeconds)
      return 'nothing to corroborate it'
    const gap =
      price.priceE8 > second.priceE8 ? price.priceE8 - second.priceE8 : second.priceE8 - price.priceE8
    return gap * 10_000n > second.priceE8 * BigInt(corroboration.deviationBps)
      ? `${price.priceE8} against ${second.priceE8} of the second oracle`
      : null
  }
}
