// When the scenario's declared faults held which node: what a node could not do is no breach of what it should have done.
export interface Period {
  readonly fromMs: number
  readonly untilMs: number
}

interface Hold {
  readonly fault: string
  readonly fromMs: number
  /** Open until the fault ends, for ever when it has no end. */
  untilMs: number
}

export class FaultBook {
  readonly #holds = new Map<string, Hold[]>()

  /** A fault begins or ends; `target` is names with spaces between them. */
  record(atMs: number, fault: string, target: string, phase: 'begin' | 'end'): void {
    for (const node of target.split(' ')) {
      const holds = this.#holds.get(node) ?? []
      this.#holds.set(node, holds)
      if (phase === 'begin') {
        holds.push({ fault, fromMs: atMs, untilMs: Number.POSITIVE_INFINITY })
        continue
      }
      const open = holds.findLast((hold) => hold.fault === fault && hold.untilMs === Number.POSITIVE_INFINITY)
      if (open !== undefined) open.untilMs = atMs
    }
  }

  /** Whether any fault held the node at any time of the period. */
  touched(node: string, { fromMs, untilMs }: Period): boolean {
    return (this.#holds.get(node) ?? []).some((hold) => hold.fromMs <= untilMs && hold.untilMs >= fromMs)
  }
}
