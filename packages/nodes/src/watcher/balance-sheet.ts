// Whose balance is whose, and sums over balances.
import type { AccountBalance } from '@solvent/audit'
import { type Address, type ChainId, ZERO_ADDRESS } from '@solvent/primitives'
import type { AccountKind } from '@solvent/protocol'
import type { GasBook } from './gas-book.ts'

export interface BalanceLine {
  readonly chainId: ChainId
  readonly kind: AccountKind
  readonly owner: string
  readonly token: Address
  readonly amount: bigint
  /** Gas token of an account: what it paid for gas since genesis; else 0. */
  readonly gasPaid: bigint
}

/** Kinds that are out of circulation, or stand for what circulates elsewhere. */
const NOT_CIRCULATING: ReadonlySet<string> = new Set(['SUPPLY', 'BRIDGE_LOCK', 'BURN', 'LOSS', 'ROUNDING'])
/** Kinds whose owner pays no gas. */
const NOT_PAYING: ReadonlySet<string> = new Set(['GAS_FEE', 'BRIDGE_LOCK', 'ESCROW'])

/** Whether an account is what a participant holds itself. */
export function isHeldBy(line: { readonly kind: string; readonly owner: string }, address: Address): boolean {
  return line.owner === address && (line.kind === 'USER' || line.kind === 'SOLVER')
}

/** Base units of a token that circulate on a chain. */
export function circulatingOf(balances: readonly AccountBalance[], chainId: ChainId, token: Address): bigint {
  const circulating = balances.filter(
    (line) => line.chainId === chainId && line.token === token && !NOT_CIRCULATING.has(line.kind),
  )
  return sumOf(circulating, ({ amount }) => amount)
}

/** The line with what its owner has paid for gas, when it is a balance of the gas token. */
export function withGas(line: AccountBalance, gas: GasBook): BalanceLine {
  const pays = line.token === ZERO_ADDRESS && !NOT_PAYING.has(line.kind)
  return { ...line, gasPaid: pays ? gas.paid(line.chainId, line.owner) : 0n }
}

export function sumOf<T>(items: readonly T[], value: (item: T) => bigint): bigint {
  let total = 0n
  for (const item of items) total += value(item)
  return total
}
