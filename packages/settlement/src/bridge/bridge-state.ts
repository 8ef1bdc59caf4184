// What one bridge's contract on one chain remembers. The lock itself is a ledger balance (BRIDGE_LOCK).
import type { Address, Hash32 } from '@solvent/primitives'
import type { BridgeSpec, MessageKey } from '@solvent/protocol'
import { UndoableCell, UndoableMap, type UndoLog } from '../ledger/undo-log.ts'
import { type Freeze, NOT_FROZEN } from './freeze.ts'
import type { VerifierSet } from './quorum.ts'

export class BridgeState {
  readonly spec: BridgeSpec
  readonly sets: ReadonlyMap<number, VerifierSet>
  readonly freeze: UndoableCell<Freeze>
  /** Digest under which each message key was delivered. */
  readonly delivered: UndoableMap<MessageKey, Hash32>
  readonly #sequences: UndoableMap<Address, number>

  constructor(log: UndoLog, spec: BridgeSpec) {
    this.spec = spec
    this.sets = verifierSets(spec)
    this.freeze = new UndoableCell(log, NOT_FROZEN)
    this.delivered = new UndoableMap(log)
    this.#sequences = new UndoableMap(log)
  }

  /** The emitter's next sequence number, counted up. */
  takeSequence(emitter: Address): number {
    const sequence = this.#sequences.get(emitter) ?? 0
    this.#sequences.set(emitter, sequence + 1)
    return sequence
  }
}

function verifierSets(spec: BridgeSpec): ReadonlyMap<number, VerifierSet> {
  const sets = new Map<number, VerifierSet>()
  for (const { setIndex, verifiers, threshold, validUntil } of spec.retiredSets ?? []) {
    sets.set(setIndex, { setIndex, verifiers, threshold, validUntil })
  }
  const verifiers = spec.verifiers.map((party) => party.address)
  sets.set(spec.setIndex, { setIndex: spec.setIndex, verifiers, threshold: spec.threshold, validUntil: null })
  return sets
}
