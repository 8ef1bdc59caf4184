// Collateral checks, G-5: after a loan no more of a token stands behind the account's loans in the check's places than it allows. Pledges are the audit's own reading of the journal; receipts and shares, of pools and of vaults, are looked through.
import type { Address } from '@solvent/primitives'
import {
  type ChainEvent,
  type CollateralCheckSpec,
  type LendingPlace,
  lendingPlaces,
  marketShareToken,
  receiptToken,
} from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { RAY } from './credit-arithmetic.ts'
import type { Tally } from './tally.ts'
import type { VaultRules } from './vault-rules.ts'

/** The supply index of a pool's reserve, in ray; null: there is no such reserve. */
type IndexOf = (pool: Address, token: Address, now: number) => bigint | null

/** What claims are of. */
interface LookThrough {
  readonly indexOf: IndexOf
  readonly behindVault: VaultRules['behind']
}

const DEEPEST = 16

export class CollateralCheckRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #indexOf: IndexOf
  readonly #behindVault: LookThrough['behindVault']
  readonly #checks: readonly CollateralCheckSpec[]
  readonly #places: readonly LendingPlace[]

  constructor(tally: Tally, index: NetworkIndex, { indexOf, behindVault }: LookThrough) {
    this.#tally = tally
    this.#index = index
    this.#indexOf = indexOf
    this.#behindVault = behindVault
    this.#checks = index.spec.controls.collateralChecks
    this.#places = lendingPlaces(index.spec)
  }

  event(scope: Scope, event: ChainEvent): void {
    if (event.kind !== 'borrowed' && event.kind !== 'isolated-borrowed') return
    for (const check of this.#checks) {
      if (!check.places.includes(event.pool)) continue
      this.#tally.checked['G-5']++
      const pledged = this.#pledged(scope, check, event.user)
      if (pledged > check.most)
        this.#tally.breach(
          'G-5',
          scope.atMs,
          scope.chain.chainId,
          `${check.name}: ${event.user} borrows with ${pledged} pledged in all, at most ${check.most} may be`,
        )
    }
  }

  #pledged(scope: Scope, { places, token }: CollateralCheckSpec, owner: Address): bigint {
    let sum = 0n
    for (const place of this.#places) {
      if (!places.includes(place.address)) continue
      for (const asset of place.assets) {
        const receipt = receiptToken(place.address, asset.token)
        const units = scope.chain.book.token(receipt).balance('COLLATERAL', owner)
        // What an isolated market has taken counts one to one.
        const index = this.#indexOf(place.address, asset.token, scope.timestamp) ?? RAY
        sum += this.#within(scope, asset.token, (units * index) / RAY, token, 0)
      }
    }
    return sum
  }

  #within(scope: Scope, held: Address, amount: bigint, token: Address, depth: number): bigint {
    if (held === token) return amount
    if (amount === 0n || depth > DEEPEST) return 0n
    for (const { address, assets } of this.#places)
      for (const asset of assets) {
        const index = this.#indexOf(address, asset.token, scope.timestamp)
        if (index !== null && receiptToken(address, asset.token) === held)
          return this.#within(scope, asset.token, (amount * index) / RAY, token, depth + 1)
      }
    const vault = this.#behindVault(held)
    if (vault !== null && vault.shares > 0n) {
      const part = (whole: bigint): bigint => (amount * whole) / vault.shares
      // The audit's real amounts may be a unit more than the contract's.
      const of = (side: Address, whole: bigint): bigint =>
        this.#within(scope, side, part(whole > 0n ? whole - 1n : 0n), token, depth + 1)
      return of(vault.token0, vault.amount0) + of(vault.token1, vault.amount1)
    }
    for (const market of this.#index.spec.markets) {
      if (marketShareToken(market) !== held) continue
      const { book } = scope.chain
      const shares = -book.token(held).balance('SUPPLY', '')
      return [market.token0, market.token1].reduce((sum, side) => {
        const part = (amount * book.token(side).balance('POOL', market.address)) / shares
        return sum + this.#within(scope, side, part, token, depth + 1)
      }, 0n)
    }
    return 0n
  }
}
