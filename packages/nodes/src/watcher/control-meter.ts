// What a watcher measures of controls, over the followed blocks: when breakers halted, how much left limited contracts, and what
// both refused.
import type { Address } from '@solvent/primitives'
import type {
  AuthoritySpec,
  Block,
  BreakerSpec,
  Call,
  NetworkSpec,
  OutflowLimitSpec,
} from '@solvent/protocol'
import type { BlockBook } from './block-book.ts'

export interface BreakerOutcome {
  readonly id: string
  readonly trips: number
  /** Of chain time. */
  readonly haltedSeconds: number
  /** Calls of the guarded contract that a halt has refused. */
  readonly refused: number
}

export interface OutflowLimitOutcome {
  readonly id: string
  /** The most that left within a window, base units. */
  readonly peak: bigint
  readonly amount: bigint
  /** Calls of the guarded contract that would have taken more. */
  readonly refused: number
}

export interface AuthorityOutcome {
  readonly id: string
  readonly proposed: number
  readonly enacted: number
  /** Measures that its members proposed and may not decide, or that could not be carried out. */
  readonly refused: number
  /** Seconds from proposal to enactment: of the first measure and of the slowest; null when none was enacted. */
  readonly firstSeconds: number | null
  readonly slowestSeconds: number | null
}

interface Decision {
  readonly number: number
  readonly kind: 'measure-proposed' | 'measure-enacted'
  readonly proposal: number
  readonly at: number
}

interface Halt {
  readonly number: number
  readonly at: number
  readonly until: number
}

interface Outflow {
  readonly number: number
  readonly at: number
  readonly amount: bigint
}

interface Counted<T> {
  readonly refusals: { readonly number: number }[]
  readonly happened: T[]
}

export class ControlMeter implements BlockBook {
  readonly #breakers: readonly (Counted<Halt> & { readonly spec: BreakerSpec })[]
  readonly #limits: readonly (Counted<Outflow> & { readonly spec: OutflowLimitSpec })[]
  readonly #authorities: readonly (Counted<Decision> & { readonly spec: AuthoritySpec })[]

  constructor({ controls }: NetworkSpec) {
    this.#breakers = controls.breakers.map((spec) => ({ spec, refusals: [], happened: [] }))
    this.#authorities = controls.authorities.map((spec) => ({ spec, refusals: [], happened: [] }))
    this.#limits = controls.outflowLimits.map((spec) => ({ spec, refusals: [], happened: [] }))
  }

  followed(block: Block): void {
    if (this.#breakers.length + this.#limits.length + this.#authorities.length === 0) return
    const { number, chainId, timestamp: at } = block.header
    for (const { spec, refusals, happened } of this.#breakers) {
      if (spec.chainId !== chainId) continue
      block.receipts.forEach(({ events, reason }, place) => {
        for (const event of events)
          if (event.kind === 'breaker-tripped' && event.breaker === spec.address)
            happened.push({ number, at, until: event.haltedUntil })
        if (reason === 'trading-halted' && guardedBy(block, place) === spec.guarded) refusals.push({ number })
      })
    }
    for (const { spec, refusals, happened } of this.#authorities) {
      if (spec.chainId !== chainId) continue
      block.receipts.forEach(({ events, status }, place) => {
        for (const event of events)
          if (
            (event.kind === 'measure-proposed' || event.kind === 'measure-enacted') &&
            event.authority === spec.address
          )
            happened.push({ number, kind: event.kind, proposal: event.proposal, at })
        const call = block.transactions[place]?.transaction.call
        if (status === 'reverted' && call?.kind === 'propose-measure' && call.authority === spec.address)
          refusals.push({ number })
      })
    }
    for (const { spec, refusals, happened } of this.#limits) {
      if (spec.chainId !== chainId) continue
      const amount = leaving(block, spec)
      if (amount > 0n) happened.push({ number, at, amount })
      block.receipts.forEach(({ reason }, place) => {
        if (reason === 'outflow-limited' && guardedBy(block, place) === spec.guarded)
          refusals.push({ number })
      })
    }
  }

  /** The newest block of its chain is no longer followed. */
  orphaned({ header: { chainId, number } }: Block): void {
    for (const { spec, refusals, happened } of [...this.#breakers, ...this.#limits, ...this.#authorities])
      for (const list of [refusals, happened])
        while (spec.chainId === chainId && list.at(-1)?.number === number) list.pop()
  }

  /** As of `now`, Unix seconds. */
  breakers(now: number): BreakerOutcome[] {
    return this.#breakers.map(({ spec, refusals, happened }) => ({
      id: spec.name,
      trips: happened.length,
      haltedSeconds: happened.reduce((sum, { at, until }) => sum + Math.max(0, Math.min(until, now) - at), 0),
      refused: refusals.length,
    }))
  }

  authorities(): AuthorityOutcome[] {
    return this.#authorities.map(({ spec, refusals, happened }) => {
      const proposed = happened.filter(({ kind }) => kind === 'measure-proposed')
      const seconds = happened
        .filter(({ kind }) => kind === 'measure-enacted')
        .map(({ proposal, at }) => at - (proposed.find((each) => each.proposal === proposal)?.at ?? at))
      return {
        id: spec.name,
        proposed: proposed.length,
        enacted: seconds.length,
        refused: refusals.length,
        firstSeconds: seconds[0] ?? null,
        slowestSeconds: seconds.length === 0 ? null : Math.max(...seconds),
      }
    })
  }

  outflowLimits(): OutflowLimitOutcome[] {
    return this.#limits.map(({ spec, refusals, happened }) => ({
      id: spec.name,
      peak: happened.reduce((peak, { at }) => {
        const within = happened.filter((each) => each.at <= at && at - each.at < spec.windowSeconds)
        const sum = within.reduce((total, { amount }) => total + amount, 0n)
        return sum > peak ? sum : peak
      }, 0n),
      amount: spec.amount,
      refused: refusals.length,
    }))
  }
}

/** What left the contract in a block, call by call; liquidations aside. */
function leaving(block: Block, { guarded, token }: OutflowLimitSpec): bigint {
  let sum = 0n
  block.receipts.forEach(({ entries }, place) => {
    if (block.transactions[place]?.transaction.call.kind === 'liquidate') return
    if (guardedBy(block, place) !== guarded) return
    let net = 0n
    for (const { legs } of entries)
      for (const leg of legs)
        if (leg.kind === 'POOL' && leg.owner === guarded && leg.token === token) net -= leg.amount
    if (net > 0n) sum += net
  })
  return sum
}

function guardedBy({ transactions }: Block, place: number): Address | null {
  const call: Call | undefined = transactions[place]?.transaction.call
  if (call === undefined) return null
  if ('market' in call) return call.market
  return 'pool' in call ? call.pool : null
}
