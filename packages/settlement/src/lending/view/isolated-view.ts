// Isolated markets as a follower of their chain knows them: totals and positions folded from journal and events, and those positions
// that a price endangers found without looking at the others.
import type { Address, ChainId } from '@solvent/primitives'
import { minBig } from '@solvent/primitives'
import type { ChainEvent, Genesis, Leg, NetworkSpec } from '@solvent/protocol'
import type { UndoLog } from '../../ledger/undo-log.ts'
import { LevelQueues, plainLevelQueues } from '../../queues/level-queues.ts'
import { IsolatedContract } from '../isolated/contract/isolated-contract.ts'
import { openIsolatedMarket } from '../isolated/contract/isolated-genesis.ts'
import { accruedTotals, type IsolatedTotals, NO_POSITION, PRICE_SCALE } from '../isolated/isolated-market.ts'
import { VIRTUAL_ASSETS, VIRTUAL_SHARES } from '../isolated/shares.ts'

interface Side {
  readonly contract: IsolatedContract
  readonly of: 'supply' | 'pledge' | 'debt'
}

const WAD_NUMBER = 1e18
/** Steps of an index by which rounding may be off; a step is 2^-20 of a ratio. */
const SLACK_STEPS = 8

export class IsolatedView {
  readonly markets: ReadonlyMap<Address, IsolatedContract>
  readonly #sides = new Map<Address, Side>()
  readonly #queues = new Map<Address, LevelQueues<string>>()
  readonly #bits = new DataView(new ArrayBuffer(8))
  #changed = new Set<string>()

  constructor(log: UndoLog, { isolatedMarkets, genesisMs }: NetworkSpec, chainId: ChainId, genesis: Genesis) {
    const here = isolatedMarkets.filter((spec) => spec.chainId === chainId)
    this.markets = new Map(here.map((spec) => [spec.address, new IsolatedContract(log, spec)]))
    for (const [address, contract] of this.markets) {
      openIsolatedMarket(contract, genesis.balances, Math.floor(genesisMs / 1_000))
      this.#sides.set(contract.shareToken, { contract, of: 'supply' })
      this.#sides.set(contract.pledgeToken, { contract, of: 'pledge' })
      this.#sides.set(contract.debtToken, { contract, of: 'debt' })
      this.#queues.set(address, new LevelQueues(plainLevelQueues()))
      for (const [owner] of contract.positions.entries()) this.#note(contract, owner)
    }
  }

  leg({ kind, owner, token, amount }: Leg): void {
    const side = this.#sides.get(token)
    if (side === undefined) return
    const { contract, of } = side
    if (kind === 'SUPPLY' && of !== 'pledge') {
      const totals = contract.totals.get()
      const name = of === 'supply' ? 'supply' : 'borrow'
      const { assets, shares } = totals[name]
      contract.totals.set({ ...totals, [name]: { assets, shares: shares - amount } })
      return
    }
    if (kind !== 'COLLATERAL' && kind !== 'BORROWER') return
    const position = contract.positions.get(owner) ?? NO_POSITION
    contract.write(
      owner,
      kind === 'COLLATERAL'
        ? { ...position, collateral: position.collateral + amount }
        : { ...position, borrowShares: position.borrowShares + amount },
    )
    this.#changed.add(`${contract.spec.address}/${owner}`)
  }

  event(event: ChainEvent, timestamp: number): void {
    const contract = 'pool' in event ? this.markets.get(event.pool) : undefined
    if (contract === undefined) return
    const totals = contract.totals.get()
    const moved = (supply: bigint, borrow: bigint): IsolatedTotals => ({
      ...totals,
      supply: { ...totals.supply, assets: totals.supply.assets + supply },
      borrow: { ...totals.borrow, assets: totals.borrow.assets + borrow },
    })
    /** A repayment may be one unit above what all owe. */
    const paid = (amount: bigint): bigint => minBig(amount, totals.borrow.assets)
    switch (event.kind) {
      case 'isolated-accrued': {
        const { interest, rateAtTargetWad } = event
        contract.totals.set({ ...moved(interest, interest), updatedAt: timestamp, rateAtTargetWad })
        return
      }
      case 'isolated-supplied':
        return contract.totals.set(moved(event.amount, 0n))
      case 'isolated-withdrawn':
        return contract.totals.set(moved(-event.amount, 0n))
      case 'isolated-borrowed':
        return contract.totals.set(moved(0n, event.amount))
      case 'isolated-repaid':
        return contract.totals.set(moved(0n, -paid(event.amount)))
      case 'isolated-liquidated':
        return contract.totals.set(moved(-event.badDebt, -paid(event.repaid) - event.badDebt))
    }
  }

  /** Positions that the block changed, for `note`. */
  takeChanged(): ReadonlySet<string> {
    const changed = this.#changed
    this.#changed = new Set()
    return changed
  }

  /** Puts positions at their place anew. */
  note(changed: ReadonlySet<string>): void {
    for (const key of changed) {
      const at = key.indexOf('/')
      const contract = this.markets.get(key.slice(0, at) as Address)
      if (contract !== undefined) this.#note(contract, key.slice(at + 1))
    }
  }

  /** The totals at a time. */
  totalsAt(market: Address, atSeconds: number): IsolatedTotals | null {
    const contract = this.markets.get(market)
    return contract === undefined
      ? null
      : accruedTotals(contract.totals.get(), contract.spec, atSeconds).totals
  }

  /** Owners whose positions may be liquidated at a price, the least healthy first; each has to be weighed. */
  *atRisk(market: Address, atSeconds: number, price: bigint): Generator<string> {
    const contract = this.markets.get(market)
    const queues = this.#queues.get(market)
    if (contract === undefined || queues === undefined) return
    const { borrow } = accruedTotals(contract.totals.get(), contract.spec, atSeconds).totals
    // Shares of debt that a unit of collateral bears.
    const perUnit = Number(borrow.shares + VIRTUAL_SHARES) / Number(borrow.assets + VIRTUAL_ASSETS)
    const lltv = Number(contract.spec.lltvWad) / WAD_NUMBER
    const floor = this.#stepOf((Number(price) / Number(PRICE_SCALE)) * lltv * perUnit) - SLACK_STEPS
    let level = queues.highest()
    while (level !== null && level >= floor) {
      const below = queues.below(level)
      let owner = queues.first(level)
      while (owner !== null) {
        const next: string | null = queues.after(owner)
        yield owner
        owner = next
      }
      level = below
    }
  }

  #note({ positions, spec }: IsolatedContract, owner: string): void {
    const queues = this.#queues.get(spec.address)!
    const { collateral, borrowShares } = positions.get(owner) ?? NO_POSITION
    queues.leave(owner)
    if (borrowShares > 0n)
      queues.join(owner, this.#stepOf(Number(borrowShares) / Math.max(Number(collateral), 0.5)))
  }

  /** The upper half of a positive float64: whole numbers that grow with it. */
  #stepOf(ratio: number): number {
    this.#bits.setFloat64(0, ratio)
    return this.#bits.getUint32(0)
  }
}
