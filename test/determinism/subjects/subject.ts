// What the determinism proof runs: a piece of the product from a seed to one digest of all that happened in it.

export interface SubjectRun {
  readonly seed: number
  /** With everything that looks on and must not touch: observers, a log, progress in slices, a node that does nothing. */
  readonly isObserved: boolean
}

export interface Subject {
  readonly name: string
  /** Whether the seed matters to it. */
  readonly isSeeded: boolean
  /** Needs WebAssembly, as keys and addresses of secp256k1 do; `--jitless` takes it away. */
  readonly needsWasm: boolean
  run(run: SubjectRun): string | Promise<string>
}
