// What a watcher measures of the funds of lending pools: what they hold, and what they paid for their own pool and for others.
import type { Address } from '@solvent/primitives'
import { type Block, type Genesis, type NetworkSpec, receiptToken } from '@solvent/protocol'

export interface FundCounts {
  /** Of the pool's bad debt: by its own fund, and by others of its mutual. */
  readonly paidByFund: bigint
  readonly paidByMutual: bigint
  /** Receipts that its fund has. */
  readonly scaled: bigint
}

const NOTHING: FundCounts = { paidByFund: 0n, paidByMutual: 0n, scaled: 0n }

export class InsuranceMeter {
  /** Funds and pools by each other. */
  readonly #funds = new Map<Address, Address>()
  readonly #reserves = new Map<string, string>()
  readonly #counts = new Map<string, FundCounts>()

  constructor(spec: NetworkSpec, genesis: readonly Genesis[]) {
    for (const { address, insurance, reserves } of spec.lendingPools) {
      if (insurance === null) continue
      this.#funds.set(address, insurance.fund)
      for (const { token } of reserves)
        this.#reserves.set(`${insurance.fund}/${receiptToken(address, token)}`, `${address}/${token}`)
    }
    for (const { balances } of genesis) for (const each of balances) this.#held(each, 1n)
  }

  block({ receipts }: Block, sign: 1 | -1): void {
    if (this.#funds.size === 0) return
    for (const { entries, events } of receipts) {
      for (const { legs } of entries) for (const leg of legs) this.#held(leg, BigInt(sign))
      for (const event of events) {
        const fund = event.kind === 'deficit-covered' ? this.#funds.get(event.pool) : undefined
        if (event.kind !== 'deficit-covered' || fund === undefined) continue
        const amount = BigInt(sign) * event.amount
        this.#add(
          `${event.pool}/${event.token}`,
          event.from === fund ? { paidByFund: amount } : { paidByMutual: amount },
        )
      }
    }
  }

  of(pool: Address, token: Address): FundCounts {
    return this.#counts.get(`${pool}/${token}`) ?? NOTHING
  }

  #held(
    {
      kind,
      owner,
      token,
      amount,
    }: {
      readonly kind: string
      readonly owner: string
      readonly token: Address
      readonly amount: bigint
    },
    sign: bigint,
  ): void {
    const reserve = kind === 'POOL' ? this.#reserves.get(`${owner}/${token}`) : undefined
    if (reserve !== undefined) this.#add(reserve, { scaled: sign * amount })
  }

  #add(reserve: string, more: Partial<FundCounts>): void {
    const { paidByFund, paidByMutual, scaled } = this.#counts.get(reserve) ?? NOTHING
    this.#counts.set(reserve, {
      paidByFund: paidByFund + (more.paidByFund ?? 0n),
      paidByMutual: paidByMutual + (more.paidByMutual ?? 0n),
      scaled: scaled + (more.scaled ?? 0n),
    })
  }
}
