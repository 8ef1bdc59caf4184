// Limits on what bridges pay out, B-5: what arrived within the window stays below its limit, what was large or did not
// fit waited its time or had enough votes, no release at home exceeds its cap. Windows, values and votes are the audit's
// own, from messages and prices. Source of the rule: Wormhole Governor (whitepaper 0007).
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import type { BridgeMessage, BridgeSpec, ChainEvent, TransferLimiter } from '@solvent/protocol'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import { handedIn } from './handed-in.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>

/** What moves a source chain's window: positive on arrival, negative where flow the other way cancels it. */
interface Flow {
  readonly source: ChainId
  readonly at: number
  readonly valueE8: bigint
  readonly digest: Hash32
}

interface Waiting {
  readonly since: number
  readonly message: BridgeMessage
  readonly votes: { release: Set<Address>; censor: Set<Address> }
}

export class LimiterRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  /** Per bridge and chain of arrival, oldest first. */
  readonly #flows = new Map<string, Flow[]>()
  readonly #waiting = new Map<Hash32, Waiting>()
  readonly #prices = new Map<string, bigint[]>()

  constructor(tally: Tally, index: NetworkIndex) {
    this.#tally = tally
    this.#index = index
  }

  /** A refusal for the cap must be one. */
  attempted(scope: Scope): void {
    const call = scope.transaction?.call
    if (call?.kind === 'deliver' && scope.receipt.reason === 'above-cap') this.#refused(scope, call.message)
  }

  /** Of a message of a batch, too. */
  skipped(scope: Scope, { digest, reason }: Event<'message-skipped'>): void {
    const given = reason === 'above-cap' ? handedIn(scope.transaction?.call, digest) : null
    if (given !== null) this.#refused(scope, given.message)
  }

  #refused({ chain, atMs }: Scope, { bridge, payload }: BridgeMessage): void {
    this.#tally.checked['B-5']++
    const cap = this.#capOf(chain.chainId, bridge, payload)
    if (payload.kind !== 'transfer' || (cap !== null && payload.amount > cap)) return
    this.#tally.breach(
      'B-5',
      atMs,
      chain.chainId,
      `a release of ${payload.amount} is refused, the cap is ${cap}`,
    )
  }

  /** A transfer that leaves may make room for what comes back. */
  sent(scope: Scope, { message, digest }: Event<'message-sent'>): void {
    const limiter = this.#limiterOf(message.bridge)
    const moved = scope.receipt.events.find((event) => event.kind === 'bridge-transfer')
    if (limiter === undefined || moved?.kind !== 'bridge-transfer') return
    const { chainId } = scope.chain
    const limit = limiter.chains.find((each) => each.chainId === message.dstChainId)
    const symbol = this.#index.symbol(chainId, moved.token)
    const isAllowed = limiter.flowCancel.some(
      (corridor) =>
        corridor.symbol === symbol && corridor.from === chainId && corridor.to === message.dstChainId,
    )
    const call = scope.transaction?.call
    const amount = call?.kind === 'bridge-out' ? call.amount : moved.amount
    const valueE8 = this.#valueE8(limiter, message.bridge, chainId, moved.token, amount)
    if (!isAllowed || limit === undefined || valueE8 === null || valueE8 >= limit.singleE8) return
    const source = message.dstChainId
    this.#flowsOf(message.bridge, chainId).push({ source, at: scope.timestamp, valueE8: -valueE8, digest })
  }

  queued(scope: Scope, { message, digest, releaseAt }: Event<'transfer-queued'>): void {
    this.#tally.checked['B-5']++
    const limiter = this.#limiterOf(message.bridge)
    if (limiter === undefined) return this.#breach(scope, digest, 'is queued by a bridge without a limiter')
    if (releaseAt !== scope.timestamp + limiter.delaySeconds)
      this.#breach(
        scope,
        digest,
        `may go at ${releaseAt}, ${limiter.delaySeconds} s after ${scope.timestamp}`,
      )
    const value = this.#arriving(limiter, scope, message)
    if (value !== null && !value.isLarge && value.usedE8 + value.valueE8 <= value.windowE8)
      this.#breach(
        scope,
        digest,
        `waits although ${value.usedE8} of ${value.windowE8} is used and it is ${value.valueE8}`,
      )
    const votes = { release: new Set<Address>(), censor: new Set<Address>() }
    this.#waiting.set(digest, { since: scope.timestamp, message, votes })
  }

  voted(scope: Scope, { digest, vote, voter }: Event<'transfer-voted'>): void {
    this.#tally.checked['B-5']++
    const votes = this.#waiting.get(digest)?.votes[vote]
    if (votes === undefined || votes.has(voter))
      this.#breach(scope, digest, `has a vote of ${voter} that cannot be`)
    votes?.add(voter)
  }

  censored(scope: Scope, { bridge, digest }: Event<'transfer-censored'>): void {
    this.#tally.checked['B-5']++
    const count = this.#waiting.get(digest)?.votes.censor.size ?? 0
    const needed = this.#limiterOf(bridge)?.censor ?? 0
    if (count < needed) this.#breach(scope, digest, `is deleted by ${count} of ${needed} votes`)
  }

  /** A release or mint: straight from its delivery, or out of the queue. */
  delivered(scope: Scope, { message, digest }: Event<'message-delivered'>): void {
    const { payload, bridge } = message
    if (payload.kind !== 'transfer') return
    this.#capped(scope, message, digest)
    const limiter = this.#limiterOf(bridge)
    if (limiter === undefined) return
    this.#tally.checked['B-5']++
    const released = scope.receipt.events.find((event) => event.kind === 'transfer-released')
    if (released?.kind === 'transfer-released') {
      const waiting = this.#waiting.get(digest)
      if (waiting === undefined) return this.#breach(scope, digest, 'leaves a queue that it is not in')
      if (released.cause === 'timeout') {
        const waited = scope.timestamp - waiting.since
        if (waited < limiter.delaySeconds)
          this.#breach(scope, digest, `waited ${waited} s of ${limiter.delaySeconds}`)
        return
      }
      if (released.cause === 'votes') {
        const count = waiting.votes.release.size
        if (count < limiter.forceRelease)
          this.#breach(scope, digest, `is released by ${count} of ${limiter.forceRelease} votes`)
        return
      }
    }
    const value = this.#arriving(limiter, scope, message)
    if (value === null) return
    if (value.isLarge) this.#breach(scope, digest, `passes at ${value.valueE8}, which is to wait`)
    if (value.usedE8 + value.valueE8 > value.windowE8)
      this.#breach(scope, digest, `passes at ${value.valueE8} with ${value.usedE8} of ${value.windowE8} used`)
    const { chainId } = scope.chain
    this.#flowsOf(bridge, chainId).push({
      source: message.srcChainId,
      at: scope.timestamp,
      valueE8: value.valueE8,
      digest,
    })
  }

  priced(scope: Scope, { bridge, token, priceE8 }: Event<'token-priced'>): void {
    const key = `${bridge}/${scope.chain.chainId}/${token}`
    const known = this.#prices.get(key)
    if (known === undefined) this.#prices.set(key, [priceE8])
    else known.push(priceE8)
  }

  /** Takes an event of an orphaned block back; the newest first. */
  undo({ chainId }: ChainRecord, event: ChainEvent): void {
    if (event.kind === 'message-sent' || event.kind === 'message-delivered') {
      const flows = this.#flows.get(`${event.message.bridge}/${chainId}`)
      if (flows?.at(-1)?.digest === event.digest) flows.pop()
    } else if (event.kind === 'transfer-queued') this.#waiting.delete(event.digest)
    else if (event.kind === 'transfer-voted')
      this.#waiting.get(event.digest)?.votes[event.vote].delete(event.voter)
    else if (event.kind === 'token-priced')
      this.#prices.get(`${event.bridge}/${chainId}/${event.token}`)?.pop()
  }

  /** What a transfer is worth and what its source has used up before it; null where it does not count. */
  #arriving(limiter: TransferLimiter, scope: Scope, { bridge, srcChainId, payload }: BridgeMessage) {
    const { chainId } = scope.chain
    const limit = limiter.chains.find((each) => each.chainId === srcChainId)
    if (limit === undefined || payload.kind !== 'transfer') return null
    const valueE8 = this.#valueE8(limiter, bridge, chainId, payload.token, payload.amount)
    if (valueE8 === null) return null
    let usedE8 = 0n
    const flows = this.#flowsOf(bridge, chainId)
    for (let i = flows.length - 1; i >= 0; i--) {
      const flow = flows[i]!
      if (scope.timestamp - flow.at >= limiter.windowSeconds) break
      if (flow.source === srcChainId) usedE8 += flow.valueE8
    }
    if (usedE8 < 0n) usedE8 = 0n
    return { valueE8, usedE8, windowE8: limit.windowE8, isLarge: valueE8 >= limit.singleE8 }
  }

  /** No release at home beyond the cap of its asset. */
  #capped(scope: Scope, { bridge, payload }: BridgeMessage, digest: Hash32): void {
    const cap = this.#capOf(scope.chain.chainId, bridge, payload)
    if (cap === null || payload.kind !== 'transfer') return
    this.#tally.checked['B-5']++
    if (payload.amount > cap)
      this.#breach(scope, digest, `takes ${payload.amount} out of the lock, the cap is ${cap}`)
  }

  #capOf(chainId: ChainId, bridge: Address, payload: BridgeMessage['payload']): bigint | null {
    const spec = this.#index.bridges.get(bridge)
    if (spec?.withdrawalCaps === undefined || payload.kind !== 'transfer') return null
    const route = spec.routes.find(({ home }) => home.chainId === chainId && home.token === payload.token)
    return spec.withdrawalCaps.find(({ symbol }) => symbol === route?.symbol)?.amount ?? null
  }

  #valueE8(
    limiter: TransferLimiter,
    bridge: Address,
    chainId: ChainId,
    token: Address,
    amount: bigint,
  ): bigint | null {
    const tracked = limiter.tokens.find((each) => each.chainId === chainId && each.token === token)
    if (tracked === undefined) return null
    const dynamicE8 = this.#prices.get(`${bridge}/${chainId}/${token}`)?.at(-1) ?? tracked.dynamicE8
    const priceE8 = tracked.floorE8 > dynamicE8 ? tracked.floorE8 : dynamicE8
    return (amount * priceE8) / 10n ** BigInt(this.#index.decimals(chainId, token))
  }

  #limiterOf(bridge: Address): BridgeSpec['limiter'] {
    return this.#index.bridges.get(bridge)?.limiter
  }

  #flowsOf(bridge: Address, chainId: ChainId): Flow[] {
    const key = `${bridge}/${chainId}`
    const known = this.#flows.get(key)
    if (known !== undefined) return known
    const fresh: Flow[] = []
    this.#flows.set(key, fresh)
    return fresh
  }

  #breach(scope: Scope, digest: Hash32, detail: string): void {
    const { header } = scope.block
    this.#tally.breach(
      'B-5',
      scope.atMs,
      scope.chain.chainId,
      `block ${header.number}: message ${digest} ${detail}`,
    )
  }
}
