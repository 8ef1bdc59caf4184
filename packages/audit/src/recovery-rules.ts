// After a loss, B-2: the deficit falls only by what is given back, and by what holders bear when they redeem under a
// shared loss; shares and payments are recomputed here.
import type { Address, ChainId } from '@solvent/primitives'
import type { ChainEvent } from '@solvent/protocol'
import type { Scope } from './chain-record.ts'
import type { RouteLedger } from './route-ledger.ts'
import type { RouteTable } from './route-table.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>
type RecoveryEvent = Event<'bridge-refilled' | 'loss-shared' | 'redemption-reduced'>

interface Share {
  readonly backing: bigint
  readonly claims: bigint
}

export class RecoveryRules {
  readonly #tally: Tally
  readonly #table: RouteTable
  /** Per asset of a bridge: how losses were shared, the newest last. */
  readonly #shares = new Map<RouteLedger, Share[]>()
  /** Per asset: how much of each refill covered the deficit, the newest last. */
  readonly #refills = new Map<RouteLedger, bigint[]>()
  /** Per asset: a unit for each redemption under a shared loss, which is rounded down. */
  readonly #rounded = new Map<RouteLedger, bigint>()

  constructor(tally: Tally, table: RouteTable) {
    this.#tally = tally
    this.#table = table
  }

  /** The route that an event is about, with its books brought up to date. */
  happened(scope: Scope, event: RecoveryEvent): RouteLedger | null {
    const { chainId } = scope.chain
    const ledger = this.#homeOf(chainId, event)
    this.#tally.checked['B-2']++
    if (ledger === null) {
      this.#tally.breach(
        'B-2',
        scope.atMs,
        chainId,
        `${event.kind} of ${event.token}, which has no lock here`,
      )
      return null
    }
    const scale = ledger.scale(chainId, event.token)
    if (event.kind === 'bridge-refilled') {
      const amount = event.amount * scale
      const covers = amount < ledger.deficit ? amount : max(ledger.deficit, 0n)
      push(this.#refills, ledger, covers)
      ledger.deficit -= covers
      ledger.surplus += amount - covers
      ledger.recovered += covers
      ledger.irregular -= amount
    } else if (event.kind === 'loss-shared') this.#shared(scope, ledger, event)
    else {
      this.#reduced(scope, ledger, event)
      const borne = (event.claimed - event.paid) * scale
      ledger.deficit -= borne
      ledger.borne += borne
      ledger.irregular += event.paid * scale
      this.#roundedBy(ledger, scale)
    }
    return ledger
  }

  /** What holders bear and what is given back never exceeds the loss, but for the unit that a redemption may be rounded by. */
  end(atMs: number): void {
    for (const ledger of this.#table.routes) {
      if (ledger.recovered + ledger.borne === 0n) continue
      this.#tally.checked['B-2']++
      if (ledger.deficit < -(this.#rounded.get(ledger) ?? 0n))
        this.#breach(atMs, ledger, `the deficit is ${ledger.deficit}`)
    }
  }

  /** Takes an event of an orphaned block back; the newest first. */
  undo(chainId: ChainId, event: ChainEvent): void {
    if (
      event.kind !== 'bridge-refilled' &&
      event.kind !== 'loss-shared' &&
      event.kind !== 'redemption-reduced'
    )
      return
    const ledger = this.#homeOf(chainId, event)
    if (ledger === null) return
    const scale = ledger.scale(chainId, event.token)
    if (event.kind === 'bridge-refilled') {
      const covers = this.#refills.get(ledger)?.pop() ?? 0n
      ledger.deficit += covers
      ledger.surplus -= event.amount * scale - covers
      ledger.recovered -= covers
      ledger.irregular += event.amount * scale
    } else if (event.kind === 'loss-shared') this.#shares.get(ledger)?.pop()
    else {
      const borne = (event.claimed - event.paid) * scale
      ledger.deficit += borne
      ledger.borne -= borne
      ledger.irregular -= event.paid * scale
      this.#roundedBy(ledger, -scale)
    }
  }

  #roundedBy(ledger: RouteLedger, units: bigint): void {
    this.#rounded.set(ledger, (this.#rounded.get(ledger) ?? 0n) + units)
  }

  /** What a claim pays by the newest share; all of it without one. */
  #paid(ledger: RouteLedger, claimed: bigint): bigint {
    const { backing, claims } = this.#shares.get(ledger)?.at(-1) ?? { backing: 1n, claims: 1n }
    return (claimed * backing) / claims
  }

  #shared(
    { transaction, atMs }: Scope,
    ledger: RouteLedger,
    { backing, claims, token, bridge }: Event<'loss-shared'>,
  ): void {
    const locked = ledger.locked / ledger.scale(ledger.route.home.chainId, token)
    const expected = locked < claims ? locked : claims
    if (backing !== expected)
      this.#breach(atMs, ledger, `a loss is shared at ${backing} of ${claims}, locked are ${locked}`)
    if (ledger.bridge.recovery !== 'socialised' || transaction?.from !== ledger.bridge.issuer.address)
      this.#breach(
        atMs,
        ledger,
        `${transaction?.from} shares a loss of ${bridge}, which its issuer does where losses are socialised`,
      )
    push(this.#shares, ledger, claims === 0n ? { backing: 1n, claims: 1n } : { backing, claims })
  }

  #reduced(
    { atMs }: Scope,
    ledger: RouteLedger,
    { claimed, paid, message }: Event<'redemption-reduced'>,
  ): void {
    const expected = this.#paid(ledger, claimed)
    if (paid !== expected)
      this.#breach(
        atMs,
        ledger,
        `message ${message} claims ${claimed} and is paid ${paid}, its share is ${expected}`,
      )
  }

  #homeOf(chainId: ChainId, { bridge, token }: { bridge: Address; token: Address }): RouteLedger | null {
    const ledger = this.#table.find(bridge, chainId, token)
    return ledger === undefined || ledger.route.home.chainId !== chainId || ledger.custody === 'burn-mint'
      ? null
      : ledger
  }

  #breach(atMs: number, ledger: RouteLedger, detail: string): void {
    this.#tally.breach('B-2', atMs, ledger.route.home.chainId, `${ledger.name}: ${detail}`)
  }
}

function push<T>(books: Map<RouteLedger, T[]>, ledger: RouteLedger, item: T): void {
  const known = books.get(ledger)
  if (known === undefined) books.set(ledger, [item])
  else known.push(item)
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
