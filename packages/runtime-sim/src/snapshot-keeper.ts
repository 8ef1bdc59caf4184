// When a node's snapshot is written: now and then while it runs, as long as a fault will still crash and restart it.
// Nodes that never come back write none and have no events for it, so that their runs stay what they are.
import type { HandlerId, Kernel } from '@solvent/kernel'
import type { Vocabulary } from '@solvent/ports'
import type { NodeId } from '@solvent/primitives'
import type { ScheduledFault } from '@solvent/protocol'
import type { SnapshotOptions } from './options.ts'
import { NODE_PRIORITY } from './priorities.ts'
import type { SimHost } from './sim-host.ts'

export interface SnapshotParts {
  readonly kernel: Kernel
  readonly genesisMs: number
  readonly faults: readonly ScheduledFault[]
  readonly options: SnapshotOptions
  /** From a write to its survival. */
  readonly storeMs: number
}

/** A moment of one life of a node. */
interface Turn<V extends Vocabulary> {
  readonly host: SimHost<V>
  readonly life: number
}

interface Write<V extends Vocabulary> extends Turn<V> {
  readonly bytes: Uint8Array
}

export class SnapshotKeeper<V extends Vocabulary> {
  readonly #parts: SnapshotParts
  /** By node: its last crash with a restart, Unix ms; nothing is read after it. */
  readonly #lastNeedMs: ReadonlyMap<NodeId, number>
  readonly #onTurn: HandlerId
  readonly #onWritten: HandlerId

  constructor(parts: SnapshotParts) {
    this.#parts = parts
    this.#lastNeedMs = lastRestartingCrashes(parts)
    this.#onTurn = parts.kernel.handler((_node, _b, payload) => this.#take(payload as Turn<V>))
    this.#onWritten = parts.kernel.handler((_node, _b, payload) => survive(payload as Write<V>))
  }

  /** A life of the node has begun. */
  begin(host: SimHost<V>): void {
    this.#plan({ host, life: host.life })
  }

  #plan(turn: Turn<V>): void {
    const { kernel, options } = this.#parts
    const { index, id } = turn.host
    const lastMs = options.of === 'all' ? Number.POSITIVE_INFINITY : (this.#lastNeedMs.get(id) ?? 0)
    // A crash comes before everything else in its millisecond.
    if (kernel.now() + options.everyMs >= lastMs) return
    kernel.after(options.everyMs, NODE_PRIORITY, this.#onTurn, index, 0, turn)
  }

  #take(turn: Turn<V>): void {
    const { host, life } = turn
    host.whenAwake(() => {
      if (host.life !== life || host.node === null) return
      const { kernel, storeMs } = this.#parts
      const write: Write<V> = { host, life, bytes: host.store.putSnapshot(host.node.snapshot()) }
      kernel.after(storeMs, NODE_PRIORITY, this.#onWritten, host.index, 0, write)
      this.#plan(turn)
    })
  }
}

/** A write under way when the node is killed is lost. */
function survive<V extends Vocabulary>({ host, life, bytes }: Write<V>): void {
  if (host.life === life) host.store.syncSnapshot(bytes)
}

function lastRestartingCrashes({ genesisMs, faults }: SnapshotParts): ReadonlyMap<NodeId, number> {
  const last = new Map<NodeId, number>()
  for (const { atMs, fault } of faults) {
    if (fault.kind !== 'crash' || fault.restartAfterMs === null) continue
    last.set(fault.node, Math.max(last.get(fault.node) ?? 0, genesisMs + atMs))
  }
  return last
}
