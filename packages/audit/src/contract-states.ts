// What the audit has reckoned of each contract of one kind, under one invariant: a state that events move, with undo for re-orgs, and a look at the
// books after every event and every thousand entries.
import type { Address, ChainId } from '@solvent/primitives'
import type { Scope } from './chain-record.ts'
import { WriteLog } from './credit-undo.ts'
import type { InvariantId } from './invariant-id.ts'
import type { Tally } from './tally.ts'

interface Placed {
  readonly name: string
  readonly address: Address
  readonly chainId: ChainId
}

export interface Kept<Spec, State> {
  readonly spec: Spec
  state: State
}

/** The state after an event, and what is wrong with the event. */
export interface Played<State> {
  readonly state: State
  readonly problem: string | null
}

export interface ContractKind<Spec, State> {
  readonly invariant: InvariantId
  /** In words of a sentence: `cover fund`. */
  readonly what: string
  readonly specs: readonly Spec[]
  readonly begin: (spec: Spec) => State
  /** What its books have that its state does not explain. */
  readonly misbooked: (kept: Kept<Spec, State>) => readonly string[]
}

export class ContractStates<Spec extends Placed, State> {
  readonly #tally: Tally
  readonly #kind: ContractKind<Spec, State>
  readonly #contracts: ReadonlyMap<Address, Kept<Spec, State>>
  readonly #writes = new WriteLog()

  constructor(tally: Tally, kind: ContractKind<Spec, State>) {
    this.#tally = tally
    this.#kind = kind
    this.#contracts = new Map(kind.specs.map((spec) => [spec.address, { spec, state: kind.begin(spec) }]))
  }

  /** An event of the contract at an address. */
  event(scope: Scope, address: Address, play: (kept: Kept<Spec, State>) => Played<State>): void {
    const { invariant, what } = this.#kind
    this.#tally.checked[invariant]++
    const kept = this.#contracts.get(address)
    if (kept?.spec.chainId !== scope.chain.chainId) {
      this.#tally.breach(invariant, scope.atMs, scope.chain.chainId, `there is no ${what} ${address} here`)
      return
    }
    const before = kept.state
    const { state, problem } = play(kept)
    kept.state = state
    this.#writes.note(scope.block.hash, () => {
      kept.state = before
    })
    if (problem !== null) this.#breach(scope.atMs, kept.spec, problem)
    this.#look(scope.atMs, kept)
  }

  sums(atMs: number): void {
    for (const kept of this.#contracts.values()) this.#look(atMs, kept)
  }

  undoBlock(hash: string): void {
    this.#writes.undo(hash)
  }

  #look(atMs: number, kept: Kept<Spec, State>): void {
    this.#tally.checked[this.#kind.invariant]++
    for (const detail of this.#kind.misbooked(kept)) this.#breach(atMs, kept.spec, detail)
  }

  #breach(atMs: number, { chainId, name }: Spec, detail: string): void {
    this.#tally.breach(this.#kind.invariant, atMs, chainId, `${this.#kind.what} ${name} ${detail}`)
  }
}
