// How many votes an account has: what it held of a token before the moment at which votes began. Only changes after that moment, while a
// vote may still be taken, are remembered, each as what the account held before. Source: OpenZeppelin contracts, Votes.sol (getPastVotes,
// checkpoints); here without delegation: who holds has the votes.
import type { Address } from '@solvent/primitives'
import type { AccountKind } from '@solvent/protocol'
import type { Ledger } from '../../ledger/ledger.ts'
import { UndoableCell, UndoableMap, type UndoLog } from '../../ledger/undo-log.ts'

interface Change {
  /** Unix seconds of its block. */
  readonly at: number
  /** Base units. */
  readonly before: bigint
}

/** Where votes are counted from. */
interface Holdings {
  readonly ledger: Pick<Ledger, 'balance' | 'postedSince'>
  kindOf(address: Address): AccountKind
}

/** Votes of whoever sends, in a vote that began at a moment. */
export function votePower(
  { token, changesOf }: Pick<VotePower, 'token' | 'changesOf'>,
  { state, sender }: { readonly state: Holdings; readonly sender: Address },
  beganAt: number,
): bigint {
  const later = changesOf(sender).find(({ at }) => at >= beganAt)
  return later?.before ?? state.ledger.balance(state.kindOf(sender), sender, token)
}

export class VotePower {
  readonly token: Address
  readonly #until: UndoableCell<number>
  readonly #changes: UndoableMap<string, readonly Change[]>

  constructor(log: UndoLog, token: Address) {
    this.token = token
    this.#until = new UndoableCell(log, 0)
    this.#changes = new UndoableMap(log)
  }

  /** A vote begins later that is taken until a moment. */
  needed(until: number): void {
    if (until > this.#until.get()) this.#until.set(until)
  }

  /** Oldest first. */
  readonly changesOf = (account: Address): readonly Change[] => this.#changes.get(account) ?? []

  /** Notes what the entries of a transaction have changed. */
  note({ state, now }: { readonly state: Holdings; readonly now: number }, posted: number): void {
    if (now >= this.#until.get()) return
    const moved = new Map<string, bigint>()
    for (const { legs } of state.ledger.postedSince(posted))
      for (const { token, owner, kind, amount } of legs)
        if (token === this.token && kind === state.kindOf(owner as Address))
          moved.set(owner, (moved.get(owner) ?? 0n) + amount)
    for (const [owner, amount] of moved) {
      const known = this.#changes.get(owner) ?? []
      if (known.at(-1)?.at === now) continue
      const held = state.ledger.balance(state.kindOf(owner as Address), owner, this.token)
      this.#changes.set(owner, [...known, { at: now, before: held - amount }])
    }
  }
}
