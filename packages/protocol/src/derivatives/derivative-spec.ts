// The contracts of derivatives, of custody and of last resort on a network's chains, one kind a file.
import type { Address } from '@solvent/primitives'
import type { DiscountWindowSpec } from '../controls/discount-window.ts'
import { contractAddress } from '../signing/account.ts'
import type { CoverSpec } from './cover.ts'
import type { CustodianSpec } from './custodian-spec.ts'
import type { NavFundSpec } from './nav-fund.ts'
import type { OptionDeskSpec } from './option.ts'
import type { PerpetualSpec } from './perpetual-spec.ts'

export type DerivativeSpec =
  | CustodianSpec
  | CoverSpec
  | DiscountWindowSpec
  | NavFundSpec
  | OptionDeskSpec
  | PerpetualSpec

/** Where the contract of this kind and name is. */
export function derivativeAddress(kind: DerivativeSpec['kind'], name: string): Address {
  return contractAddress(kind, name)
}
