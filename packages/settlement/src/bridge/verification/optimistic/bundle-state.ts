// What an optimistic bridge's contract on one chain remembers of the bundles that were proposed to it.
import type { Address, Hash32 } from '@solvent/primitives'
import type { MessageLane } from '@solvent/protocol'
import { UndoableCell, UndoableMap, type UndoLog } from '../../../ledger/undo-log.ts'

/** `open`: believed once its liveness is over. `disputed`: waits for the arbiter. */
export type BundleStatus = 'open' | 'disputed' | 'upheld' | 'rejected'

export interface BundleRecord {
  readonly lanes: readonly MessageLane[]
  readonly root: Hash32
  /** Messages in the lanes. */
  readonly count: number
  readonly status: BundleStatus
  readonly proposer: Address
  /** May be disputed while now <= openUntil, Unix seconds. */
  readonly openUntil: number
  readonly disputer: Address | null
  /** The arbiter may rule from then on, Unix seconds. */
  readonly ruledFrom: number | null
  /** Whether the proposer's bond is still with the contract. */
  readonly isBonded: boolean
}

export class BundleState {
  readonly #bundles: UndoableMap<number, BundleRecord>
  readonly #count: UndoableCell<number>

  constructor(log: UndoLog) {
    this.#bundles = new UndoableMap(log)
    this.#count = new UndoableCell(log, 0)
  }

  /** Bundles are numbered 0, 1, 2, … per chain. */
  add(record: BundleRecord): number {
    const bundle = this.#count.get()
    this.#count.set(bundle + 1)
    this.#bundles.set(bundle, record)
    return bundle
  }

  get(bundle: number): BundleRecord | undefined {
    return this.#bundles.get(bundle)
  }

  set(bundle: number, record: BundleRecord): void {
    this.#bundles.set(bundle, record)
  }
}

/** A bundle is believed when the arbiter upheld it, or when nobody disputed it in time. */
export function isBelieved({ status, openUntil }: BundleRecord, now: number): boolean {
  return status === 'upheld' || (status === 'open' && now > openUntil)
}
