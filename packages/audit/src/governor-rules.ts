// Limits that verifiers keep before they sign, B-5, from both sides. What each verifier says of its governor is counted again,
// verifier by verifier. What chains say: a transfer at or above the single limit is not delivered before it has waited, unless
// verifiers' operators let it go. Values and windows are the audit's own. Source: Wormhole Governor (whitepaper 0007).
import { type Address, type Hash32, MS_PER_SECOND, type NodeId, secondsToMs } from '@solvent/primitives'
import type { BridgeMessage, ChainEvent, ChainLimit, DomainEvent, GovernedToken } from '@solvent/protocol'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import { type Flow, GovernorBooks, type VerifierBook } from './governor-books.ts'
import { GovernorPrices } from './governor-prices.ts'
import type { Tally } from './tally.ts'

type Governed = Extract<DomainEvent, { kind: 'transfer-governed' }>
type Sent = Extract<ChainEvent, { kind: 'message-sent' }>
type Delivered = Extract<ChainEvent, { kind: 'message-delivered' }>

/** A price that a verifier has taken from an oracle. */
interface Taken {
  readonly message: BridgeMessage
  readonly token: GovernedToken
  readonly node: NodeId
  readonly priceE8: bigint
  readonly atMs: number
}

interface Arrival {
  readonly message: BridgeMessage
  readonly digest: Hash32
  /** Unix seconds, and the same in ms for breaches. */
  readonly timestamp: number
  readonly atMs: number
}

export class GovernorRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  /** Clocks of nodes differ by so much, ms. */
  readonly #spreadMs: number
  readonly #books = new GovernorBooks()
  /** Chain time of sent transfers of what is tracked, Unix seconds. */
  readonly #sentAt = new Map<Hash32, number>()
  #arrivals: Arrival[] = []
  readonly #prices: GovernorPrices
  #taken: Taken[] = []
  /** Moments at which operators let go what waited, Unix ms. */
  readonly #releases = new Map<Address, number[]>()

  constructor(tally: Tally, index: NetworkIndex, spreadMs: number) {
    this.#tally = tally
    this.#index = index
    this.#spreadMs = spreadMs
    this.#prices = new GovernorPrices(index.spec.genesisMs / MS_PER_SECOND)
  }

  /** A verifier's governor has decided. */
  governed(atMs: number, node: NodeId, { message, digest, verdict, priceE8 }: Governed): void {
    const { bridge, srcChainId } = message
    const governor = this.#index.bridges.get(bridge)?.governor
    const limit = this.#limitOf(message)
    const valueE8 = this.#valueE8(message, priceE8)
    this.#tally.checked['B-5']++
    this.#priced({ message, node, priceE8, atMs })
    const breach = (detail: string) =>
      this.#tally.breach('B-5', atMs, srcChainId, `${node}: message ${digest} ${detail}`)
    if (governor === undefined || limit === undefined || valueE8 === null)
      return breach(`is ${verdict} by a governor that does not track it`)
    const books = this.#books.of(node, bridge)
    const usedE8 = books.usedE8(srcChainId, {
      atMs,
      windowMs: secondsToMs(governor.windowSeconds),
      slackMs: MS_PER_SECOND + 2 * this.#spreadMs,
    })
    const fits = valueE8 < limit.singleE8 && usedE8 + valueE8 <= limit.windowE8
    switch (verdict) {
      case 'passed':
        books.held.delete(digest)
        // A verifier that has lost what it wrote last decides once more.
        if (books.passed.has(digest)) return
        books.passed.add(digest)
        if (!fits) breach(`passes at ${valueE8} with ${usedE8} of ${limit.windowE8} used`)
        this.#count(books, message, { atMs, valueE8 })
        break
      case 'held':
        books.held.set(digest, atMs)
        break
      default: {
        const since = books.held.get(digest)
        books.held.delete(digest)
        // Nothing is known of what waited before a restart, where each process audits its own.
        if (verdict !== 'waited' || since === undefined) return
        const neededMs = secondsToMs(governor.delaySeconds) - 2 * this.#spreadMs
        if (atMs - since < neededMs) breach(`waited ${atMs - since} of ${neededMs} ms`)
      }
    }
  }

  /** An oracle has an answer. */
  event({ timestamp }: Scope, event: ChainEvent): void {
    if (event.kind !== 'price-updated') return
    this.#prices.answered(event.oracle, { at: timestamp, answerE8: event.answerE8 })
  }

  /** What a verifier counts by: without an oracle at once, with one when its chain is known beyond that moment. */
  #priced(claim: Omit<Taken, 'token'>): void {
    const token = this.#trackedOf(claim.message)
    if (token === undefined) return
    if (token.source === undefined) this.#judgePrice({ ...claim, token })
    else this.#taken.push({ ...claim, token })
  }

  #judgePrice({ message, token, node, priceE8, atMs }: Taken): void {
    this.#tally.checked['B-5']++
    const at = atMs / MS_PER_SECOND
    const may = this.#prices.possibleE8(token, { from: at, until: at, slack: this.#slack })
    if (may.includes(priceE8)) return
    const detail = `${node}: counts a unit for ${priceE8}, its oracle and floor say ${may.join(' or ')}`
    this.#tally.breach('B-5', atMs, message.srcChainId, detail)
  }

  /** Seconds by which two nodes may differ about a moment. */
  get #slack(): number {
    return (2 * this.#spreadMs) / MS_PER_SECOND
  }

  /** From this moment on operators let go what waits. */
  released(bridge: Address, atMs: number): void {
    this.#releases.set(bridge, [...(this.#releases.get(bridge) ?? []), atMs])
  }

  sent({ timestamp }: Scope, { message, digest }: Sent): void {
    if (this.#trackedOf(message) !== undefined) this.#sentAt.set(digest, timestamp)
  }

  delivered({ timestamp, atMs }: Scope, { message, digest }: Delivered): void {
    if (this.#trackedOf(message) !== undefined) this.#arrivals.push({ message, digest, timestamp, atMs })
  }

  /** Judges deliveries whose source chain is known beyond them. */
  advance(): void {
    if (this.#taken.length > 0)
      this.#taken = this.#taken.filter((taken) => {
        const { chainId } = taken.token.source!
        const needed = Math.ceil((taken.atMs + 2 * this.#spreadMs) / MS_PER_SECOND)
        if (!this.#index.isKnownBeyond(chainId, needed)) return true
        this.#judgePrice(taken)
        return false
      })
    if (this.#arrivals.length === 0) return
    this.#arrivals = this.#arrivals.filter((arrival) => {
      const { message, timestamp } = arrival
      const oracle = this.#trackedOf(message)?.source?.chainId ?? message.srcChainId
      for (const chainId of [message.srcChainId, oracle])
        if (!this.#index.isKnownBeyond(chainId, timestamp)) return true
      this.#judge(arrival)
      return false
    })
  }

  /** Takes an event of an orphaned block back. */
  undo(_chain: ChainRecord, event: ChainEvent): void {
    if (event.kind === 'price-updated') this.#prices.undo(event.oracle)
    else if (event.kind === 'message-sent') this.#sentAt.delete(event.digest)
    else if (event.kind === 'message-delivered' && this.#arrivals.length > 0)
      this.#arrivals = this.#arrivals.filter(({ digest }) => digest !== event.digest)
  }

  /** What was never sent was forged: stolen keys ask no governor, and other rules judge what they signed. */
  #judge({ message, digest, timestamp, atMs }: Arrival): void {
    const sentAt = this.#sentAt.get(digest)
    const governor = this.#index.bridges.get(message.bridge)?.governor
    if (sentAt === undefined || governor === undefined) return
    this.#tally.checked['B-5']++
    if (!this.#wasLarge(message, sentAt, timestamp)) return
    const waitedMs = secondsToMs(timestamp - sentAt)
    if (waitedMs >= secondsToMs(governor.delaySeconds) - this.#spreadMs) return
    const letGo = (this.#releases.get(message.bridge) ?? []).some(
      (released) =>
        released >= secondsToMs(sentAt) - this.#spreadMs &&
        released <= secondsToMs(timestamp) + this.#spreadMs,
    )
    if (letGo) return
    const detail = `message ${digest} is delivered ${waitedMs} ms after it left, it is to wait ${governor.delaySeconds} s`
    this.#tally.breach('B-5', atMs, message.dstChainId, detail)
  }

  /** By the least that it may have counted for between these moments, Unix seconds: in that time verifiers have let it pass. */
  #wasLarge(message: BridgeMessage, from: number, until: number): boolean {
    const limit = this.#limitOf(message)
    const token = this.#trackedOf(message)
    if (limit === undefined || token === undefined) return false
    const possible = this.#prices.possibleE8(token, { from, until, slack: this.#slack })
    return possible.every((priceE8) => (this.#valueE8(message, priceE8) ?? 0n) >= limit.singleE8)
  }

  #limitOf({ bridge, srcChainId }: BridgeMessage): ChainLimit | undefined {
    return this.#index.bridges.get(bridge)?.governor?.chains.find(({ chainId }) => chainId === srcChainId)
  }

  #trackedOf({ bridge, dstChainId, payload }: BridgeMessage): GovernedToken | undefined {
    if (payload.kind !== 'transfer') return undefined
    const { token } = payload
    const tokens = this.#index.bridges.get(bridge)?.governor?.tokens
    return tokens?.find((each) => each.chainId === dstChainId && each.token === token)
  }

  #valueE8(message: BridgeMessage, priceE8: bigint): bigint | null {
    const { dstChainId, payload } = message
    if (payload.kind !== 'transfer' || this.#trackedOf(message) === undefined) return null
    return (payload.amount * priceE8) / 10n ** BigInt(this.#index.decimals(dstChainId, payload.token))
  }

  /** It counts where it leaves, and a small one on a corridor makes room where it arrives. */
  #count(books: VerifierBook, message: BridgeMessage, flow: Flow): void {
    const { bridge, srcChainId, dstChainId, payload } = message
    books.count(srcChainId, flow)
    const governor = this.#index.bridges.get(bridge)?.governor
    const there = governor?.chains.find(({ chainId }) => chainId === dstChainId)
    if (governor === undefined || there === undefined || payload.kind !== 'transfer') return
    const symbol = this.#index.symbol(dstChainId, payload.token)
    const makesRoom = governor.flowCancel.some(
      (corridor) => corridor.symbol === symbol && corridor.from === srcChainId && corridor.to === dstChainId,
    )
    if (makesRoom && flow.valueE8 < there.singleE8)
      books.count(dstChainId, { ...flow, valueE8: -flow.valueE8 })
  }
}
