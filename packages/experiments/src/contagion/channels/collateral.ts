// Collateral that is worth less than the debt against it: the lenders are short of the rest.
import type { Channel } from './channel.ts'

export const collateral: Channel = {
  name: 'collateral',
  title: 'debts that their collateral does not cover any more',
  closedBy: 'a guarantor from outside pays in the end what collateral does not cover',
  pays: 'guarantor',
  isOpenIn: ({ lending = {} }) => Object.keys(lending).length > 0,
  close: (scenario) => scenario,
}
