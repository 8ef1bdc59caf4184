// Whether a bridge can be relied on, as far as blocks tell: its pauses on any chain, and how much of the claims on each
// asset its lock, or what its issuer gave out, still covers. A solver that looks sees a forged release at once, long before anyone pauses.
import { type Address, BPS, type ChainId, wholeUnit } from '@solvent/primitives'
import type { BridgeSpec, ChainEvent, Genesis, JournalEntry, PauseAuthority } from '@solvent/protocol'
import type { NetworkFacts } from './network-facts.ts'

/** Amounts of tokens with different decimals are added up in this many. */
const COMMON_DECIMALS = 18

interface Cover {
  /** Locked, or issued less redeemed. */
  locked: bigint
  claims: bigint
}

export class BackingMonitor {
  readonly #facts: NetworkFacts
  /** Bridges whose assets can lose their backing: what pools and hash locks carry is native everywhere. */
  readonly #backed: readonly BridgeSpec[]
  /** `bridge/chain/authority` → until when, inclusive Unix seconds; 0 is an open end. */
  readonly #freezes = new Map<string, number>()
  /** `bridge/symbol`. */
  readonly #covers = new Map<string, Cover>()

  constructor(facts: NetworkFacts) {
    this.#facts = facts
    this.#backed = facts.spec.bridges.filter(
      ({ custody }) => custody.kind === 'lock-mint' || custody.kind === 'burn-mint',
    )
  }

  /** Takes the pauses of a block's receipt. */
  onEvent(chainId: ChainId, event: ChainEvent): void {
    if (event.kind === 'bridge-paused') {
      this.#freezes.set(`${event.bridge}/${chainId}/${event.authority}`, event.until)
    } else if (event.kind === 'bridge-unpaused') {
      this.#freezes.delete(`${event.bridge}/${chainId}/${event.authority}`)
      if (event.authority === 'guardian') this.#freezes.delete(`${event.bridge}/${chainId}/issuer`)
    }
  }

  /** What is locked and claimed at genesis, which no block carries: every far unit of an asset is a claim. */
  begin({ chainId, balances }: Genesis): void {
    for (const { kind, owner, token, amount } of balances) {
      for (const bridge of this.#backed) {
        for (const { symbol, home, wrapped } of bridge.routes) {
          if (isIssued(bridge)) {
            const isEnd = [home, ...wrapped].some((end) => end.chainId === chainId && end.token === token)
            if (!isEnd) continue
            const cover = this.#cover(bridge.address, symbol)
            cover.locked += this.#common(chainId, token, amount)
            cover.claims += this.#common(chainId, token, amount)
            continue
          }
          const isLock = kind === 'BRIDGE_LOCK' && owner === bridge.address
          if (isLock && home.chainId === chainId && home.token === token) {
            this.#cover(bridge.address, symbol).locked += this.#common(chainId, token, amount)
          } else if (wrapped.some((far) => far.chainId === chainId && far.token === token)) {
            this.#cover(bridge.address, symbol).claims += this.#common(chainId, token, amount)
          }
        }
      }
    }
  }

  /** Takes locks, releases, mints and burns from the journal; with negated legs it takes them back. */
  onEntries(chainId: ChainId, posted: readonly JournalEntry[]): void {
    const entries = posted.filter(({ cause }) => cause.startsWith('bridge-'))
    if (entries.length === 0) return
    for (const bridge of this.#backed) {
      for (const route of bridge.routes) {
        if (isIssued(bridge)) {
          for (const { chainId: at, token } of [route.home, ...route.wrapped]) {
            if (at !== chainId) continue
            this.#addClaims(bridge, route.symbol, token, chainId, entries)
            this.#addIssued(bridge, route.symbol, token, chainId, entries)
          }
          continue
        }
        if (route.home.chainId === chainId)
          this.#addLocks(bridge, route.symbol, route.home.token, chainId, entries)
        for (const { chainId: away, token } of route.wrapped) {
          if (away === chainId) this.#addClaims(bridge, route.symbol, token, chainId, entries)
        }
      }
    }
  }

  /** Whether anyone has the bridge paused on any chain. */
  isPaused(bridge: Address, nowSeconds: number): boolean {
    if (this.#freezes.size === 0) return false
    const authorities: readonly PauseAuthority[] = ['issuer', 'guardian']
    return this.#facts.spec.chains.some(({ chainId }) =>
      authorities.some((authority) => {
        const until = this.#freezes.get(`${bridge}/${chainId}/${authority}`)
        return until !== undefined && (until === 0 || nowSeconds <= until)
      }),
    )
  }

  /** The least cover of the bridge's assets, in basis points rounded down, at most 10000. */
  coverBps(bridge: Address): number {
    let least = BPS
    const spec = this.#facts.bridge(bridge)
    for (const { symbol } of spec?.routes ?? []) {
      const cover = this.#covers.get(`${bridge}/${symbol}`)
      if (cover === undefined || cover.claims <= 0n) continue
      const bps = (cover.locked * BPS) / cover.claims
      if (bps < least) least = bps
    }
    return Number(least)
  }

  #addLocks(
    bridge: BridgeSpec,
    symbol: string,
    token: Address,
    chainId: ChainId,
    entries: readonly JournalEntry[],
  ): void {
    const cover = this.#cover(bridge.address, symbol)
    for (const { legs } of entries) {
      for (const leg of legs) {
        if (leg.kind === 'BRIDGE_LOCK' && leg.owner === bridge.address && leg.token === token) {
          cover.locked += this.#common(chainId, token, leg.amount)
        }
      }
    }
  }

  #addClaims(
    bridge: BridgeSpec,
    symbol: string,
    token: Address,
    chainId: ChainId,
    entries: readonly JournalEntry[],
  ): void {
    const cover = this.#cover(bridge.address, symbol)
    for (const { legs } of entries) {
      for (const leg of legs) {
        if (leg.kind === 'SUPPLY' && leg.token === token)
          cover.claims -= this.#common(chainId, token, leg.amount)
      }
    }
  }

  /** What the issuer gave out or took back stands for itself; what messages mint does not. */
  #addIssued(
    bridge: BridgeSpec,
    symbol: string,
    token: Address,
    chainId: ChainId,
    entries: readonly JournalEntry[],
  ): void {
    const cover = this.#cover(bridge.address, symbol)
    for (const { cause, legs } of entries) {
      if (cause !== 'bridge-issue' && cause !== 'bridge-redeem') continue
      for (const leg of legs) {
        if (leg.kind === 'SUPPLY' && leg.token === token)
          cover.locked -= this.#common(chainId, token, leg.amount)
      }
    }
  }

  #common(chainId: ChainId, token: Address, amount: bigint): bigint {
    const spec = this.#facts.spec.tokens.find((each) => each.chainId === chainId && each.address === token)
    const decimals = spec?.decimals ?? COMMON_DECIMALS
    return decimals <= COMMON_DECIMALS
      ? amount * wholeUnit(COMMON_DECIMALS - decimals)
      : amount / wholeUnit(decimals - COMMON_DECIMALS)
  }

  #cover(bridge: Address, symbol: string): Cover {
    const key = `${bridge}/${symbol}`
    let cover = this.#covers.get(key)
    if (cover === undefined) {
      cover = { locked: 0n, claims: 0n }
      this.#covers.set(key, cover)
    }
    return cover
  }
}

function isIssued({ custody }: BridgeSpec): boolean {
  return custody.kind === 'burn-mint'
}
