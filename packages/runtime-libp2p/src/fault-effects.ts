// What each kind of fault does to the one node whose runtime this is: its links, its clock, its disk, its loop. When, is the
// schedule's. Crashes and suspensions are the launcher's: a process cannot outlive its own SIGKILL.
import type { NodeId } from '@solvent/primitives'
import type { DiskError, Fault } from '@solvent/protocol'
import type { AcceleratedClock } from './clock.ts'
import type { Direction, LinkImpairment } from './traffic-filter.ts'

/** What of a node faults can reach. */
export interface FaultEffectsWiring {
  readonly self: NodeId
  readonly clock: AcceleratedClock
  readonly peerIdOf: (node: NodeId) => string | undefined
  readonly cut: (peerIds: readonly string[], direction: Direction) => () => void
  readonly impair: (peerIds: readonly string[], impairment: LinkImpairment) => () => void
  readonly skew: (skewMs: number) => void
  readonly drift: (ppm: number) => void
  /** Breaks the connections with the peers. */
  readonly reset: (peerIds: readonly string[]) => void
  /** The same, when half of a frame is out. */
  readonly tear: (peerIds: readonly string[]) => void
  /** No connection with the peers until the returned function is called. */
  readonly refuse: (peerIds: readonly string[]) => () => void
  readonly stallDisk: () => () => void
  readonly fillDisk: (error?: DiskError) => void
  /** Attackers take the places for connections that come in, until the returned function is called. Given peers are all that it still reaches. */
  readonly eclipse: (keeps: readonly string[] | null) => () => void
  /** Strangers connect until the returned function is called. */
  readonly invite: (strangers: Extract<Fault, { kind: 'strangers' }>) => () => void
  readonly onControl: (fault: Extract<Fault, { kind: 'control' }>) => void
  readonly onSourceReport: (fault: Extract<Fault, { kind: 'source-report' }>) => void
}

/** What a fault does to this node: once, or until what it returns is called. */
export type FaultEffect =
  | { readonly kind: 'moment'; readonly apply: () => void; readonly lasts: boolean }
  | { readonly kind: 'span'; readonly durationMs: number; readonly begin: () => () => void }

export class FaultEffects {
  readonly #wiring: FaultEffectsWiring

  constructor(wiring: FaultEffectsWiring) {
    this.#wiring = wiring
  }

  /** Null when it does not concern this node, or is the launcher's. */
  of(fault: Fault): FaultEffect | null {
    const { self } = this.#wiring
    switch (fault.kind) {
      case 'partition':
        return this.#partition(fault)
      case 'link':
        return this.#link(fault)
      case 'reset':
        return this.#reset(fault)
      case 'refused':
        return this.#refuse(fault)
      case 'clock-drift':
        return fault.node === self ? this.#drift(fault) : null
      case 'disk-stall':
        return fault.node === self
          ? { kind: 'span', durationMs: fault.durationMs, begin: () => this.#wiring.stallDisk() }
          : null
      case 'disk-full':
        return fault.node === self
          ? { kind: 'moment', lasts: false, apply: () => this.#wiring.fillDisk(fault.error) }
          : null
      case 'loop-block':
        return fault.node === self
          ? { kind: 'moment', lasts: false, apply: () => this.#block(fault.durationMs) }
          : null
      case 'eclipse':
        return fault.node === self
          ? {
              kind: 'span',
              durationMs: fault.durationMs,
              begin: () =>
                this.#wiring.eclipse(fault.keeps === undefined ? null : this.#peerIds(fault.keeps)),
            }
          : null
      case 'strangers':
        return fault.node === self
          ? { kind: 'span', durationMs: fault.durationMs, begin: () => this.#wiring.invite(fault) }
          : null
      case 'clock-skew':
        return fault.node === self
          ? { kind: 'moment', lasts: true, apply: () => this.#wiring.skew(fault.skewMs) }
          : null
      case 'control':
        return fault.to === self
          ? { kind: 'moment', lasts: false, apply: () => this.#wiring.onControl(fault) }
          : null
      case 'source-report':
        return fault.to === self
          ? { kind: 'moment', lasts: false, apply: () => this.#wiring.onSourceReport(fault) }
          : null
      case 'crash':
      case 'suspend':
        return null
    }
  }

  #partition({ from, to, symmetric, durationMs }: Extract<Fault, { kind: 'partition' }>): FaultEffect | null {
    const { self, cut } = this.#wiring
    const out = [...(from.includes(self) ? to : []), ...(symmetric && to.includes(self) ? from : [])]
    const into = [...(to.includes(self) ? from : []), ...(symmetric && from.includes(self) ? to : [])]
    if (out.length === 0 && into.length === 0) return null
    return {
      kind: 'span',
      durationMs,
      begin: () => {
        const ends = [cut(this.#peerIds(out), 'out'), cut(this.#peerIds(into), 'in')]
        return () => {
          for (const end of ends) end()
        }
      },
    }
  }

  /** Torn from one side: the other is to meet half a frame. */
  #reset({ from, to, where }: Extract<Fault, { kind: 'reset' }>): FaultEffect | null {
    const { self, reset, tear } = this.#wiring
    if (where === 'inside-frame' && !from.includes(self)) return null
    const others = this.#otherSide(from, to)
    if (others.length === 0) return null
    const end = where === 'inside-frame' ? tear : reset
    return { kind: 'moment', lasts: false, apply: () => end(this.#peerIds(others)) }
  }

  #refuse({ from, to, durationMs }: Extract<Fault, { kind: 'refused' }>): FaultEffect | null {
    const others = this.#otherSide(from, to)
    if (others.length === 0) return null
    return { kind: 'span', durationMs, begin: () => this.#wiring.refuse(this.#peerIds(others)) }
  }

  #otherSide(from: readonly NodeId[], to: readonly NodeId[]): NodeId[] {
    const { self } = this.#wiring
    return [...(from.includes(self) ? to : []), ...(to.includes(self) ? from : [])]
  }

  /** Nothing else runs in this process. */
  #block(durationMs: number): void {
    const untilMs = performance.now() + durationMs / this.#wiring.clock.acceleration
    while (performance.now() < untilMs);
  }

  #drift({ ppm, durationMs }: Extract<Fault, { kind: 'clock-drift' }>): FaultEffect {
    const { drift } = this.#wiring
    return {
      kind: 'span',
      durationMs,
      begin: () => {
        drift(ppm)
        return () => drift(0)
      },
    }
  }

  /** Each end impairs what it receives, so that both directions suffer once. */
  #link(fault: Extract<Fault, { kind: 'link' }>): FaultEffect | null {
    const { self, impair, clock } = this.#wiring
    const { from, to, symmetric = true, durationMs } = fault
    const others = [...(to.includes(self) ? from : []), ...(symmetric && from.includes(self) ? to : [])]
    if (others.length === 0) return null
    return {
      kind: 'span',
      durationMs,
      begin: () => {
        const endMs = clock.scenarioMs() + durationMs
        return impair(this.#peerIds(others), this.#impairment(fault, endMs))
      },
    }
  }

  /** In wall time. */
  #impairment(fault: Extract<Fault, { kind: 'link' }>, endMs: number): LinkImpairment {
    const { clock } = this.#wiring
    const { acceleration } = clock
    const { loss, delayMs, jitterMs, tail, corrupt, bytesPerSecond, jam } = fault
    return {
      loss,
      delayMs: delayMs / acceleration,
      jitterMs: jitterMs / acceleration,
      ...(tail === undefined ? {} : { tail: { share: tail.share, delayMs: tail.delayMs / acceleration } }),
      ...(corrupt === undefined ? {} : { corrupt }),
      ...(bytesPerSecond === undefined ? {} : { bytesPerSecond: bytesPerSecond * acceleration }),
      ...(jam === undefined ? {} : { heldMs: () => clock.wallMsUntilScenario(endMs) }),
    }
  }

  #peerIds(nodes: readonly NodeId[]): string[] {
    const others = new Set(nodes.filter((node) => node !== this.#wiring.self))
    return [...others].flatMap((node) => this.#wiring.peerIdOf(node) ?? [])
  }
}
