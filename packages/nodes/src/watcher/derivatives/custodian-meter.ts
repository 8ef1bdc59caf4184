// What a watcher sees of a custodian: coins that come to its address and leave it, that it has halted, and what its creditors get. Its
// books it does not see before they are filed. Base units.
import { type ChainId, msToSeconds } from '@solvent/primitives'
import type { Block, ChainEvent, CustodianSpec, Genesis } from '@solvent/protocol'
import { ContractHistory } from './contract-history.ts'

export interface CustodianOutcome {
  readonly id: string
  readonly chainId: ChainId
  /** At its address. */
  readonly coinsAtStart: bigint
  readonly coins: bigint
  readonly received: bigint
  /** Withdrawals that reached its customers before it was wound up. */
  readonly paid: bigint
  /** Whatever else left. */
  readonly sentElsewhere: bigint
  /** After the start; null while it pays. */
  readonly haltedAtSeconds: number | null
  readonly woundUpAtSeconds: number | null
  /** By the list of its creditors. */
  readonly owed: bigint
  /** Handed over for them, and paid of that. */
  readonly estate: bigint
  readonly estatePaid: bigint
}

type Fact =
  | { readonly kind: 'moved'; readonly to: 'customers' | 'elsewhere' | 'itself'; readonly amount: bigint }
  | { readonly kind: 'said'; readonly event: ChainEvent; readonly atSeconds: number }

export class CustodianMeter {
  readonly #spec: CustodianSpec
  readonly #genesisSeconds: number
  readonly #coinsAtStart: bigint
  readonly #history = new ContractHistory<Fact>()

  constructor(spec: CustodianSpec, genesis: Genesis | undefined, genesisMs: number) {
    this.#spec = spec
    this.#genesisSeconds = msToSeconds(genesisMs)
    this.#coinsAtStart = (genesis?.balances ?? [])
      .filter(({ owner, token }) => owner === spec.account && token === spec.token)
      .reduce((sum, { amount }) => sum + amount, 0n)
  }

  followed(block: Block): void {
    const { chainId, number, timestamp } = block.header
    if (chainId !== this.#spec.chainId || number === 0) return
    for (const { entries, events } of block.receipts) {
      for (const { cause, legs } of entries) {
        if (cause === 'estate-fund') continue
        const own = legs.find(
          ({ owner, token }) => owner === this.#spec.account && token === this.#spec.token,
        )
        if (own === undefined) continue
        const isCustomers = legs.some(({ owner }) => owner === this.#spec.customers)
        const to = own.amount > 0n ? 'itself' : isCustomers ? 'customers' : 'elsewhere'
        this.#history.note(block, { kind: 'moved', to, amount: own.amount < 0n ? -own.amount : own.amount })
      }
      for (const event of events)
        if ('custodian' in event && event.custodian === this.#spec.address)
          this.#history.note(block, { kind: 'said', event, atSeconds: timestamp - this.#genesisSeconds })
    }
  }

  orphaned(block: Block): void {
    this.#history.orphaned(block)
  }

  outcome(): CustodianOutcome {
    const facts = this.#history.facts()
    const moved = (where: string): bigint =>
      facts.reduce((sum, fact) => (fact.kind === 'moved' && fact.to === where ? sum + fact.amount : sum), 0n)
    const said = facts.flatMap((fact) => (fact.kind === 'said' ? [fact] : []))
    const halted = said.find(({ event }) => event.kind === 'withdrawals-halted')
    const end = said.find(({ event }) => event.kind === 'custodian-wound-up')
    const [received, paid, sentElsewhere] = [moved('itself'), moved('customers'), moved('elsewhere')]
    const filed = end?.event.kind === 'custodian-wound-up' ? end.event : { assets: 0n, owed: 0n }
    return {
      id: this.#spec.name,
      chainId: this.#spec.chainId,
      coinsAtStart: this.#coinsAtStart,
      coins: this.#coinsAtStart + received - paid - sentElsewhere - filed.assets,
      received,
      paid,
      sentElsewhere,
      haltedAtSeconds: halted?.atSeconds ?? null,
      woundUpAtSeconds: end?.atSeconds ?? null,
      owed: filed.owed,
      estate: filed.assets,
      estatePaid: said.reduce(
        (sum, { event }) => (event.kind === 'estate-claimed' ? sum + event.paid : sum),
        0n,
      ),
    }
  }
}
