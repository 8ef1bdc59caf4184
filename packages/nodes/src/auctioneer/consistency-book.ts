// What the caps on rewards leave over a period, shared among solvers by how reliably they settle and how much they offer, won or not (CoW Protocol: CIP-85;
// batch/solver-rewards.ts). A batch counts in the period in which it is settled, its offers in that in which it closed. In the store. Numeraire times 10^8.
import { type ConsistencyRecord, consistencyBudget, consistencyRewards } from '@solvent/mechanisms'
import type { Store } from '@solvent/ports'
import {
  type Address,
  decodeCanonical,
  encodeCanonical,
  mulDivFloor,
  type OrderId,
  wholeUnit,
} from '@solvent/primitives'
import type { BatchOutcome, ConsistencyShares } from '@solvent/protocol'

const KEPT = 'reward/period'

/** One solver in one batch that is settled. */
export interface SettledBatch {
  readonly solver: Address
  /** Winning solutions, and those of them of which every order was filled. */
  readonly won: number
  readonly settled: number
  readonly protocolFee: bigint
  readonly capBps: number
  readonly reward: bigint
}

interface Period {
  readonly budget: bigint
  readonly records: readonly {
    readonly solver: Address
    readonly won: number
    readonly settled: number
    readonly proposed: readonly (readonly [OrderId, bigint])[]
  }[]
}

const EMPTY: Period = { budget: 0n, records: [] }

export class ConsistencyBook {
  readonly #store: Store
  #period: Period = EMPTY

  constructor(store: Store) {
    this.#store = store
  }

  /** After a restart. */
  resume(): void {
    const bytes = this.#store.get(KEPT)
    if (bytes !== undefined) this.#period = decodeCanonical(bytes) as unknown as Period
  }

  /** Every offer of a batch counts but those that its filter dropped: of each solver the best for each order. */
  decided({ lots, solutions }: BatchOutcome, filtered: ReadonlySet<string>): void {
    const lotOf = new Map(lots.map((lot) => [lot.orderId, lot]))
    let period = this.#period
    for (const { hash, solver, items } of solutions) {
      if (filtered.has(hash)) continue
      const proposed = new Map(recordOf(period, solver).proposed)
      for (const { orderId, outputAmount } of items) {
        const lot = lotOf.get(orderId)
        if (lot === undefined) continue
        const surplus = mulDivFloor(outputAmount - lot.minAmount, lot.priceE8, wholeUnit(lot.decimals))
        if (surplus > (proposed.get(orderId) ?? 0n)) proposed.set(orderId, surplus)
      }
      period = withRecord(period, { ...recordOf(period, solver), proposed: [...proposed] })
    }
    this.#keep(period)
  }

  settled({ solver, won, settled, ...terms }: SettledBatch): void {
    const before = recordOf(this.#period, solver)
    const record = { ...before, won: before.won + won, settled: before.settled + settled }
    const budget = this.#period.budget + consistencyBudget([terms])
    this.#keep({ ...withRecord(this.#period, record), budget })
  }

  /** Ends the period: what it leaves and to whom it goes; a new one begins. */
  close(): ConsistencyShares {
    const { budget, records } = this.#period
    this.#keep(EMPTY)
    const rewards = consistencyRewards(
      budget,
      records.map((record): ConsistencyRecord => ({ ...record, proposed: new Map(record.proposed) })),
    )
    return {
      budget,
      records: records.map(({ solver, won, settled, proposed }) => ({
        solver,
        won,
        settled,
        proposed: proposed.map(([orderId, surplus]) => ({ orderId, surplus })),
        reward: rewards.get(solver) ?? 0n,
      })),
    }
  }

  #keep(period: Period): void {
    this.#period = period
    this.#store.put(KEPT, encodeCanonical(period))
  }
}

function recordOf({ records }: Period, solver: Address): Period['records'][number] {
  return records.find((each) => each.solver === solver) ?? { solver, won: 0, settled: 0, proposed: [] }
}

function withRecord(period: Period, record: Period['records'][number]): Period {
  const isKnown = period.records.some(({ solver }) => solver === record.solver)
  const records = isKnown
    ? period.records.map((each) => (each.solver === record.solver ? record : each))
    : [...period.records, record]
  return { ...period, records }
}
