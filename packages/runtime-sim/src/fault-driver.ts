// Applies the schedule of faults: each begins at its moment and, where it lasts, ends at another.
import type { HandlerId, Kernel } from '@solvent/kernel'
import type { RandomStream, Vocabulary } from '@solvent/ports'
import { asNodeId, type NodeId } from '@solvent/primitives'
import type { Fault, ScheduledFault } from '@solvent/protocol'
import { HalfOpenConnections } from './half-open.ts'
import type { LinkTable } from './link-table.ts'
import type { Injection } from './options.ts'
import { FAULT_PRIORITY } from './priorities.ts'
import type { SimHost } from './sim-host.ts'
import type { DiskFate } from './sim-store.ts'

export interface FaultParts<V extends Vocabulary> {
  readonly kernel: Kernel
  readonly genesisMs: number
  readonly links: LinkTable
  /** Neighbours that a node keeps to, and dials when they are lost. */
  readonly neighbours: number
  readonly streamOf: (name: string) => RandomStream
  /** Names of all. */
  nodes(): readonly NodeId[]
  hostOf(id: NodeId): SimHost<V>
  kill(host: SimHost<V>, disk: DiskFate): void
  restart(host: SimHost<V>): void
  inject(fault: Injection): void
  onPhase(label: string, phase: 'begin' | 'end'): void
  /** The node refused what a stranger sent. */
  onGarbage(node: NodeId, stranger: NodeId): void
}

/** What nobody can read costs its sender ten points of the fifty that it has: the fifth is its last for half an hour (p2p.md §6). */
const GARBAGE_BEFORE_BAN = 5
/** A fifth of what a stranger may send. */
const GARBAGE_EVERY_MS = 250

/** Connections that broke are there again after about this long: gossipsub and requests dial anew. */
const RECONNECT_MS = 1_000

type FaultOf<K extends Fault['kind']> = Extract<Fault, { kind: K }>

export class FaultDriver<V extends Vocabulary> {
  readonly #parts: FaultParts<V>
  readonly #begin: HandlerId
  readonly #end: HandlerId
  readonly #halfOpen = new HalfOpenConnections()

  constructor(parts: FaultParts<V>) {
    this.#parts = parts
    this.#begin = parts.kernel.handler((_a, _b, payload) => this.#onBegin(payload as ScheduledFault))
    this.#end = parts.kernel.handler((_a, _b, payload) => (payload as () => void)())
  }

  schedule(faults: readonly ScheduledFault[]): void {
    const { kernel, genesisMs } = this.#parts
    faults.forEach((item, index) => {
      kernel.at(genesisMs + item.atMs, FAULT_PRIORITY, this.#begin, index, 0, item)
    })
  }

  #onBegin({ label, fault }: ScheduledFault): void {
    this.#parts.onPhase(label, 'begin')
    switch (fault.kind) {
      case 'crash':
        return this.#crash(fault, label)
      case 'suspend':
        return this.#suspend(fault, label)
      case 'partition':
        return this.#partition(fault, label)
      case 'link':
        return this.#worsen(fault, label)
      case 'reset':
        return this.#reset(fault)
      case 'refused':
        return this.#refuse(fault, label)
      case 'clock-skew':
        return this.#parts.hostOf(fault.node).skew(fault.skewMs)
      case 'clock-drift':
        return this.#drift(fault, label)
      case 'disk-stall':
        return this.#stall(fault, label)
      case 'disk-full':
        return this.#fill(fault, label)
      case 'loop-block':
        return this.#suspend(fault, label)
      case 'eclipse':
        return this.#eclipse(fault, label)
      case 'strangers':
        return this.#invite(fault, label)
      case 'control':
      case 'source-report':
        return this.#parts.inject(fault)
    }
  }

  /** Of several crashes the last decides whether and when the node comes back. */
  #crash({ node, disk, restartAfterMs }: FaultOf<'crash'>, label: string): void {
    const host = this.#parts.hostOf(node)
    this.#parts.kill(host, disk)
    if (restartAfterMs === null) return
    const { life } = host
    this.#later(restartAfterMs, () => {
      if (host.life !== life) return
      this.#parts.onPhase(label, 'end')
      this.#parts.restart(host)
    })
  }

  /** The end wakes only the life that was put to sleep. */
  #suspend({ node, durationMs }: FaultOf<'suspend' | 'loop-block'>, label: string): void {
    const host = this.#parts.hostOf(node)
    const { life } = host
    host.suspend()
    this.#later(durationMs, () => {
      this.#parts.onPhase(label, 'end')
      if (host.life === life) host.resume()
    })
  }

  #partition(fault: FaultOf<'partition'>, label: string): void {
    const { links } = this.#parts
    const from = this.#indices(fault.from)
    const to = this.#indices(fault.to)
    const cuts = [links.cut(from, to), ...(fault.symmetric ? [links.cut(to, from)] : [])]
    this.#later(fault.durationMs, () => {
      this.#parts.onPhase(label, 'end')
      for (const id of cuts) links.restore(id)
    })
  }

  #worsen(fault: FaultOf<'link'>, label: string): void {
    const { links } = this.#parts
    const from = this.#indices(fault.from)
    const to = this.#indices(fault.to)
    const untilMs = this.#parts.kernel.now() + fault.durationMs
    const id = links.worsen({ ...fault, from, to, untilMs })
    this.#later(fault.durationMs, () => {
      this.#parts.onPhase(label, 'end')
      links.restore(id)
    })
  }

  /** What is under way is lost, and nothing passes until the connections are there again. */
  #reset(fault: FaultOf<'reset'>): void {
    const { links, kernel } = this.#parts
    const from = this.#indices(fault.from)
    const to = this.#indices(fault.to)
    const cuts = [links.cut(from, to), links.cut(to, from)]
    const nowMs = kernel.now()
    const waitMs = this.#halfOpen.freeMs([...from, ...to], nowMs) - nowMs
    this.#later(Math.max(RECONNECT_MS, waitMs), () => {
      for (const id of cuts) links.restore(id)
    })
  }

  #refuse(fault: FaultOf<'refused'>, label: string): void {
    const { links } = this.#parts
    const from = this.#indices(fault.from)
    const to = this.#indices(fault.to)
    const cuts = [links.cut(from, to, 'refusal'), links.cut(to, from, 'refusal')]
    this.#later(fault.durationMs, () => {
      this.#parts.onPhase(label, 'end')
      for (const id of cuts) links.restore(id)
    })
  }

  /** All connections break; the node makes anew those that it needs itself, and nobody else gets in. */
  #eclipse({ node, keeps, durationMs }: FaultOf<'eclipse'>, label: string): void {
    const { links, nodes, neighbours, streamOf, onPhase } = this.#parts
    const others = nodes().filter((each) => each !== node)
    this.#reset({ kind: 'reset', from: [node], to: others })
    const dialled = keeps ?? streamOf(`eclipse/${node}`).shuffle(others).slice(0, neighbours)
    const { index } = this.#parts.hostOf(node)
    const end = links.eclipse(index, this.#indices(dialled), keeps === undefined ? 'honest' : 'attackers')
    this.#later(durationMs, () => {
      onPhase(label, 'end')
      end()
    })
  }

  /**
   * Those that hang up or reset are gone before they cost anything; those that say nothing hold a place each; those that shake hands
   * and send what nobody can read are heard until they are banned.
   */
  #invite({ node, connections, manner, durationMs }: FaultOf<'strangers'>, label: string): void {
    const { kernel, hostOf, onPhase } = this.#parts
    if (manner === 'half-open') this.#halfOpen.hold(hostOf(node).index, connections, kernel.now())
    if (manner === 'garbage')
      for (let sent = 1; sent <= GARBAGE_BEFORE_BAN && sent * GARBAGE_EVERY_MS <= durationMs; sent++)
        this.#later(sent * GARBAGE_EVERY_MS, () => this.#hearGarbage(node, connections))
    this.#later(durationMs, () => onPhase(label, 'end'))
  }

  #hearGarbage(node: NodeId, strangers: number): void {
    if (!this.#parts.hostOf(node).isUp) return
    for (let n = 1; n <= strangers; n++) this.#parts.onGarbage(node, asNodeId(`stranger-${n}`))
  }

  #drift({ node, ppm, durationMs }: FaultOf<'clock-drift'>, label: string): void {
    const host = this.#parts.hostOf(node)
    host.drift(ppm)
    this.#later(durationMs, () => {
      this.#parts.onPhase(label, 'end')
      host.drift(0)
    })
  }

  /** A node that is killed meanwhile loses what its disk has not said to be safe. */
  #stall({ node, durationMs }: FaultOf<'disk-stall'>, label: string): void {
    const host = this.#parts.hostOf(node)
    host.disk.stall()
    this.#later(durationMs, () => {
      this.#parts.onPhase(label, 'end')
      host.disk.flow()
    })
  }

  /** The node ends at its next write, which its disk does not take. */
  #fill({ node, restartAfterMs }: FaultOf<'disk-full'>, label: string): void {
    const host = this.#parts.hostOf(node)
    const { life } = host
    host.disk.refuse(() => {
      if (host.life === life) this.#later(0, () => this.#parts.kill(host, 'unsynced-lost'))
    })
    if (restartAfterMs === null) return
    this.#later(restartAfterMs, () => {
      this.#parts.onPhase(label, 'end')
      host.disk.accept()
      if (!host.isUp) this.#parts.restart(host)
    })
  }

  #later(delayMs: number, end: () => void): void {
    this.#parts.kernel.after(delayMs, FAULT_PRIORITY, this.#end, 0, 0, end)
  }

  #indices(ids: readonly NodeId[]): number[] {
    return ids.map((id) => this.#parts.hostOf(id).index)
  }
}
