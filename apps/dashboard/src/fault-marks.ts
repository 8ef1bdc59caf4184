// Moments of a live network at which something was broken on purpose: the faults of its plan, and what nodes say of those that an
// operator asked for while it ran.
import type { FrameFault } from './run-frame.ts'

/** Several nodes feel one fault, not all in the same moment. */
const SAME_FAULT_MS = 60_000
/** Marks beyond these would not be told apart. */
const MOST_FAULTS = 200
/** What somebody declares who knows that it is no accident. */
const DECLARED: ReadonlyMap<string, string> = new Map([
  ['exploit-declared', 'exploit'],
  ['false-fill-declared', 'false fill'],
  ['scheme-break-declared', 'keys broken'],
  ['account-break-declared', 'accounts broken'],
  ['outage-declared', 'outage'],
  ['censorship-declared', 'censorship'],
  ['finality-overruled', 'finality overruled'],
])

export class FaultMarks {
  readonly #planned: readonly FrameFault[]
  #faults: readonly FrameFault[]

  /** @param planned in any order */
  constructor(planned: readonly FrameFault[]) {
    // What the nodes are told of one fault may be more than one thing.
    const byName = new Map(planned.map((fault) => [`${fault.at_ms} ${fault.label}`, fault]))
    this.#planned = [...byName.values()].sort((a, b) => a.at_ms - b.at_ms)
    this.#faults = this.#planned
  }

  /** In order of time. */
  get all(): readonly FrameFault[] {
    return this.#faults
  }

  take(
    atMs: number,
    node: string,
    { kind, payload }: { readonly kind: string; readonly payload: Readonly<Record<string, unknown>> },
  ): void {
    const declared = DECLARED.get(kind)
    if (declared !== undefined) this.#add({ label: `${declared}, says ${node}`, kind, at_ms: atMs })
    if (kind !== 'fault' || payload.phase !== 'begin') return
    const fault = String(payload.control ?? payload.fault)
    this.#add({ label: `${fault} of ${payload.target}`, kind: fault, at_ms: atMs })
  }

  /** What is felt about when a fault was planned is that fault. */
  #add(fault: FrameFault): void {
    const isNear = (known: FrameFault) => Math.abs(known.at_ms - fault.at_ms) < SAME_FAULT_MS
    const isKnown =
      this.#planned.some(isNear) || this.#faults.some((known) => known.kind === fault.kind && isNear(known))
    if (isKnown || this.#faults.length >= MOST_FAULTS) return
    this.#faults = [...this.#faults, fault].sort((a, b) => a.at_ms - b.at_ms)
  }
}
