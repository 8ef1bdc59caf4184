// B-4: no chain exports more of a wrapped asset than it had and received. Deliveries are booked per asset and far chain, and
// judged when the source chain is known beyond them. With an accountant there is no excuse: its verifiers had to refuse. Without
// one, what declared exploits have exported is the only excuse.
import type { ChainId, Hash32 } from '@solvent/primitives'
import type { ChainEvent } from '@solvent/protocol'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import type { ExploitRegister } from './exploit-register.ts'
import type { RouteLedger } from './route-ledger.ts'
import type { RouteTable } from './route-table.ts'
import type { Tally } from './tally.ts'

type Delivered = Extract<ChainEvent, { kind: 'message-delivered' }>

interface Export {
  readonly ledger: RouteLedger
  readonly source: ChainId
  readonly digest: Hash32
  /** Unix seconds, and the same in ms for breaches. */
  readonly timestamp: number
  readonly atMs: number
}

export class AccountRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #table: RouteTable
  readonly #exploits: ExploitRegister
  /** Finest units per asset and far chain. */
  readonly #balances = new Map<RouteLedger, Map<ChainId, bigint>>()
  /** Exported by declared exploits, per asset and chain. */
  readonly #excused = new Map<RouteLedger, Map<ChainId, bigint>>()
  #open: Export[] = []

  constructor(tally: Tally, index: NetworkIndex, table: RouteTable, exploits: ExploitRegister) {
    this.#tally = tally
    this.#index = index
    this.#table = table
    this.#exploits = exploits
  }

  /** What far chains hold at genesis. */
  genesis(): void {
    for (const ledger of this.#table.routes) {
      if (ledger.bridge.custody.kind !== 'lock-mint') continue
      for (const { chainId, token } of ledger.route.wrapped) {
        const supply = -(this.#index.chains.get(chainId)?.book.token(token).balance('SUPPLY', '') ?? 0n)
        add(this.#balances, ledger, chainId, supply * ledger.scale(chainId, token))
      }
    }
  }

  delivered(scope: Scope, event: Delivered): void {
    const moved = this.#book(event, 1n)
    if (moved === null || moved.isHome) return
    const { ledger, source } = moved
    this.#open.push({ ledger, source, digest: event.digest, timestamp: scope.timestamp, atMs: scope.atMs })
  }

  /** Judges exports whose source chain is known beyond them. */
  advance(): void {
    if (this.#open.length === 0) return
    this.#open = this.#open.filter((item) => {
      if (!this.#index.isKnownBeyond(item.source, item.timestamp)) return true
      this.#judge(item)
      return false
    })
  }

  /** Takes a delivery of an orphaned block back. */
  undo(_chain: ChainRecord, event: ChainEvent): void {
    if (event.kind !== 'message-delivered') return
    this.#book(event, -1n)
    this.#open = this.#open.filter(({ digest }) => digest !== event.digest)
  }

  #judge({ ledger, source, digest, atMs }: Export): void {
    this.#tally.checked['B-4']++
    const balance = this.#balances.get(ledger)?.get(source) ?? 0n
    const excused = this.#excused.get(ledger)?.get(source) ?? 0n
    if (balance + excused >= 0n) return
    this.#tally.breach(
      'B-4',
      atMs,
      source,
      `${ledger.name}: chain ${source} has exported ${-balance} more than it had, ${excused} of it declared; the last with message ${digest}`,
    )
  }

  #book(
    { message, digest }: Delivered,
    sign: 1n | -1n,
  ): { ledger: RouteLedger; source: ChainId; isHome: boolean } | null {
    const { bridge, srcChainId: source, dstChainId, payload } = message
    if (payload.kind !== 'transfer') return null
    const ledger = this.#table.find(bridge, dstChainId, payload.token)
    if (ledger?.bridge.custody.kind !== 'lock-mint') return null
    const home = ledger.route.home.chainId
    const amount = sign * payload.amount * ledger.scale(dstChainId, payload.token)
    if (dstChainId !== home) add(this.#balances, ledger, dstChainId, amount)
    if (source !== home) {
      add(this.#balances, ledger, source, -amount)
      if (ledger.bridge.accountant === undefined && this.#exploits.isDeclared(digest))
        add(this.#excused, ledger, source, amount)
    }
    return { ledger, source, isHome: source === home }
  }
}

function add(
  books: Map<RouteLedger, Map<ChainId, bigint>>,
  ledger: RouteLedger,
  chainId: ChainId,
  amount: bigint,
): void {
  const chains = books.get(ledger) ?? new Map<ChainId, bigint>()
  chains.set(chainId, (chains.get(chainId) ?? 0n) + amount)
  books.set(ledger, chains)
}
