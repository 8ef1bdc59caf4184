// A lending pool as genesis finds it: balances say who has supplied, pledged and borrowed what. Everything follows from them, so
// that a network may begin with a hundred thousand positions and one journal entry.
import { remembered } from '@solvent/primitives'
import type { Genesis, GenesisBalance, LendingPoolSpec } from '@solvent/protocol'
import { type Account, EMPTY_ACCOUNT, positionIn, withPosition } from '../account.ts'
import { newReserve, type Reserve, withRates } from '../reserve.ts'
import type { LendingContract } from './lending-contract.ts'

type Sums = Pick<Reserve, 'cash' | 'scaledSupply' | 'scaledDebt'>

/** What genesis gives a pool. */
interface Opening {
  readonly accounts: ReadonlyMap<string, Account>
  /** By token. */
  readonly sums: ReadonlyMap<string, Sums>
}

/** Chains of which the openings are remembered: all who follow one begin with the same accounts, and need not each have copies. */
const REMEMBERED_CHAINS = 64

const openingsOf = remembered((_genesis: Genesis) => new Map<LendingPoolSpec, Opening>(), REMEMBERED_CHAINS)

/** Opens the reserves and takes in what genesis gives them. */
export function openLendingPool(contract: LendingContract, genesis: Genesis, atSeconds: number): void {
  const { spec, reserves } = contract
  const { accounts, sums } = openingOf(contract, genesis)
  for (const { token, terms } of spec.reserves)
    reserves.set(token, withRates({ ...newReserve(terms, atSeconds), ...sums.get(token) }))
  for (const [owner, account] of accounts) contract.accounts.set(owner, account)
}

function openingOf(contract: LendingContract, genesis: Genesis): Opening {
  const openings = openingsOf(genesis)
  const known = openings.get(contract.spec)
  if (known !== undefined) return known
  const opening = readOpening(contract, genesis)
  openings.set(contract.spec, opening)
  return opening
}

function readOpening(contract: LendingContract, { balances }: Genesis): Opening {
  const { spec } = contract
  const accounts = new Map<string, Account>()
  const sides = new Map<string, { readonly token: string; readonly side: 'scaledSupply' | 'scaledDebt' }>()
  const sums = new Map<string, { -readonly [Name in keyof Sums]: Sums[Name] }>()
  for (const { token } of spec.reserves) {
    sums.set(token, { cash: 0n, scaledSupply: 0n, scaledDebt: 0n })
    sides.set(contract.receiptOf(token), { token, side: 'scaledSupply' })
    sides.set(contract.debtOf(token), { token, side: 'scaledDebt' })
  }
  for (const balance of balances) {
    const cash = isCashOf(contract, balance) ? sums.get(balance.token) : undefined
    if (cash !== undefined) cash.cash += balance.amount
    const found = sides.get(balance.token)
    if (found === undefined) continue
    const { token, side } = found
    const sum = sums.get(token)
    if (sum !== undefined) sum[side] += balance.amount
    if (balance.kind !== 'COLLATERAL' && balance.kind !== 'BORROWER') continue
    const account = accounts.get(balance.owner) ?? EMPTY_ACCOUNT
    const held = positionIn(account, token)
    const more = { ...held, [side]: held[side] + balance.amount }
    accounts.set(
      balance.owner,
      withPosition(account, { ...more, isCollateral: held.isCollateral || side === 'scaledSupply' }),
    )
  }
  return { accounts, sums }
}

function isCashOf({ spec }: LendingContract, { kind, owner }: GenesisBalance): boolean {
  return kind === 'POOL' && owner === spec.address
}
