// Applies the schedule of faults: each begins at its moment and, where it lasts, ends at another.
import type { NodeId } from '@solvent/primitives'
import type { HandlerId, Kernel } from '@solvent/kernel'
import type { Fault, ScheduledFault } from '@solvent/protocol'
import type { Vocabulary } from '@solvent/ports'
import type { LinkTable } from './link-table.ts'
import type { SimHost } from './sim-host.ts'

/** Faults come before anything else of the same millisecond. */
const FAULT_PRIORITY = 0

export interface FaultParts<V extends Vocabulary> {
  readonly kernel: Kernel
  readonly genesisMs: number
  readonly links: LinkTable
  hostOf(id: NodeId): SimHost<V> | undefined
  indexOf(id: NodeId): number | undefined
  restart(host: SimHost<V>): void
  inject(fault: Extract<Fault, { kind: 'control' | 'source-report' }>): void
  onPhase(label: string, phase: 'begin' | 'end'): void
}

export class FaultDriver<V extends Vocabulary> {
  readonly #parts: FaultParts<V>
  readonly #begin: HandlerId
  readonly #end: HandlerId

  constructor(parts: FaultParts<V>) {
    this.#parts = parts
    this.#begin = parts.kernel.handler((_a, _b, payload) => this.#onBegin(payload as ScheduledFault))
    this.#end = parts.kernel.handler((_a, _b, payload) => (payload as () => void)())
  }

  schedule(faults: readonly ScheduledFault[]): void {
    for (const item of faults) this.#parts.kernel.at(this.#parts.genesisMs + item.atMs, FAULT_PRIORITY, this.#begin, 0, 0, item)
  }

  #onBegin(item: ScheduledFault): void {
    this.#parts.onPhase(item.label, 'begin')
    const { fault } = item
    const { links } = this.#parts
    switch (fault.kind) {
      case 'crash': {
        const host = this.#parts.hostOf(fault.node)
        if (host === undefined) return
        host.kill()
        host.store.crash(fault.disk)
        if (fault.restartAfterMs !== null) this.#later(fault.restartAfterMs, item.label, () => this.#parts.restart(host))
        break
      }
      case 'suspend': {
        const host = this.#parts.hostOf(fault.node)
        host?.suspend()
        this.#later(fault.durationMs, item.label, () => host?.resume())
        break
      }
      case 'partition': {
        const from = this.#indices(fault.from)
        const to = this.#indices(fault.to)
        const cuts = [links.cut(from, to), ...(fault.symmetric ? [links.cut(to, from)] : [])]
        this.#later(fault.durationMs, item.label, () => cuts.forEach((id) => links.restore(id)))
        break
      }
      case 'link': {
        const { loss, duplicate, delayMs, jitterMs } = fault
        const id = links.worsen({ from: this.#indices(fault.from), to: this.#indices(fault.to), loss, duplicate, delayMs, jitterMs })
        this.#later(fault.durationMs, item.label, () => links.restore(id))
        break
      }
      case 'clock-skew': {
        const host = this.#parts.hostOf(fault.node)
        if (host !== undefined) host.skewMs = fault.skewMs
        break
      }
      case 'control':
      case 'source-report':
        this.#parts.inject(fault)
    }
  }

  #later(delayMs: number, label: string, end: () => void): void {
    this.#parts.kernel.after(delayMs, FAULT_PRIORITY, this.#end, 0, 0, () => {
      this.#parts.onPhase(label, 'end')
      end()
    })
  }

  #indices(ids: readonly NodeId[]): number[] {
    return ids.map((id) => this.#parts.indexOf(id)).filter((index) => index !== undefined)
  }
}
