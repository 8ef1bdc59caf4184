// A custodian or lender outside the chain, as the chain knows it: the address where its coins lie, the address where its customers are
// paid, and a contract in which it says in public that it has stopped paying, and which distributes what is left. What it owes and
// what it has lent on no chain sees. docs/models/custodian.md.
import type { Address, ChainId } from '@solvent/primitives'

export interface CustodianSpec {
  readonly kind: 'custodian'
  readonly name: string
  /** Of the contract. */
  readonly address: Address
  readonly chainId: ChainId
  readonly token: Address
  /** Where its coins lie. */
  readonly account: Address
  /** Where its customers are paid. */
  readonly customers: Address
}
