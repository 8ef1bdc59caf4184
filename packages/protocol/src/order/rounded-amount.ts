// An amount in base units that a division may have rounded, with what is needed to rebuild the exact value (L-7).

/** An amount and, where a division was not exact, which way it went and how much it left. */
export interface RoundedAmount {
  readonly amount: bigint
  readonly rounding: AmountRounding | null
}

/** `residue` is the distance to the exact value in units of 1/divisor: 0 < residue < divisor. */
export interface AmountRounding {
  readonly direction: 'floor' | 'up'
  readonly residue: bigint
  readonly divisor: bigint
}
