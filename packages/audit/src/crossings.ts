// Amounts on their way across bridges, B-2, B-3 and B-8. Chains reach the audit in any order: a delivery whose sending is not
// seen yet makes a negative lot, so that the balance of a route holds at every step; when the source chain is
// known beyond the delivery, or silent for long after it, and never sent it, only a declared exploit explains it.
import type { ChainId, Hash32 } from '@solvent/primitives'
import type { BridgeMessage, BridgePayload, ChainEvent } from '@solvent/protocol'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import type { ExploitRegister } from './exploit-register.ts'
import type { Delivery, Lot, RouteLedger } from './route-ledger.ts'
import type { RouteTable } from './route-table.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>
type Transfer = Extract<BridgePayload, { kind: 'transfer' }>

export class Crossings {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #table: RouteTable
  readonly #exploits: ExploitRegister
  /** Routes with lots that were delivered and not yet seen sent. */
  readonly #early = new Set<RouteLedger>()
  /** How long after a delivery (chain time, s) its declaration may still be on its way. */
  readonly #declarationGraceSeconds: number
  #firstDeficit: {
    readonly atMs: number
    readonly chainId: ChainId
    readonly digest: Hash32
    readonly isDeclared: boolean
  } | null = null

  constructor(
    tally: Tally,
    index: NetworkIndex,
    table: RouteTable,
    exploits: ExploitRegister,
    declarationGraceSeconds: number,
  ) {
    this.#tally = tally
    this.#index = index
    this.#table = table
    this.#exploits = exploits
    this.#declarationGraceSeconds = declarationGraceSeconds
  }

  /** The route whose transit grew, if any. */
  sent(scope: Scope, { message, digest }: Event<'message-sent'>): RouteLedger | null {
    const { payload } = message
    if (payload.kind !== 'transfer') return null
    const ledger = this.#ledgerOf(message, payload)
    if (ledger === undefined) return null
    const amount = payload.amount * ledger.scale(message.dstChainId, payload.token)
    const known = ledger.lots.get(digest)
    if (known === undefined && !ledger.lostSending.has(digest))
      ledger.lots.set(digest, { amount, srcChainId: scope.chain.chainId, early: null })
    else if (known !== undefined && known.early !== null) {
      ledger.lots.delete(digest)
      ledger.pair(digest, known.early)
    }
    const lost = known === undefined ? ledger.lostSending.get(digest) : undefined
    if (lost !== undefined) this.#sentAfterAll(ledger, digest, amount, lost)
    else ledger.transit += amount
    if (message.dstChainId === ledger.route.home.chainId) ledger.asked += amount
    return ledger
  }

  /** The route whose transit or deficit moved, if any. */
  delivered(scope: Scope, { message, digest }: Event<'message-delivered'>): RouteLedger | null {
    const { payload } = message
    if (payload.kind !== 'transfer') return null
    const ledger = this.#ledgerOf(message, payload)
    if (ledger === undefined) return null
    const amount = payload.amount * ledger.scale(message.dstChainId, payload.token)
    const isHome = scope.chain.chainId === ledger.route.home.chainId
    ledger.arrived++
    const { chainId } = scope.chain
    const delivery = { chainId, timestamp: scope.timestamp, atMs: scope.atMs }
    if (ledger.lots.get(digest)?.early === null) {
      ledger.lots.delete(digest)
      ledger.pair(digest, delivery)
      ledger.transit -= amount
      return ledger
    }
    if (this.#exploits.isDeclared(digest)) {
      this.#lose(ledger, digest, { amount, atMs: scope.atMs, chainId, isHome })
      return ledger
    }
    if (this.#exploits.mayBeForged(digest)) {
      // Nobody sent it by now, and its signatures prove nothing. If its sending is seen after all, it was none.
      this.#exploits.declare(digest)
      this.#lose(ledger, digest, { amount, atMs: scope.atMs, chainId, isHome })
      ledger.lostSending.set(digest, delivery)
      return ledger
    }
    ledger.lots.set(digest, { amount, srcChainId: message.srcChainId, early: delivery })
    ledger.transit -= amount
    this.#early.add(ledger)
    return ledger
  }

  /** An exploit was declared: a delivery that waited for its sending may be its. */
  declared(digest: Hash32): void {
    for (const ledger of this.#early) {
      const lot = ledger.lots.get(digest)
      if (lot?.early != null) this.#settleEarly(ledger, digest, lot)
    }
  }

  /** Judges deliveries whose source chain is known beyond them. */
  advance(): void {
    for (const ledger of this.#early) {
      let waiting = 0
      for (const [digest, lot] of ledger.lots) {
        if (lot.early === null) continue
        if (
          this.#index.chains.has(lot.srcChainId) &&
          !this.#index.isKnownBeyond(lot.srcChainId, lot.early.timestamp + this.#declarationGraceSeconds)
        ) {
          waiting++
          continue
        }
        this.#tally.breach(
          ledger.rule,
          lot.early.atMs,
          ledger.route.home.chainId,
          `${ledger.name}: message ${digest} of ${lot.amount} was delivered on chain ${lot.early.chainId}, chain ${lot.srcChainId} never sent it and no exploit was declared`,
        )
        this.#settleEarly(ledger, digest, lot)
        ledger.lostSending.set(digest, lot.early)
      }
      if (waiting === 0) this.#early.delete(ledger)
    }
  }

  /** B-8: the first deficit is the declared one. */
  end(atMs: number): void {
    this.advance()
    this.#tally.checked['B-8']++
    const first = this.#firstDeficit
    if (first === null || first.isDeclared) return
    this.#tally.breach(
      'B-8',
      atMs,
      first.chainId,
      `the first deficit came with message ${first.digest} at ${first.atMs} ms, which was not declared`,
    )
  }

  /** Takes an event of an orphaned block back. */
  undo(chain: ChainRecord, event: ChainEvent): void {
    if (event.kind !== 'message-sent' && event.kind !== 'message-delivered') return
    const { message, digest } = event
    if (message.payload.kind !== 'transfer') return
    const ledger = this.#ledgerOf(message, message.payload)
    if (ledger === undefined) return
    const amount = message.payload.amount * ledger.scale(message.dstChainId, message.payload.token)
    if (event.kind === 'message-sent') {
      ledger.transit -= amount
      if (message.dstChainId === ledger.route.home.chainId) ledger.asked -= amount
      if (ledger.lots.get(digest)?.early === null) ledger.lots.delete(digest)
      // It was delivered all the same: it waits again for its sending.
      const early = ledger.part(digest)
      if (early !== undefined) {
        const lot = { amount, srcChainId: message.srcChainId, early }
        ledger.lots.set(digest, lot)
        this.#early.add(ledger)
        // A final sending that people gave up: nothing to wait for.
        if (this.#exploits.isDeclared(digest)) {
          this.#settleEarly(ledger, digest, lot)
          ledger.lostSending.set(digest, early)
        }
      }
      return
    }
    ledger.part(digest)
    ledger.arrived--
    const losses = ledger.losses.get(digest) ?? 0
    if (losses > 0) {
      ledger.losses.set(digest, losses - 1)
      ledger.lostSending.delete(digest)
      ledger.lose(chain.chainId, -amount)
      if (chain.chainId === ledger.route.home.chainId) ledger.released -= amount
      return
    }
    ledger.transit += amount
    if (ledger.lots.get(digest)?.early != null) ledger.lots.delete(digest)
    else ledger.lots.set(digest, { amount, srcChainId: message.srcChainId, early: null })
  }

  /** A final sending was taken back, which made its delivery a loss; now it is on the branch again. */
  #sentAfterAll(ledger: RouteLedger, digest: Hash32, amount: bigint, delivery: Delivery): void {
    ledger.lostSending.delete(digest)
    ledger.losses.delete(digest)
    ledger.lose(delivery.chainId, -amount)
    if (delivery.chainId === ledger.route.home.chainId) ledger.released -= amount
    ledger.pair(digest, delivery)
  }

  #settleEarly(ledger: RouteLedger, digest: Hash32, { amount, early }: Lot): void {
    ledger.lots.delete(digest)
    ledger.transit += amount
    const isHome = early!.chainId === ledger.route.home.chainId
    this.#lose(ledger, digest, { amount, atMs: early!.atMs, chainId: early!.chainId, isHome })
  }

  #lose(
    ledger: RouteLedger,
    digest: Hash32,
    loss: { amount: bigint; atMs: number; chainId: ChainId; isHome: boolean },
  ): void {
    ledger.losses.set(digest, (ledger.losses.get(digest) ?? 0) + 1)
    ledger.lose(loss.chainId, loss.amount)
    if (loss.isHome) ledger.released += loss.amount
    if (this.#firstDeficit !== null && this.#firstDeficit.atMs <= loss.atMs) return
    this.#firstDeficit = {
      atMs: loss.atMs,
      chainId: loss.chainId,
      digest,
      isDeclared: this.#exploits.isDeclared(digest),
    }
  }

  #ledgerOf(message: BridgeMessage, { token }: Transfer): RouteLedger | undefined {
    return this.#table.find(message.bridge, message.dstChainId, token)
  }
}
