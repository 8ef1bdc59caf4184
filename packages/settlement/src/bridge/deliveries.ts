// Under which digest each message was delivered over one bridge to one chain: by lane (source chain and emitter), then by
// sequence, so that to ask for a message no name of it has to be put together.
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import type { BridgeMessage } from '@solvent/protocol'
import { UndoableMap, type UndoLog } from '../ledger/undo-log.ts'

type Lane = UndoableMap<number, Hash32>
type Named = Pick<BridgeMessage, 'srcChainId' | 'emitter' | 'sequence'>

export class Deliveries {
  readonly #log: UndoLog
  /** A lane that came with a block that has been taken back stays, empty. */
  readonly #lanes = new Map<ChainId, Map<Address, Lane>>()

  constructor(log: UndoLog) {
    this.#log = log
  }

  /** The digest that the message's key was delivered with, if it was. */
  get({ srcChainId, emitter, sequence }: Named): Hash32 | undefined {
    return this.#lanes.get(srcChainId)?.get(emitter)?.get(sequence)
  }

  add({ srcChainId, emitter, sequence }: Named, digest: Hash32): void {
    this.#laneOf(srcChainId, emitter).set(sequence, digest)
  }

  #laneOf(srcChainId: ChainId, emitter: Address): Lane {
    let emitters = this.#lanes.get(srcChainId)
    if (emitters === undefined) {
      emitters = new Map()
      this.#lanes.set(srcChainId, emitters)
    }
    let lane = emitters.get(emitter)
    if (lane === undefined) {
      lane = new UndoableMap(this.#log)
      emitters.set(emitter, lane)
    }
    return lane
  }
}
