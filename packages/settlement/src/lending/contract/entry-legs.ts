// Legs of one journal entry, one for each account and token.
import type { Leg } from '@solvent/protocol'

export class EntryLegs {
  readonly #byAccount = new Map<string, Leg>()

  add(leg: Leg): void {
    if (leg.amount === 0n) return
    const key = `${leg.kind}/${leg.owner}/${leg.token}`
    const known = this.#byAccount.get(key)
    this.#byAccount.set(key, known === undefined ? leg : { ...leg, amount: known.amount + leg.amount })
  }

  /** Whoever gives goes first: a balance that is missing is found before anything is credited. */
  debitsFirst(): Leg[] {
    const legs = [...this.#byAccount.values()].filter(({ amount }) => amount !== 0n)
    return [...legs.filter(({ amount }) => amount < 0n), ...legs.filter(({ amount }) => amount > 0n)]
  }
}
