// Terms of reserves, G-3: they change by an enacted measure alone, to what it says, by no more and no sooner than its authority may.
import type { AuthoritySpec, ChainEvent, LendingTerms, NetworkSpec } from '@solvent/protocol'
import type { Scope } from './chain-record.ts'
import type { WriteLog } from './credit-undo.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>
type Terms = Pick<LendingTerms, 'ltvBps' | 'liquidationThresholdBps' | 'supplyCap' | 'borrowCap' | 'status'>

const TERMS = ['ltvBps', 'liquidationThresholdBps', 'supplyCap', 'borrowCap', 'status'] as const

export class TermsRules {
  readonly #tally: Tally
  readonly #authorities: readonly AuthoritySpec[]
  readonly #terms: Map<string, Terms>
  /** Authority and reserve → seconds. */
  readonly #lastSet = new Map<string, number>()
  readonly #log: WriteLog

  constructor(tally: Tally, spec: NetworkSpec, log: WriteLog) {
    this.#tally = tally
    this.#authorities = spec.controls.authorities
    this.#terms = new Map(termsAtGenesis(spec))
    this.#log = log
  }

  /** New terms are the old ones with what the measure of this receipt changes, no further than its authority may. */
  set(scope: Scope, event: Event<'reserve-terms-set'>): void {
    this.#tally.checked['G-3']++
    const key = `${event.pool}/${event.token}`
    const before = this.#terms.get(key)
    const enacted = scope.receipt.events.find(
      (each): each is Event<'measure-enacted'> => each.kind === 'measure-enacted',
    )
    const measure = enacted?.measure
    const authority = this.#authorities.find(({ address }) => address === enacted?.authority)
    if (before === undefined || authority === undefined || measure?.kind !== 'set-terms')
      return this.#breach(scope, `the terms of ${key} change, and no measure says so`)
    for (const term of TERMS)
      if (event[term] !== (measure.change[term] ?? before[term]))
        this.#breach(scope, `${term} of ${key} becomes ${event[term]}, which was not decided`)
    const { bounds, name, address } = authority
    const by = `${address}/${key}`
    const last = this.#lastSet.get(by)
    if (bounds !== null) {
      for (const term of ['ltvBps', 'liquidationThresholdBps'] as const) {
        const step = event[term] - before[term]
        if (step > bounds.maxStepBps || -step > bounds.maxStepBps)
          this.#breach(scope, `${name} moves ${term} by ${step}, at most ${bounds.maxStepBps}`)
      }
      if (last !== undefined && last + bounds.minIntervalSeconds > scope.timestamp)
        this.#breach(scope, `${name} sets ${key} again after ${scope.timestamp - last} s`)
    }
    this.#terms.set(key, event)
    this.#lastSet.set(by, scope.timestamp)
    this.#log.note(scope.block.hash, () => {
      this.#terms.set(key, before)
      if (last === undefined) this.#lastSet.delete(by)
      else this.#lastSet.set(by, last)
    })
  }

  #breach({ atMs, chain, block }: Scope, detail: string): void {
    this.#tally.breach('G-3', atMs, chain.chainId, `block ${block.header.number}: ${detail}`)
  }
}

function termsAtGenesis({ lendingPools }: NetworkSpec): [string, Terms][] {
  return lendingPools.flatMap(({ address, reserves }) =>
    reserves.map(({ token, terms }): [string, Terms] => [`${address}/${token}`, terms]),
  )
}
