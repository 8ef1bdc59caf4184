// The verifier sets of one bridge on one chain: the current one, and those that a rotation has retired and that still
// count for a while. Source: Wormhole core bridge (Setters and Governance: index + 1, no empty set, no zero key, the old
// set expires a day later).
import { type Address, type Hash32, ZERO_ADDRESS } from '@solvent/primitives'
import { type QuorumVerification, SET_GRACE_SECONDS, type VerifierSetTerms } from '@solvent/protocol'
import { UndoableCell, UndoableMap, type UndoLog } from '../../ledger/undo-log.ts'
import type { VerifierSet } from '../quorum.ts'

export class VerifierSets {
  /** Who has voted for what. */
  readonly votes: UndoableMap<Hash32, readonly Address[]>
  readonly #sets: UndoableMap<number, VerifierSet>
  readonly #current: UndoableCell<number>
  readonly #graceSeconds: number

  constructor(
    log: UndoLog,
    { setIndex, verifiers, threshold, retiredSets, graceSeconds }: QuorumVerification,
  ) {
    this.votes = new UndoableMap(log)
    this.#sets = new UndoableMap(log)
    this.#current = new UndoableCell(log, setIndex)
    this.#graceSeconds = graceSeconds ?? SET_GRACE_SECONDS
    for (const set of retiredSets ?? []) this.#sets.set(set.setIndex, set)
    const members = verifiers.map(({ address }) => address)
    this.#sets.set(setIndex, { setIndex, verifiers: members, threshold, validUntil: null })
  }

  get(setIndex: number): VerifierSet | undefined {
    return this.#sets.get(setIndex)
  }

  /** The set that signs now. */
  get current(): VerifierSet {
    return this.#sets.get(this.#current.get()) as VerifierSet
  }

  /** Puts a set in the place of the current one; returns the last second at which that one counts. */
  rotate(next: VerifierSetTerms, now: number): number {
    const graceUntil = now + this.#graceSeconds
    const { current } = this
    this.#sets.set(current.setIndex, Object.freeze({ ...current, validUntil: graceUntil }))
    this.#sets.set(next.setIndex, Object.freeze({ ...next, validUntil: null }))
    this.#current.set(next.setIndex)
    return graceUntil
  }
}

/** Whether a set may follow the one of index `current`: the next index, members that exist and differ, a quorum that can be met. */
export function mayFollow({ setIndex, verifiers, threshold }: VerifierSetTerms, current: number): boolean {
  return (
    setIndex === current + 1 &&
    verifiers.length > 0 &&
    !verifiers.includes(ZERO_ADDRESS) &&
    new Set(verifiers).size === verifiers.length &&
    threshold >= 1 &&
    threshold <= verifiers.length
  )
}
