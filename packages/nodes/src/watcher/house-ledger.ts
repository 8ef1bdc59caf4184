// What an auctioneer's account takes and pays, as blocks tell it: bonds and fees of solvers, what users are paid out of bonds, rewards of batches.
// What an auctioneer says that it pays is in its events; only this says that it was paid. docs/models/disciplines.md.
import type { Address, ChainId, Hash32, NodeId } from '@solvent/primitives'
import type { Block, NetworkSpec, Party } from '@solvent/protocol'
import type { BlockBook } from './block-book.ts'

/** Of one auctioneer, chain and asset; base units. */
export interface HouseAccount {
  readonly node: NodeId
  readonly chain: string
  readonly asset: string
  /** From solvers. */
  readonly received: bigint
  readonly paidUsers: bigint
  readonly paidSolvers: bigint
  /** To users and solvers. */
  readonly payments: number
}

interface Transfer {
  readonly chainId: ChainId
  readonly token: Address
  readonly from: Address
  readonly to: Address
  readonly amount: bigint
}

export class HouseLedger implements BlockBook {
  readonly #spec: NetworkSpec
  readonly #houses: ReadonlyMap<Address, NodeId>
  readonly #solvers: ReadonlySet<Address>
  /** By block: transfers to and from auctioneers. */
  readonly #transfers = new Map<Hash32, readonly Transfer[]>()

  constructor(spec: NetworkSpec) {
    this.#spec = spec
    this.#houses = new Map(spec.auctioneers.map(({ address, node }) => [address, node]))
    this.#solvers = new Set(spec.solvers.map(({ address }) => address))
  }

  followed({ hash, header: { chainId }, transactions, receipts }: Block): void {
    if (this.#houses.size === 0) return
    const transfers = transactions.flatMap(({ transaction: { from, call } }, index): Transfer[] => {
      if (call.kind !== 'transfer' || receipts[index]?.status !== 'ok') return []
      if (!this.#houses.has(from) && !this.#houses.has(call.to)) return []
      return [{ chainId, token: call.token, from, to: call.to, amount: call.amount }]
    })
    if (transfers.length > 0) this.#transfers.set(hash, transfers)
  }

  orphaned({ hash }: Block): void {
    this.#transfers.delete(hash)
  }

  /** In the order of first transfers. */
  accounts(users: readonly Party[]): HouseAccount[] {
    const paid = new Set(users.map(({ address }) => address))
    const accounts = new Map<string, HouseAccount>()
    for (const transfer of [...this.#transfers.values()].flat()) {
      const { chainId, token, from, to, amount } = transfer
      const isReceived = this.#houses.has(to) && this.#solvers.has(from)
      const isOfUser = this.#houses.has(from) && paid.has(to)
      const isOfSolver = this.#houses.has(from) && this.#solvers.has(to)
      if (!isReceived && !isOfUser && !isOfSolver) continue
      const house = isReceived ? to : from
      const key = `${house}/${chainId}/${token}`
      const known = accounts.get(key) ?? this.#empty(house, transfer)
      accounts.set(key, {
        ...known,
        received: known.received + (isReceived ? amount : 0n),
        paidUsers: known.paidUsers + (isOfUser ? amount : 0n),
        paidSolvers: known.paidSolvers + (isOfSolver ? amount : 0n),
        payments: known.payments + (isReceived ? 0 : 1),
      })
    }
    return [...accounts.values()]
  }

  #empty(house: Address, { chainId, token }: Transfer): HouseAccount {
    const { chains, tokens } = this.#spec
    return {
      node: this.#houses.get(house)!,
      chain: chains.find((chain) => chain.chainId === chainId)!.name,
      asset: tokens.find((each) => each.chainId === chainId && each.address === token)?.symbol ?? token,
      ...{ received: 0n, paidUsers: 0n, paidSolvers: 0n, payments: 0 },
    }
  }
}
