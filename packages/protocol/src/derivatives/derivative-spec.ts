// The contracts of derivatives and of custody on a network's chains, one kind a file.
import type { Address } from '@solvent/primitives'
import { contractAddress } from '../signing/account.ts'
import type { CustodianSpec } from './custodian-spec.ts'

export type DerivativeSpec = CustodianSpec

/** Where the contract of this kind and name is. */
export function derivativeAddress(kind: DerivativeSpec['kind'], name: string): Address {
  return contractAddress(kind, name)
}
