// The invariant catalogue as data, family by family, in the order in which reports list them.
import type { InvariantCatalogue } from '../invariant.ts'
import { blockInvariants } from './blocks.ts'
import { bridgeInvariants } from './bridges.ts'
import { controlInvariants } from './controls.ts'
import { ledgerInvariants } from './ledger.ts'
import { marketInvariants } from './markets.ts'
import { messageInvariants } from './messages.ts'
import { orderInvariants } from './orders.ts'

export const invariantCatalogue: InvariantCatalogue = {
  ...ledgerInvariants,
  ...orderInvariants,
  ...messageInvariants,
  ...bridgeInvariants,
  ...marketInvariants,
  ...controlInvariants,
  ...blockInvariants,
}
