// A solver in distress: what an operator has told it of its business. It is asked before every offer, after every price, and before every
// promise is kept. docs/models/solver.md.
import { BPS, minBig } from '@solvent/primitives'
import type { SolverDistress } from '@solvent/protocol'

export type DistressRefusal = 'stands-aside' | 'in-default'

/** What is left of a distress when a node comes back. */
export interface KnownDistress {
  readonly asideUntilMs: number
  readonly undercut: { readonly bps: number; readonly untilMs: number } | null
  readonly isInDefault: boolean
}

export class Distress {
  readonly #nowMs: () => number
  #asideUntilMs = 0
  #undercut: KnownDistress['undercut'] = null
  #isInDefault = false

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  begin(distress: SolverDistress): void {
    switch (distress.kind) {
      case 'stand-aside':
        this.#asideUntilMs = distress.untilMs
        return
      case 'undercut':
        this.#undercut = { bps: distress.bps, untilMs: distress.untilMs }
        return
      case 'default':
        this.#isInDefault = true
    }
  }

  /** Whether nothing that it has promised is kept. */
  get isInDefault(): boolean {
    return this.#isInDefault
  }

  /** Why it makes no offer now; null when it may. */
  get refusal(): DistressRefusal | null {
    if (this.#isInDefault) return 'in-default'
    return this.#nowMs() < this.#asideUntilMs ? 'stands-aside' : null
  }

  /** What is offered in place of what its strategy says, base units; never more than is free. */
  offered(amount: bigint, free: bigint): bigint {
    if (this.#undercut === null || this.#nowMs() >= this.#undercut.untilMs) return amount
    return minBig(free, (amount * (BPS + BigInt(this.#undercut.bps))) / BPS)
  }

  get known(): KnownDistress {
    return { asideUntilMs: this.#asideUntilMs, undercut: this.#undercut, isInDefault: this.#isInDefault }
  }

  resume({ asideUntilMs, undercut, isInDefault }: KnownDistress): void {
    this.#asideUntilMs = asideUntilMs
    this.#undercut = undercut
    this.#isInDefault = isInDefault
  }
}
