// Lending pools as a follower of their chain knows them: the contracts' own state, folded from journal and events. Whose balances or terms have changed is noted,
// for whoever watches accounts.
import type { Address } from '@solvent/primitives'
import type { ChainEvent, Leg } from '@solvent/protocol'
import { type Account, EMPTY_ACCOUNT, positionIn, withPosition } from '../account.ts'
import type { LendingContract } from '../contract/lending-contract.ts'
import type { Reserve } from '../reserve.ts'
import { foldAuction } from './auction-view.ts'

interface Side {
  readonly contract: LendingContract
  readonly token: Address
  readonly side: 'scaledSupply' | 'scaledDebt' | 'cash'
}

/** Accounts by pool. */
export type ChangedOwners = ReadonlyMap<LendingContract, ReadonlySet<string>>

export class PoolFold {
  readonly #lending: ReadonlyMap<Address, LendingContract>
  readonly #sides = new Map<string, Side>()
  #owners = new Map<LendingContract, Set<string>>()

  constructor(lending: ReadonlyMap<Address, LendingContract>) {
    this.#lending = lending
    for (const contract of lending.values())
      for (const { token } of contract.spec.reserves) {
        this.#sides.set(contract.receiptOf(token), { contract, token, side: 'scaledSupply' })
        this.#sides.set(contract.debtOf(token), { contract, token, side: 'scaledDebt' })
        this.#sides.set(`${contract.spec.address}/${token}`, { contract, token, side: 'cash' })
      }
  }

  /** Those that have changed since it was asked last. */
  takeChanged(): ChangedOwners {
    const changed = this.#owners
    this.#owners = new Map()
    return changed
  }

  leg({ kind, owner, token, amount }: Leg): void {
    const cash = kind === 'POOL' ? this.#sides.get(`${owner}/${token}`) : undefined
    if (cash !== undefined) this.#change(cash.contract, cash.token, (each) => ({ cash: each.cash + amount }))
    const found = this.#sides.get(token)
    if (found === undefined) return
    const { contract, side } = found
    if (kind === 'SUPPLY') {
      this.#change(contract, found.token, (each) => ({ [side]: each[side] - amount }))
      return
    }
    if (kind !== 'COLLATERAL' && kind !== 'BORROWER') return
    const account = contract.accounts.get(owner) ?? EMPTY_ACCOUNT
    const held = positionIn(account, found.token)
    const next = { ...held, [side]: held[side as 'scaledSupply'] + amount }
    this.#write(contract, owner, withPosition(account, { ...next, isCollateral: next.scaledSupply > 0n }))
  }

  event(event: ChainEvent, timestamp: number): void {
    switch (event.kind) {
      case 'reserve-updated': {
        const contract = this.#lending.get(event.pool)
        const { liquidityIndexRay, borrowIndexRay, supplyRateRay, borrowRateRay, scaledForTreasury } = event
        if (contract !== undefined)
          this.#change(contract, event.token, () => ({
            ...{ liquidityIndexRay, borrowIndexRay, supplyRateRay, borrowRateRay, scaledForTreasury },
            updatedAt: timestamp,
          }))
        return
      }
      case 'bad-debt-booked':
      case 'deficit-covered': {
        const contract = this.#lending.get(event.pool)
        const sign = event.kind === 'bad-debt-booked' ? 1n : -1n
        if (contract !== undefined)
          this.#change(contract, event.token, ({ deficit }) => ({ deficit: deficit + sign * event.amount }))
        return
      }
      case 'liquidated':
        this.#lending.get(event.pool)?.liquidatedAt.set(event.borrower, timestamp)
        return
      case 'auction-started':
      case 'auction-bid':
      case 'auction-settled':
      case 'auction-sold':
      case 'auction-restarted': {
        const contract = this.#lending.get(event.pool)
        const change = contract === undefined ? null : foldAuction(contract, event, timestamp)
        if (contract !== undefined && change !== null)
          this.#change(contract, change.token, ({ auctioned }) => ({ auctioned: auctioned + change.amount }))
        return
      }
      case 'reserve-terms-set': {
        const contract = this.#lending.get(event.pool)
        if (contract === undefined) return
        const { ltvBps, liquidationThresholdBps, supplyCap, borrowCap, status } = event
        this.#change(contract, event.token, ({ config }) => ({
          config: { ...config, ltvBps, liquidationThresholdBps, supplyCap, borrowCap, status },
        }))
        // Whom a price endangers has changed for everybody.
        const owners = [...contract.accounts.entries()].map(([owner]) => owner)
        this.#owners.set(contract, new Set([...(this.#owners.get(contract) ?? []), ...owners]))
        return
      }
      case 'e-mode-set': {
        const contract = this.#lending.get(event.pool)
        if (contract === undefined) return
        const account = contract.accounts.get(event.user) ?? EMPTY_ACCOUNT
        this.#write(contract, event.user, { ...account, eMode: event.eMode })
        return
      }
    }
  }

  #change(
    { reserves }: LendingContract,
    token: Address,
    change: (reserve: Reserve) => Partial<Reserve>,
  ): void {
    const reserve = reserves.get(token)
    if (reserve !== undefined) reserves.set(token, { ...reserve, ...change(reserve) })
  }

  #write(contract: LendingContract, owner: string, account: Account): void {
    if (account.positions.length === 0 && account.eMode === null) contract.accounts.delete(owner)
    else contract.accounts.set(owner, account)
    const owners = this.#owners.get(contract) ?? new Set()
    this.#owners.set(contract, owners.add(owner))
  }
}
