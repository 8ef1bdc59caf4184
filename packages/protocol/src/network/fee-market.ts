// What moves a chain's base fee: the rule of EIP-1559 with its parameters, and the demand of everybody else.
// Sources: EIP-1559 (elasticity 2, denominator 8); OP Stack `eip1559ElasticityMultiplier` and `eip1559Denominator`.

export interface FeeMarket {
  /** The gas limit is this many times the target; a whole number from 1 on. */
  readonly elasticity: number
  /** The base fee moves by at most 1/denominator of itself (times elasticity − 1 upwards) a block; from 1 on. */
  readonly denominator: number
  /** Wei per gas below which the base fee never falls. */
  readonly minBaseFee: bigint
  /** Wei per gas at which other people's transactions fill the target; 0: nobody else uses the chain. */
  readonly equilibriumBaseFee: bigint
}
