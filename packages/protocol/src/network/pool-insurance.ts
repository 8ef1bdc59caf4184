// What stands behind the suppliers of a lending pool: a fund of its own and, beside it, the funds of other pools. docs/models/insurance.md.
import type { Address } from '@solvent/primitives'
import { contractAddress } from '../signing/account.ts'

export interface PoolInsurance {
  /** Holds receipts of the pool: what was staked, and premiums. */
  readonly fund: Address
  /** Of what is set aside of the interest, for the fund; the rest is the treasury's. */
  readonly premiumBps: bigint
  /** Pools of a chain that name the same mutual share what a fund cannot pay; null: none. */
  readonly mutual: string | null
  /** Of what the fund has, at most for the bad debt of another pool at once. */
  readonly mutualBps: bigint
}

/** Where the fund of a pool is. */
export function insuranceFund(pool: Address): Address {
  return contractAddress('insurance-fund', pool)
}
