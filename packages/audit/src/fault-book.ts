// When the scenario's declared faults held which node, and whose transactions which chain left out: what a node could not do
// is no breach of what it should have done.
import type { DeclaredCensorship } from '@solvent/protocol'

export interface Period {
  readonly fromMs: number
  readonly untilMs: number
}

export interface Hold {
  readonly fault: string
  /** All nodes that the fault names. */
  readonly nodes: readonly string[]
  readonly fromMs: number
  /** Open until the fault ends, for ever when it has no end. */
  untilMs: number
}

export class FaultBook {
  readonly #holds = new Map<string, Hold[]>()
  readonly #censorships: DeclaredCensorship[] = []

  /** A fault begins or ends; `target` is names with spaces between them. */
  record(atMs: number, fault: string, target: string, phase: 'begin' | 'end'): void {
    const nodes = target.split(' ')
    for (const node of nodes) {
      const holds = this.#holds.get(node) ?? []
      this.#holds.set(node, holds)
      if (phase === 'begin') {
        holds.push({ fault, nodes, fromMs: atMs, untilMs: Number.POSITIVE_INFINITY })
        continue
      }
      const open = holds.findLast((hold) => hold.fault === fault && hold.untilMs === Number.POSITIVE_INFINITY)
      if (open !== undefined) open.untilMs = atMs
    }
  }

  censored(censorship: DeclaredCensorship): void {
    this.#censorships.push(censorship)
  }

  get censorships(): readonly DeclaredCensorship[] {
    return this.#censorships
  }

  holds(node: string): readonly Hold[] {
    return this.#holds.get(node) ?? []
  }

  /** Whether any fault held the node at any time of the period. */
  touched(node: string, { fromMs, untilMs }: Period): boolean {
    return this.holds(node).some((hold) => hold.fromMs <= untilMs && hold.untilMs >= fromMs)
  }
}
