// Custodians, V-2: who has said that he pays no more does not pay, and hands over all that lies at his address; what was handed over is
// paid to those on the list once each, pro rata and rounded down, and the rest of it lies with the contract. The arithmetic is the
// audit's own: by cross-multiplication.
import type { Address, ChainId } from '@solvent/primitives'
import type { ChainEvent, CustodianSpec, JournalEntry } from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { WriteLog } from './credit-undo.ts'
import type { Tally } from './tally.ts'

interface Estate {
  readonly assets: bigint
  readonly owed: bigint
  readonly claims: Map<Address, bigint>
  left: bigint
}

interface Record {
  readonly spec: CustodianSpec
  hasHalted: boolean
  estate: Estate | null
}

type CustodianEvent = Extract<
  ChainEvent,
  { kind: 'withdrawals-halted' | 'custodian-wound-up' | 'estate-claimed' }
>
type EventOf<K extends CustodianEvent['kind']> = Extract<CustodianEvent, { kind: K }>

export class CustodianRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #records = new Map<Address, Record>()
  readonly #writes = new WriteLog()

  constructor(tally: Tally, index: NetworkIndex) {
    this.#tally = tally
    this.#index = index
    for (const spec of index.spec.derivatives)
      if (spec.kind === 'custodian') this.#records.set(spec.address, { spec, hasHalted: false, estate: null })
  }

  /** Looks for coins that leave the address of one who has halted. */
  entry({ chain, atMs }: Scope, { cause, legs }: JournalEntry): void {
    for (const { spec, hasHalted } of this.#records.values()) {
      if (!hasHalted || spec.chainId !== chain.chainId || cause === 'estate-fund') continue
      this.#tally.checked['V-2']++
      const left = legs.find(
        ({ owner, token, amount }) => owner === spec.account && token === spec.token && amount < 0n,
      )
      if (left !== undefined) this.#breach(atMs, spec, `pays ${-left.amount} after it has halted`)
    }
  }

  event(scope: Scope, event: ChainEvent): void {
    switch (event.kind) {
      case 'withdrawals-halted':
        return this.#on(scope, event, (record) => this.#halted(scope, record))
      case 'custodian-wound-up':
        return this.#on(scope, event, (record) => this.#woundUp(scope, record, event))
      case 'estate-claimed':
        return this.#on(scope, event, (record) => this.#claimed(scope, record, event))
    }
  }

  sums(atMs: number): void {
    for (const { spec, estate } of this.#records.values()) {
      this.#tally.checked['V-2']++
      const booked = this.#index.chains
        .get(spec.chainId)
        ?.book.token(spec.token)
        .balance('POOL', spec.address)
      const left = estate?.left ?? 0n
      if (booked !== left)
        this.#breach(atMs, spec, `has ${booked} left for its creditors, and should have ${left}`)
    }
  }

  undoBlock(hash: string): void {
    this.#writes.undo(hash)
  }

  #on({ chain, atMs }: Scope, { custodian }: CustodianEvent, judge: (record: Record) => void): void {
    this.#tally.checked['V-2']++
    const record = this.#records.get(custodian)
    if (record?.spec.chainId === chain.chainId) return judge(record)
    this.#tally.breach('V-2', atMs, chain.chainId, `there is no custodian ${custodian} on this chain`)
  }

  #halted({ atMs, block, transaction }: Scope, record: Record): void {
    if (transaction?.from !== record.spec.account)
      this.#breach(atMs, record.spec, 'is halted by somebody else')
    if (record.hasHalted) this.#breach(atMs, record.spec, 'halts twice')
    const before = record.hasHalted
    record.hasHalted = true
    this.#writes.note(block.hash, () => {
      record.hasHalted = before
    })
  }

  #woundUp(scope: Scope, record: Record, { assets, owed }: EventOf<'custodian-wound-up'>): void {
    const { atMs, block, transaction, receipt, chain } = scope
    const { spec } = record
    const call = transaction?.call
    const listed = call?.kind === 'wind-up-custodian' ? call.claims : []
    const claims = new Map(listed.map(({ holder, amount }) => [holder, amount]))
    const sum = listed.reduce((total, { amount }) => total + amount, 0n)
    if (!record.hasHalted || record.estate !== null)
      this.#breach(atMs, spec, 'is wound up before it has halted, or twice')
    if (sum !== owed || claims.size !== listed.length)
      this.#breach(atMs, spec, `owes ${owed}, its list comes to ${sum} for ${claims.size} holders`)
    const handed = receipt.entries
      .filter(({ cause }) => cause === 'estate-fund')
      .flatMap(({ legs }) => legs)
      .filter(({ kind, owner, token }) => kind === 'POOL' && owner === spec.address && token === spec.token)
      .reduce((total, { amount }) => total + amount, 0n)
    const kept = [...chain.book.token(spec.token).accounts()]
      .filter(({ owner }) => owner === spec.account)
      .reduce((total, { balance }) => total + balance, 0n)
    if (handed !== assets || kept !== 0n)
      this.#breach(atMs, spec, `hands over ${handed} as ${assets} and keeps ${kept}`)
    const before = record.estate
    record.estate = { assets, owed, claims, left: assets }
    this.#writes.note(block.hash, () => {
      record.estate = before
    })
  }

  #claimed({ atMs, block }: Scope, { spec, estate }: Record, event: EventOf<'estate-claimed'>): void {
    const { holder, claim, paid } = event
    if (estate === null) return this.#breach(atMs, spec, 'pays creditors before it is wound up')
    const listed = estate.claims.get(holder)
    if (listed !== claim)
      this.#breach(atMs, spec, `pays ${holder} for ${claim}, its list has ${listed ?? 0n}`)
    // paid = ⌊assets · claim / owed⌋, at most the claim.
    const isRight =
      paid === claim
        ? estate.assets >= estate.owed
        : paid * estate.owed <= estate.assets * claim && (paid + 1n) * estate.owed > estate.assets * claim
    if (!isRight)
      this.#breach(atMs, spec, `pays ${paid} of ${claim}, with ${estate.assets} for claims of ${estate.owed}`)
    estate.claims.delete(holder)
    estate.left -= paid
    this.#writes.note(block.hash, () => {
      if (listed !== undefined) estate.claims.set(holder, listed)
      estate.left += paid
    })
  }

  #breach(atMs: number, { name, chainId }: { name: string; chainId: ChainId }, detail: string): void {
    this.#tally.breach('V-2', atMs, chainId, `custodian ${name} ${detail}`)
  }
}
