// The address of a rollup's contracts on its L1, as one contract that its first producer may upgrade.
import { type Address, remembered } from '@solvent/primitives'
import type { ChainSpec } from '../network/chain-spec.ts'
import { contractAddress } from '../signing/account.ts'

/** Where a rollup's inbox, roots and proofs stand on its L1. Remembered for a while. */
export const rollupContract: (rollup: Pick<ChainSpec, 'name'>) => Address = remembered(
  ({ name }: Pick<ChainSpec, 'name'>) => contractAddress('rollup', name),
)
