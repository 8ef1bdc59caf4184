// Backing, B-1 to B-3: custody moves with exactly one message of its amount; what is locked backs what is minted, and
// what circulates of an issued asset was issued.
// What is between its sending and its delivery is in `Crossings`.
import type { ChainId, Hash32 } from '@solvent/primitives'
import type { ChainEvent } from '@solvent/protocol'
import { AccountRules } from './account-rules.ts'
import type { RouteBacking } from './auditor.ts'
import { carriedBy } from './carried-amount.ts'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import { Crossings } from './crossings.ts'
import type { ExploitRegister } from './exploit-register.ts'
import type { FlawBook } from './flaw-book.ts'
import type { HashLockRules } from './hash-lock-rules.ts'
import type { InvariantId } from './invariant-id.ts'
import type { PoolLedger } from './pool-ledger.ts'
import { QueueBook } from './queue-book.ts'
import { RecoveryRules } from './recovery-rules.ts'
import { routeBacking } from './route-backing.ts'
import type { RouteLedger } from './route-ledger.ts'
import { RouteTable } from './route-table.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>

export class BridgeRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #flaws: FlawBook
  readonly #table: RouteTable
  readonly #crossings: Crossings
  readonly #accounts: AccountRules
  readonly #recovery: RecoveryRules
  readonly #queue: QueueBook
  readonly #locks: HashLockRules
  readonly #touched = new Set<RouteLedger>()

  constructor(
    tally: Tally,
    index: NetworkIndex,
    options: {
      readonly pools: readonly PoolLedger[]
      readonly locks: HashLockRules
      readonly exploits: ExploitRegister
      readonly flaws: FlawBook
      readonly declarationGraceSeconds: number
    },
  ) {
    const { pools, locks, exploits, flaws, declarationGraceSeconds } = options
    this.#index = index
    this.#flaws = flaws
    this.#locks = locks
    this.#tally = tally
    this.#table = new RouteTable(index, pools)
    this.#accounts = new AccountRules(tally, index, this.#table, exploits)
    this.#queue = new QueueBook(this.#table)
    this.#recovery = new RecoveryRules(tally, this.#table)
    this.#crossings = new Crossings(tally, index, this.#table, exploits, declarationGraceSeconds)
  }

  /** What is locked at genesis backs what is minted at genesis; what an issuer has minted by then is issued. */
  genesis(atMs: number): void {
    this.#accounts.genesis()
    for (const ledger of this.#table.routes) {
      this.#tally.checked[ledger.rule]++
      ledger.issued = ledger.minted
      if (ledger.custody !== 'lock-mint') continue
      ledger.surplus = ledger.locked - ledger.minted
      if (ledger.surplus >= 0n) continue
      this.#breach('B-2', atMs, ledger, `genesis locks ${ledger.locked} and mints ${ledger.minted}`)
    }
  }

  sent(scope: Scope, event: Event<'message-sent'>): void {
    this.#touch(this.#crossings.sent(scope, event))
  }

  delivered(scope: Scope, event: Event<'message-delivered'>): void {
    this.#touch(this.#crossings.delivered(scope, event))
    this.#accounts.delivered(scope, event)
  }

  /** Issued or redeemed: the only ways in which an issuer's supply changes without a message. */
  issuance(scope: Scope, event: Event<'asset-issued' | 'asset-redeemed'>): void {
    const ledger = this.#table.find(event.bridge, scope.chain.chainId, event.token)
    if (ledger === undefined) {
      this.#tally.breach(
        'B-3',
        scope.atMs,
        scope.chain.chainId,
        `${event.kind} of ${event.amount} of ${event.token}, which bridge ${event.bridge} does not carry here`,
      )
      return
    }
    const { issuer } = ledger.bridge
    if (event.kind === 'asset-issued' && scope.transaction?.from !== issuer.address) {
      this.#breach(
        'B-3',
        scope.atMs,
        ledger,
        `${scope.transaction?.from} issued ${event.amount}, not the issuer`,
      )
    }
    ledger.issued += issuedBy(ledger, scope.chain.chainId, event)
    this.#touched.add(ledger)
  }

  /** B-2 after a loss. */
  recovery(scope: Scope, event: Event<'bridge-refilled' | 'loss-shared' | 'redemption-reduced'>): void {
    this.#touch(this.#recovery.happened(scope, event))
  }

  /** What a limiter does to transfers, for the books. */
  limited(event: Event<'transfer-queued' | 'transfer-released' | 'transfer-censored'>): void {
    this.#queue.happened(event)
  }

  /** A pool has paid, or owes, what a message carries. */
  paidOut(scope: Scope, { bridge, token }: Event<'payout-queued' | 'payout-made'>): void {
    this.#touch(this.#table.find(bridge, scope.chain.chainId, token) ?? null)
  }

  /** B-1: custody moves with exactly one message of its amount. */
  moved(scope: Scope, event: Event<'bridge-transfer'>): void {
    this.#tally.checked['B-1']++
    const ledger = this.#table.find(event.bridge, scope.chain.chainId, event.token)
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
    const { carried, borne } = carriedBy(scope, ledger, event)
    const moved = event.amount * ledger.scale(scope.chain.chainId, event.token)
    if (event.step === 'released') ledger.paidOut += moved
    if (carried === moved + borne) return
    if (carried !== null && carried > moved && this.#creditsNominal(scope, event)) {
      ledger.fellShort(scope.chain.chainId, event.message, carried - moved)
      return
    }
    this.#breach(
      'B-1',
      scope.atMs,
      ledger,
      `${event.step} ${moved} on chain ${scope.chain.chainId}, message ${event.message} carries ${carried ?? 'nothing'} (finest units)`,
    )
  }

  /** B-2 and B-3 on the routes that the transaction touched. */
  receiptDone(atMs: number): void {
    if (this.#touched.size === 0) return
    for (const ledger of this.#touched) this.#backed(ledger, atMs)
    this.#touched.clear()
  }

  /** Full sums (B-1 to B-3) of all routes. */
  sums(atMs: number): void {
    for (const ledger of this.#table.routes) {
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
    this.#crossings.declared(digest)
  }

  /** Judges deliveries whose source chain is known beyond them. */
  advance(): void {
    this.#crossings.advance()
    this.#accounts.advance()
  }

  end(atMs: number): void {
    this.#crossings.end(atMs)
    this.#accounts.advance()
    this.#recovery.end(atMs)
  }

  /** Takes an event of an orphaned block back. */
  undo(chain: ChainRecord, event: ChainEvent): void {
    if (event.kind === 'asset-issued' || event.kind === 'asset-redeemed') {
      const ledger = this.#table.find(event.bridge, chain.chainId, event.token)
      if (ledger !== undefined) ledger.issued -= issuedBy(ledger, chain.chainId, event)
    }
    if (event.kind === 'bridge-transfer') {
      const ledger = this.#table.find(event.bridge, chain.chainId, event.token)
      if (event.step === 'released' && ledger !== undefined)
        ledger.paidOut -= event.amount * ledger.scale(chain.chainId, event.token)
      if (event.step === 'locked') ledger?.undoShortfall(chain.chainId, event.message)
    }
    this.#queue.undo(event)
    this.#accounts.undo(chain, event)
    this.#recovery.undo(chain.chainId, event)
    this.#crossings.undo(chain, event)
  }

  backing(): RouteBacking[] {
    return this.#table.routes.map((ledger) => routeBacking(ledger, this.#locks))
  }

  /** What left a lock in other amounts than whole steps: by declared exploits and after losses, in base units of the home token. */
  releasedBy(bridge: string, token: string): bigint {
    for (const ledger of this.#table.routes) {
      const { chainId, token: home } = ledger.route.home
      if (ledger.bridge.address === bridge && home === token)
        return (ledger.released + ledger.irregular) / ledger.scale(chainId, home)
    }
    return 0n
  }

  /** Whether a declared flaw explains that a lock took in less than its message carries: the token's fee. */
  #creditsNominal({ chain }: Scope, { bridge, step, token }: Event<'bridge-transfer'>): boolean {
    if (step !== 'locked' || this.#index.transferFeeBps(chain.chainId, token) === 0) return false
    return this.#flaws.has(chain.chainId, bridge, 'nominal-credited')
  }

  #touch(ledger: RouteLedger | null): void {
    if (ledger !== null) this.#touched.add(ledger)
  }

  #backed(ledger: RouteLedger, atMs: number): void {
    this.#tally.checked[ledger.rule]++
    const { gap, deficit, minted, transit } = ledger
    if (gap === 0n) return
    const sides = {
      'lock-mint': `locked ${ledger.locked} + deficit ${deficit} differ by ${gap} from minted ${minted} + in transit ${transit} + surplus ${ledger.surplus}`,
      'burn-mint': `issued ${ledger.issued} + deficit ${deficit} differ by ${gap} from minted ${minted} + in transit ${transit}`,
      'hash-lock': '',
      pool: `deficit ${deficit} differs by ${gap} from claims and queues ${ledger.owedToPools} + in transit ${transit}`,
    }
    this.#breach(ledger.rule, atMs, ledger, sides[ledger.custody])
  }

  #breach(id: InvariantId, atMs: number, ledger: RouteLedger, detail: string): void {
    this.#tally.breach(id, atMs, ledger.route.home.chainId, `${ledger.name}: ${detail}`)
  }
}

/** What an issuance adds to what was issued, in finest units. */
function issuedBy(
  ledger: RouteLedger,
  chainId: ChainId,
  event: Event<'asset-issued' | 'asset-redeemed'>,
): bigint {
  const amount = event.amount * ledger.scale(chainId, event.token)
  return event.kind === 'asset-issued' ? amount : -amount
}
