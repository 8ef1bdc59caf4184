// Cover funds, V-4: cover is sold for its premium and within its capacity, and never once the stress has been measured; the stress is one that
// its own notes have seen below the level for so long without a break; holders are paid what they are owed and no unit more, from what the
// fund has. By cross-multiplication.
import type { Address } from '@solvent/primitives'
import type { ChainEvent, CoverEvent, CoverSpec } from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { ContractStates, type Kept, type Played } from './contract-states.ts'
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

type Fund = Kept<CoverSpec, State>

const BPS = 10_000n

export class CoverRules {
  readonly #funds: ContractStates<CoverSpec, State>

  constructor(tally: Tally, index: NetworkIndex) {
    const seenAt = Math.floor(index.spec.genesisMs / 1_000)
    this.#funds = new ContractStates<CoverSpec, State>(tally, {
      ...{ invariant: 'V-4', what: 'cover fund' },
      specs: index.spec.derivatives.filter((spec) => spec.kind === 'cover'),
      begin: ({ capital }) => ({
        ...{ capital, covers: new Map(), below: 0, last: 'above', seenAt, triggered: null },
      }),
      misbooked({ spec: { chainId, token, address }, state: { capital } }) {
        const booked = index.chains.get(chainId)?.book.token(token).balance('POOL', address)
        return booked === capital ? [] : [`holds ${booked}, premiums and payments leave ${capital}`]
      },
    })
  }

  event(scope: Scope, event: ChainEvent): void {
    if ('cover' in event) this.#funds.event(scope, event.cover, (fund) => played(fund, event, scope))
  }

  sums(atMs: number): void {
    this.#funds.sums(atMs)
  }

  undoBlock(hash: string): void {
    this.#funds.undoBlock(hash)
  }
}

function played(fund: Fund, event: CoverEvent, { timestamp }: Scope): Played<State> {
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

function bought({ spec, state }: Fund, event: Extract<CoverEvent, { kind: 'cover-bought' }>): Played<State> {
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
): Played<State> {
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

function claimed(
  { spec, state }: Fund,
  event: Extract<CoverEvent, { kind: 'cover-claimed' }>,
): Played<State> {
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
