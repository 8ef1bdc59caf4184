// Funds of lending pools, C-6: what a receipt books as bad debt, the pool's fund pays as far as it reaches, and its mutual the rest pro
// rata; a fund gains premiums and gives up receipts for what it pays, and nothing else moves it. Reckoned from the journal alone.
import type { Address } from '@solvent/primitives'
import type { ChainEvent } from '@solvent/protocol'
import type { Scope } from './chain-record.ts'
import { claimOf, type Indexes, RAY } from './credit-arithmetic.ts'
import { moved, type PoolRecord } from './credit-pool.ts'
import type { ReserveRecord } from './reserve-record.ts'
import type { Tally } from './tally.ts'

type Event = Extract<
  ChainEvent,
  { kind: 'bad-debt-booked' | 'deficit-covered' | 'premium-collected' | 'reserve-updated' }
>

const BPS = 10_000n

export class InsuranceRules {
  readonly #tally: Tally
  readonly #pools: ReadonlyMap<Address, PoolRecord>
  /** Of the receipt in scope. */
  #events: Event[] = []
  #funds: ReadonlySet<string> | null = null

  constructor(tally: Tally, pools: ReadonlyMap<Address, PoolRecord>) {
    this.#tally = tally
    this.#pools = pools
  }

  isFund(address: Address): boolean {
    this.#funds ??= new Set([...this.#pools.values()].flatMap(({ spec }) => spec.insurance?.fund ?? []))
    return this.#funds.has(address)
  }

  /** Whom a command at a pool may touch because they pay for it: its fund, and pools and funds of its mutual. */
  allied({ spec }: PoolRecord): Address[] {
    const { insurance } = spec
    if (insurance === null) return []
    const members = insurance.mutual === null ? [] : this.#mutual(spec)
    return [
      insurance.fund,
      ...members.flatMap((member) => [member.spec.address, member.spec.insurance!.fund]),
    ]
  }

  event(scope: Scope, event: Event): void {
    const pool = this.#pools.get(event.pool)
    if (pool?.spec.insurance === null || pool === undefined) return
    this.#events.push(event)
    if (event.kind !== 'premium-collected') return
    this.#tally.checked['C-6']++
    const due = (event.scaled * pool.spec.insurance.premiumBps) / BPS
    if (event.premium !== due) this.#breach(scope, pool, `a premium of ${event.premium}, due is ${due}`)
  }

  receiptDone(scope: Scope): void {
    if (this.#events.length === 0) return
    const touched = new Set<ReserveRecord>()
    const lost = new Set<ReserveRecord>()
    for (const { kind, pool, token } of this.#events) {
      const reserve = this.#pools.get(pool)?.reserves.get(token)
      if (reserve === undefined) continue
      if (kind === 'reserve-updated') touched.add(reserve)
      if (kind === 'bad-debt-booked' || kind === 'deficit-covered') lost.add(reserve)
    }
    for (const reserve of touched) this.#balanced(scope, reserve)
    for (const reserve of lost) this.#paid(scope, reserve)
    this.#events = []
  }

  /** Receipts of a fund: more by premiums, fewer by what it paid, rounded up. */
  #balanced(scope: Scope, reserve: ReserveRecord): void {
    const pool = this.#pools.get(reserve.pool)!
    const { fund } = pool.spec.insurance!
    const { supply } = reserve.facts.indexes
    const { token } = reserve.spec
    let due = 0n
    for (const event of this.#events) {
      if (event.token !== token) continue
      if (event.kind === 'premium-collected' && event.pool === reserve.pool) due += event.premium
      if (event.kind === 'deficit-covered' && event.from === fund)
        due -= (event.amount * RAY + supply - 1n) / supply
    }
    const gained = moved(scope, reserve.receipt, 'POOL', fund)
    if (gained !== due) this.#breach(scope, pool, `its fund gained ${gained} receipts, due are ${due}`)
  }

  #paid(scope: Scope, reserve: ReserveRecord): void {
    this.#tally.checked['C-6']++
    const pool = this.#pools.get(reserve.pool)!
    const { fund, mutual } = pool.spec.insurance!
    const of = this.#events.filter((each) => each.pool === reserve.pool && each.token === reserve.spec.token)
    const loss = sum(of.map((each) => (each.kind === 'bad-debt-booked' ? each.amount : 0n)))
    const premium = sum(of.map((each) => (each.kind === 'premium-collected' ? each.premium : 0n)))
    const paidBy = (from: Address): bigint =>
      sum(of.map((each) => (each.kind === 'deficit-covered' && each.from === from ? each.amount : 0n)))
    const own = least(loss, claimOf(this.#before(scope, reserve, fund) + premium, indexesOf(reserve)))
    if (paidBy(fund) !== own) this.#breach(scope, pool, `its fund paid ${paidBy(fund)}, due are ${own}`)
    const rest = loss - own
    const members = mutual === null ? [] : this.#mutual(pool.spec).filter((member) => member !== pool)
    const offers = members.map((member) => ({ member, capital: this.#capital(scope, member, reserve) }))
    const all = sum(offers.map(({ capital }) => capital))
    for (const { member, capital } of offers) {
      const due = all <= rest ? capital : (rest * capital) / all
      const paid = paidBy(member.spec.insurance!.fund)
      if (paid !== due)
        this.#breach(scope, pool, `the fund of ${member.spec.name} paid ${paid} of ${rest}, due are ${due}`)
    }
  }

  /** What a member could give before this receipt. */
  #capital(scope: Scope, member: PoolRecord, { spec: { token } }: ReserveRecord): bigint {
    const reserve = member.reserves.get(token)
    const insurance = member.spec.insurance
    if (reserve === undefined || insurance === null) return 0n
    const claim = claimOf(this.#before(scope, reserve, insurance.fund), reserve.indexesAt(scope.timestamp))
    const cash = reserve.cash - moved(scope, token, 'POOL', member.spec.address)
    return least((claim * insurance.mutualBps) / BPS, cash)
  }

  #before(scope: Scope, { receipt }: ReserveRecord, fund: Address): bigint {
    return scope.chain.book.token(receipt).balance('POOL', fund) - moved(scope, receipt, 'POOL', fund)
  }

  #mutual({ chainId, insurance }: PoolRecord['spec']): PoolRecord[] {
    return [...this.#pools.values()].filter(
      ({ spec }) => spec.chainId === chainId && spec.insurance?.mutual === insurance?.mutual,
    )
  }

  #breach({ atMs }: Scope, { spec }: PoolRecord, detail: string): void {
    this.#tally.breach('C-6', atMs, spec.chainId, `pool ${spec.name}: ${detail}`)
  }
}

const indexesOf = ({ facts }: ReserveRecord): Indexes => facts.indexes
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}
