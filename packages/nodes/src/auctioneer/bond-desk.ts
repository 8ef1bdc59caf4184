// Bonds of solvers, on a ledger: transfers of theirs to the auctioneer, as blocks tell of them. Who has too little left may not bid; for an award that was not
// kept a share of what the user was due goes to that user, for a sealed bid that was not opened a deposit, as far as the bond goes; and whoever was slashed is denied
// for a while. Sources: bonds of CoW's pools and their slashing; deposits of the ENS registrar (2017); deny-lists of OKX. Slashes are in the store, what was
// posted is read from blocks again: nothing is slashed twice. docs/models/disciplines.md.
import type { Inbound, TimerId } from '@solvent/ports'
import {
  type Address,
  BPS,
  BPS_NUMBER,
  decodeCanonical,
  encodeCanonical,
  minBig,
  msToSeconds,
  mulDivUp,
  type OrderId,
  wholeUnit,
} from '@solvent/primitives'
import type { Block, BondSlashCause, NetworkSpec, Order, SolventVocabulary } from '@solvent/protocol'
import { createTransactionSender, type TransactionSender } from '../parts/transaction-sender.ts'
import type { NetworkFacts } from '../solver/network-facts.ts'
import type { AuctioneerPorts } from './auctioneer-init.ts'
import type { BondTerms } from './bond-terms.ts'

const SLASHES = 'bond/slash/'

interface Slash {
  readonly solver: Address
  readonly amount: bigint
  /** Unix seconds: until when it is denied. */
  readonly deniedUntil: number
}

/** An award that was not kept: of which order, and what its user was due. */
export interface BrokenAward {
  readonly orderId: OrderId
  readonly winner: Address
  readonly user: Address
  readonly chainId: Order['output']['chainId']
  readonly token: Address
  readonly amount: bigint
}

export class BondDesk {
  readonly #terms: BondTerms
  readonly #ports: AuctioneerPorts
  readonly #facts: NetworkFacts
  readonly #solvers: ReadonlySet<Address>
  readonly #sender: TransactionSender
  readonly #posted = new Map<Address, bigint>()
  readonly #slashed = new Map<Address, bigint>()
  readonly #deniedUntil = new Map<Address, number>()

  constructor(terms: BondTerms, spec: NetworkSpec, ports: AuctioneerPorts, facts: NetworkFacts) {
    this.#terms = terms
    this.#ports = ports
    this.#facts = facts
    this.#solvers = new Set(spec.solvers.map(({ address }) => address))
    this.#sender = createTransactionSender({ spec, onIncluded: () => {} }, ports)
  }

  /** After a restart, and at the start. */
  resume(): void {
    const { store } = this.#ports
    for (const key of store.keys(SLASHES)) {
      const bytes = store.get(key)
      if (bytes !== undefined) this.#note(decodeCanonical(bytes) as unknown as Slash)
    }
    this.#sender.start()
  }

  admits(solver: Address, nowSeconds: number): boolean {
    return this.#left(solver) >= this.#terms.least && nowSeconds > (this.#deniedUntil.get(solver) ?? -1)
  }

  onBlock(block: Block): void {
    this.#count(block, 1n)
    this.#sender.onBlock(block)
  }

  onOrphaned(block: Block): void {
    this.#count(block, -1n)
    this.#sender.onOrphaned(block)
  }

  onMessage(inbound: Inbound<SolventVocabulary>): boolean {
    return this.#sender.onMessage(inbound)
  }

  onTimer(timer: TimerId): boolean {
    return this.#sender.onTimer(timer)
  }

  /** The winner let its window pass. */
  faded(award: BrokenAward): void {
    const { orderId, winner, user } = award
    this.#slash(winner, this.#worth(award, this.#terms.slashBps), { orderId, user, cause: 'faded' })
  }

  /** The user was given less than a rival had bid; the award's amount is the difference. */
  worseThanOffer(award: BrokenAward): void {
    const { orderId, winner, user } = award
    this.#slash(winner, this.#worth(award, BPS_NUMBER), { orderId, user, cause: 'worse-than-offer' })
  }

  /** A commitment whose bid never came. */
  unopened(orderId: OrderId, solver: Address, user: Address): void {
    this.#slash(solver, this.#terms.deposit, { orderId, user, cause: 'unopened' })
  }

  #slash(
    solver: Address,
    asked: bigint,
    { orderId, user, cause }: { orderId: OrderId; user: Address; cause: BondSlashCause },
  ): void {
    const { store, log, clock } = this.#ports
    const { chainId, token, denySeconds } = this.#terms
    // A fade and a price that was worse are two things of one order.
    const place = cause === 'worse-than-offer' ? `${orderId}/${solver}/${cause}` : `${orderId}/${solver}`
    const key = SLASHES + place
    if (store.get(key) !== undefined) return
    const amount = minBig(asked, this.#left(solver))
    const slash = { solver, amount, deniedUntil: msToSeconds(clock.nowMs()) + denySeconds }
    store.put(key, encodeCanonical(slash))
    this.#note(slash)
    if (amount === 0n) return
    log.event({ kind: 'bond-slashed', orderId, solver, user, chainId, token, amount, cause })
    this.#sender.send({
      chainId,
      ref: `slash/${place}`,
      call: { kind: 'transfer', token, to: user, amount },
    })
  }

  /** A share of what was due, in the bond's asset, rounded up. */
  #worth({ chainId, token, amount }: BrokenAward, bps: number): bigint {
    const bond = this.#facts.token(this.#terms.chainId, this.#terms.token)
    if (bond === undefined) return 0n
    const dueE8 = mulDivUp(this.#facts.valueE8(chainId, token, amount), BigInt(bps), BPS)
    return mulDivUp(dueE8, wholeUnit(bond.decimals), bond.priceE8)
  }

  #note({ solver, amount, deniedUntil }: Slash): void {
    this.#slashed.set(solver, (this.#slashed.get(solver) ?? 0n) + amount)
    this.#deniedUntil.set(solver, Math.max(deniedUntil, this.#deniedUntil.get(solver) ?? 0))
  }

  #left(solver: Address): bigint {
    const left = (this.#posted.get(solver) ?? 0n) - (this.#slashed.get(solver) ?? 0n)
    return left < 0n ? 0n : left
  }

  #count({ header, transactions, receipts }: Block, sign: bigint): void {
    if (header.chainId !== this.#terms.chainId) return
    transactions.forEach(({ transaction: { from, call } }, index) => {
      if (call.kind !== 'transfer' || call.token !== this.#terms.token) return
      if (call.to !== this.#ports.signer.address || receipts[index]?.status !== 'ok') return
      if (!this.#solvers.has(from)) return
      this.#posted.set(from, (this.#posted.get(from) ?? 0n) + sign * call.amount)
    })
  }
}
