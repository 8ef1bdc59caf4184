// Cover funds, V-4: cover is sold for its premium and within its capacity, and never once the stress has been measured; the stress is one that
// its own notes have seen below the level for so long without a break; holders are paid what they are owed and no unit more, from what the
// fund has. By cross-multiplication.
import type { Address } from '@solvent/primitives'
import type { ChainEvent, CoverEvent, CoverSpec } from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { WriteLog } from './credit-undo.ts'
import type { Tally } from './tally.ts'

interface State {
  readonly capital: bigint
  readonly covers: ReadonlyMap<Address, bigint>
  /** Since when the notes have said below, without a break of known prices; seconds counted, and the last note. */
  readonly below: number
  readonly last: 'below' | 'above' | 'unknown'
  readonly seenAt: number
  readonly triggered: { readonly capital: bigint; readonly sold: bigint } | null
}

interface Fund {
  readonly spec: CoverSpec
  state: State
}

const BPS = 10_000n

export class CoverRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #funds = new Map<Address, Fund>()
  readonly #writes = new WriteLog()

  constructor(tally: Tally, index: NetworkIndex) {
    this.#tally = tally
    this.#index = index
    const seenAt = Math.floor(index.spec.genesisMs / 1_000)
    for (const spec of index.spec.derivatives)
      if (spec.kind === 'cover')
        this.#funds.set(spec.address, {
          spec,
          state: {
            capital: spec.capital,
            covers: new Map(),
            below: 0,
            last: 'above',
            seenAt,
            triggered: null,
          },
        })
  }

  event(scope: Scope, event: ChainEvent): void {
    if (!('cover' in event)) return
    this.#tally.checked['V-4']++
    const fund = this.#funds.get(event.cover)
    if (fund?.spec.chainId !== scope.chain.chainId) {
      this.#tally.breach('V-4', scope.atMs, scope.chain.chainId, `there is no cover fund ${event.cover} here`)
      return
    }
    const before = fund.state
    const { state, problem } = played(fund, event, scope)
    fund.state = state
    this.#writes.note(scope.block.hash, () => {
      fund.state = before
    })
    if (problem !== null) this.#breach(scope.atMs, fund, problem)
    this.#sound(scope.atMs, fund)
  }

  sums(atMs: number): void {
    for (const fund of this.#funds.values()) this.#sound(atMs, fund)
  }

  undoBlock(hash: string): void {
    this.#writes.undo(hash)
  }

  #sound(atMs: number, fund: Fund): void {
    this.#tally.checked['V-4']++
    const { address, chainId, token } = fund.spec
    const booked = this.#index.chains.get(chainId)?.book.token(token).balance('POOL', address)
    if (booked !== fund.state.capital)
      this.#breach(atMs, fund, `holds ${booked}, premiums and payments leave ${fund.state.capital}`)
  }

  #breach(atMs: number, { spec }: Fund, detail: string): void {
    this.#tally.breach('V-4', atMs, spec.chainId, `cover fund ${spec.name} ${detail}`)
  }
}

type Played = { readonly state: State; readonly problem: string | null }

function played(fund: Fund, event: CoverEvent, { timestamp }: Scope): Played {
  switch (event.kind) {
    case 'cover-bought':
      return bought(fund, event)
    case 'stress-noted':
      return noted(fund, event, timestamp)
    case 'cover-claimed':
      return claimed(fund, event)
  }
}

function sold({ covers }: State): bigint {
  return [...covers.values()].reduce((sum, each) => sum + each, 0n)
}

function bought({ spec, state }: Fund, event: Extract<CoverEvent, { kind: 'cover-bought' }>): Played {
  const { holder, amount, premium } = event
  const covers = new Map(state.covers).set(holder, (state.covers.get(holder) ?? 0n) + amount)
  const next = { ...state, capital: state.capital + premium, covers }
  const owed = amount * spec.premiumBps
  const isPriced = premium * BPS >= owed && (premium - 1n) * BPS < owed
  const problem =
    state.triggered !== null
      ? 'sells after the stress'
      : !isPriced
        ? `asks ${premium} for ${amount}`
        : sold(next) * BPS > state.capital * spec.leverageBps
          ? `sells ${sold(next)} on ${state.capital}`
          : null
  return { state: next, problem }
}

function noted(
  { spec, state }: Fund,
  { priceE8, triggeredAt }: Extract<CoverEvent, { kind: 'stress-noted' }>,
  now: number,
): Played {
  if (state.triggered !== null) return { state, problem: triggeredAt === null ? 'forgets its stress' : null }
  const counts = state.seenAt <= spec.until
  const passed = counts && state.last === 'below' ? Math.min(now, spec.until) - state.seenAt : 0
  const below = state.below + passed
  const isReached = counts && state.last === 'below' && below >= spec.forSeconds
  const last = priceE8 === null || priceE8 === 0n ? 'unknown' : priceE8 < spec.levelE8 ? 'below' : 'above'
  const triggered = isReached ? { capital: state.capital, sold: sold(state) } : null
  const next = counts
    ? { ...state, below: last === 'above' ? 0 : below, last, seenAt: now, triggered }
    : state
  const problem =
    isReached === (triggeredAt !== null)
      ? null
      : `${triggeredAt === null ? 'sees no' : 'sees a'} stress after ${below} s below, and ${spec.forSeconds} s are one`
  return { state: { ...next, last } as State, problem }
}

function claimed({ spec, state }: Fund, event: Extract<CoverEvent, { kind: 'cover-claimed' }>): Played {
  const { holder, covered, paid } = event
  const covers = new Map(state.covers)
  const held = covers.get(holder) ?? 0n
  covers.delete(holder)
  const next = { ...state, capital: state.capital - paid, covers }
  if (state.triggered === null) return { state: next, problem: 'pays before the stress' }
  const { capital, sold: all } = state.triggered
  const isRight =
    spec.payment === 'first-come'
      ? paid === (held < state.capital ? held : state.capital)
      : paid === held
        ? capital >= all
        : paid * all <= capital * held && (paid + 1n) * all > capital * held
  const problem =
    held !== covered || !isRight ? `pays ${holder} ${paid} for ${covered}, who has ${held}` : null
  return { state: next, problem }
}
