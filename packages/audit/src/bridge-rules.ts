// Backing, B-1, B-2, B-8. Chains reach the audit in any order: a delivery whose sending is not seen yet makes a
// negative lot, so that locked + deficit = minted + transit holds at every step; when the source chain is known beyond
// the delivery and never sent it, only a declared exploit explains it.
import type { ChainId, Hash32 } from '@solvent/primitives'
import type { BridgeMessage, BridgePayload, ChainEvent } from '@solvent/protocol'
import type { RouteBacking } from './auditor.ts'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import type { ExploitRegister } from './exploit-register.ts'
import type { InvariantId } from './invariant-id.ts'
import { endKey, type Lot, RouteLedger } from './route-ledger.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>
type Transfer = Extract<BridgePayload, { kind: 'transfer' }>

export class BridgeRules {
  readonly routes: readonly RouteLedger[]
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #exploits: ExploitRegister
  readonly #byEnd = new Map<string, RouteLedger>()
  readonly #touched = new Set<RouteLedger>()
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

  constructor(tally: Tally, index: NetworkIndex, exploits: ExploitRegister, declarationGraceSeconds: number) {
    this.#tally = tally
    this.#index = index
    this.#exploits = exploits
    this.#declarationGraceSeconds = declarationGraceSeconds
    this.routes = index.spec.bridges.flatMap((bridge) =>
      bridge.routes.map((route) => new RouteLedger(index, bridge, route)),
    )
    for (const ledger of this.routes) {
      for (const { chainId, token } of [ledger.route.home, ...ledger.route.wrapped]) {
        this.#byEnd.set(`${ledger.bridge.address}/${endKey(chainId, token)}`, ledger)
      }
    }
  }

  /** What is locked at genesis backs what is minted at genesis. */
  genesis(atMs: number): void {
    for (const ledger of this.routes) {
      this.#tally.checked['B-2']++
      ledger.surplus = ledger.locked - ledger.minted
      if (ledger.surplus >= 0n) continue
      this.#breach('B-2', atMs, ledger, `genesis locks ${ledger.locked} and mints ${ledger.minted}`)
    }
  }

  sent(scope: Scope, { message, digest }: Event<'message-sent'>): void {
    const { payload } = message
    if (payload.kind !== 'transfer') return
    const ledger = this.#ledgerOf(message, payload)
    if (ledger === undefined) return
    const amount = payload.amount * ledger.scale(message.dstChainId, payload.token)
    const known = ledger.lots.get(digest)
    if (known === undefined) ledger.lots.set(digest, { amount, srcChainId: scope.chain.chainId, early: null })
    else if (known.early !== null) ledger.lots.delete(digest)
    ledger.transit += amount
    this.#touched.add(ledger)
  }

  delivered(scope: Scope, { message, digest }: Event<'message-delivered'>): void {
    const { payload } = message
    if (payload.kind !== 'transfer') return
    const ledger = this.#ledgerOf(message, payload)
    if (ledger === undefined) return
    const amount = payload.amount * ledger.scale(message.dstChainId, payload.token)
    const isHome = scope.chain.chainId === ledger.route.home.chainId
    this.#touched.add(ledger)
    if (ledger.lots.get(digest)?.early === null) {
      ledger.lots.delete(digest)
      ledger.transit -= amount
      return
    }
    const { chainId } = scope.chain
    if (this.#exploits.isDeclared(digest)) {
      this.#lose(ledger, digest, { amount, atMs: scope.atMs, chainId, isHome })
      return
    }
    const early = { chainId, timestamp: scope.timestamp, atMs: scope.atMs }
    ledger.lots.set(digest, { amount, srcChainId: message.srcChainId, early })
    ledger.transit -= amount
    this.#early.add(ledger)
  }

  /** B-1: custody moves with exactly one message of its amount. */
  moved(scope: Scope, event: Event<'bridge-transfer'>): void {
    this.#tally.checked['B-1']++
    const isSending = event.step === 'locked' || event.step === 'burned'
    const ledger = this.#byEnd.get(`${event.bridge}/${endKey(scope.chain.chainId, event.token)}`)
    if (ledger === undefined) {
      this.#tally.breach(
        'B-1',
        scope.atMs,
        scope.chain.chainId,
        `${event.step} ${event.amount} of ${event.token}, which bridge ${event.bridge} does not carry here`,
      )
      return
    }
    this.#touched.add(ledger)
    let carried: bigint | null = null
    for (const other of scope.receipt.events) {
      if (other.kind !== (isSending ? 'message-sent' : 'message-delivered')) continue
      const { message, digest } = other as Event<'message-sent'>
      if (digest !== event.message || message.payload.kind !== 'transfer') continue
      carried = message.payload.amount * ledger.scale(message.dstChainId, message.payload.token)
    }
    const moved = event.amount * ledger.scale(scope.chain.chainId, event.token)
    if (carried === moved) return
    this.#breach(
      'B-1',
      scope.atMs,
      ledger,
      `${event.step} ${moved} on chain ${scope.chain.chainId}, message ${event.message} carries ${carried ?? 'nothing'} (finest units)`,
    )
  }

  /** B-2 on the routes that the transaction touched. */
  receiptDone(atMs: number): void {
    if (this.#touched.size === 0) return
    for (const ledger of this.#touched) this.#backed(ledger, atMs)
    this.#touched.clear()
  }

  /** Full sums (B-1, B-2) of all routes. */
  sums(atMs: number): void {
    for (const ledger of this.routes) {
      this.#backed(ledger, atMs)
      this.#tally.checked['B-1']++
      let lots = 0n
      for (const { amount, early } of ledger.lots.values()) lots += early === null ? amount : -amount
      if (lots !== ledger.transit)
        this.#breach('B-1', atMs, ledger, `lots sum to ${lots}, in transit are ${ledger.transit}`)
    }
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
        const source = this.#index.chains.get(lot.srcChainId)
        if (
          source !== undefined &&
          source.knownUntil <= lot.early.timestamp + this.#declarationGraceSeconds
        ) {
          waiting++
          continue
        }
        this.#breach(
          'B-2',
          lot.early.atMs,
          ledger,
          `message ${digest} of ${lot.amount} was delivered on chain ${lot.early.chainId}, chain ${lot.srcChainId} never sent it and no exploit was declared`,
        )
        this.#settleEarly(ledger, digest, lot)
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

  backing(): RouteBacking[] {
    return this.routes.map((ledger) => {
      const { chainId, token } = ledger.route.home
      const scale = ledger.scale(chainId, token)
      const inTransit = ledger.transit < 0n ? 0n : ledger.transit
      return {
        bridge: ledger.bridge.address,
        symbol: ledger.route.symbol,
        locked: ledger.locked / scale,
        minted: ledger.minted / scale,
        inTransit: inTransit / scale,
        deficit: ledger.deficit / scale,
      }
    })
  }

  /** What declared exploits have released from a lock, in base units of the home token. */
  releasedBy(bridge: string, token: string): bigint {
    for (const ledger of this.routes) {
      const { chainId, token: home } = ledger.route.home
      if (ledger.bridge.address === bridge && home === token)
        return ledger.released / ledger.scale(chainId, home)
    }
    return 0n
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
      if (ledger.lots.get(digest)?.early === null) ledger.lots.delete(digest)
      return
    }
    if (this.#exploits.isDeclared(digest)) {
      ledger.deficit -= amount
      if (chain.chainId === ledger.route.home.chainId) ledger.released -= amount
      return
    }
    ledger.transit += amount
    if (ledger.lots.get(digest)?.early != null) ledger.lots.delete(digest)
    else ledger.lots.set(digest, { amount, srcChainId: message.srcChainId, early: null })
  }

  #backed(ledger: RouteLedger, atMs: number): void {
    this.#tally.checked['B-2']++
    const { gap } = ledger
    if (gap === 0n) return
    this.#breach(
      'B-2',
      atMs,
      ledger,
      `locked ${ledger.locked} + deficit ${ledger.deficit} differ by ${gap} from minted ${ledger.minted} + in transit ${ledger.transit} + surplus ${ledger.surplus}`,
    )
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
    ledger.deficit += loss.amount
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
    return this.#byEnd.get(`${message.bridge}/${endKey(message.dstChainId, token)}`)
  }

  #breach(id: InvariantId, atMs: number, { bridge, route }: RouteLedger, detail: string): void {
    this.#tally.breach(id, atMs, route.home.chainId, `bridge ${bridge.name}, ${route.symbol}: ${detail}`)
  }
}
