// How far stress has spread when nothing moves any more.

export interface Propagation {
  /** Length n, uncapped stress in the end. */
  readonly stress: Float64Array
  /** Sweeps (linear) or steps (single-hit) until nothing moved. */
  readonly rounds: number
  /** Largest |min(1, h) − min(1, h0 + W·min(1, h))|; 0 for single-hit, which ends by itself. */
  readonly residual: number
}
