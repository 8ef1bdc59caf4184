// A light client as a source of proofs: the relayer hands the source chain's headers to the destination's contract when
// a message needs them, and a message is ready once the contract takes a header at or above its block for final. With
// validity proofs a submission waits for the proof to be made. Before the trusting period runs out, headers are handed in
// also without need, so that the client does not expire.
import type { Ports, TimerId } from '@solvent/ports'
import { assertNever, type ChainId, secondsToMs } from '@solvent/primitives'
import {
  type Block,
  type BridgeMessage,
  type ChainSpec,
  type HeaderFollowing,
  headerDigest,
  MAX_HEADERS,
  type MessageKey,
  messageDigest,
  messageKey,
  type NetworkSpec,
  type SolventVocabulary,
} from '@solvent/protocol'
import { type ChainView, gasOfCall } from '@solvent/settlement'
import { createTimerTable } from '../parts/timer-table.ts'
import type { TransactionSender } from '../parts/transaction-sender.ts'
import {
  type AttestationSource,
  type AttestationSourceInit,
  deafSource,
  type Readiness,
} from './attestation-source.ts'
import { deliveryCost, type HeaderCost } from './delivery-cost.ts'
import { HeaderRelay } from './header-relay.ts'
import { type FollowedHeader, SourceOutbox } from './source-outbox.ts'

export interface HeaderInclusionInit extends AttestationSourceInit {
  readonly spec: NetworkSpec
  readonly verification: HeaderFollowing
  readonly sender: TransactionSender
  /** Follows the chains. */
  readonly view: ChainView
  /** Wait for each relayer that comes before this one, in ms of the node's clock. */
  readonly staggerMs?: number
}

export type HeaderInclusionPorts = Pick<
  Ports<SolventVocabulary>,
  'clock' | 'timers' | 'transport' | 'log' | 'meter'
>

const STAGGER_MS = 60_000
const RETRY_MS = 120_000
const MAX_ATTEMPTS = 8

/** One client under the relayer's care. */
interface Lane {
  readonly relay: HeaderRelay
  /** Messages that wait for headers. */
  readonly pending: Map<MessageKey, BridgeMessage>
  /** What submissions of this node have cost, by the messages that they made provable. */
  readonly spent: Map<MessageKey, HeaderCost>
  timer: TimerId | null
}

/** Makes the source of a bridge whose contracts follow headers. */
export function createHeaderInclusion(
  init: HeaderInclusionInit,
  ports: HeaderInclusionPorts,
): AttestationSource {
  const { spec, bridge, verification, sender, view, onNews, staggerMs = STAGGER_MS } = init
  const timers = createTimerTable<Lane>(ports.timers)
  const outboxes = new Map(spec.chains.map(({ chainId }) => [chainId, new SourceOutbox()]))
  const lanes = new Map<string, Lane>()
  const place = bridge.relayers.findIndex(({ node }) => node === ports.transport.self)
  const rank = place < 0 ? bridge.relayers.length : place

  /** How far the L1 of a rollup has made it firm, where the L1 is the destination itself. */
  function orderOf({ chainId, consensus }: ChainSpec, destination: ChainId): (() => number) | null {
    if (consensus.kind === 'l1' || consensus.l1 !== destination || bridge.finality === 'unsafe') return null
    switch (bridge.finality) {
      case 'safe':
        return () => view.safe(chainId)
      case 'finalized':
        return () => view.finalized(chainId)
      case 'exitable':
        return () => view.exitable(chainId, secondsToMs(view.head(destination)?.header.timestamp ?? 0))
      default:
        return assertNever(bridge.finality)
    }
  }

  function laneOf(sourceId: ChainId, destination: ChainId): Lane | undefined {
    const known = lanes.get(`${sourceId}/${destination}`)
    const source = spec.chains.find(({ chainId }) => chainId === sourceId)
    const outbox = outboxes.get(sourceId)
    if (known !== undefined || source === undefined || outbox === undefined) return known
    const lane = {
      relay: new HeaderRelay(bridge, source, {
        destination,
        outbox,
        orderedTo: orderOf(source, destination),
      }),
      pending: new Map(),
      spent: new Map(),
      timer: null,
    }
    lanes.set(`${sourceId}/${destination}`, lane)
    return lane
  }

  /** The newest header that the client should have, if it lacks it: for a message that waits, or to stay alive. */
  function target({ relay, pending }: Lane): number | undefined {
    if (relay.isFrozen || isExpired(relay)) return undefined
    const reachable = relay.reachable()
    let needed = -1
    for (const message of pending.values()) {
      const at = relay.outbox.placeOfMessage(messageDigest(message)) ?? -1
      if (at <= reachable && at > needed) needed = at
    }
    if (needed > relay.provable()) return relay.finalizerOf(needed)
    const newestAt = relay.newestAt()
    const head = relay.outbox.headers.at(-1)
    if (newestAt === null || head === undefined) return undefined
    const ageMs = secondsToMs(head.signed.header.timestamp - newestAt)
    return 2 * ageMs > verification.trustingPeriodMs ? relay.outbox.headers.length - 1 : undefined
  }

  function isExpired(relay: HeaderRelay): boolean {
    const newestAt = relay.newestAt()
    return newestAt !== null && ports.clock.nowMs() - secondsToMs(newestAt) > verification.trustingPeriodMs
  }

  /** Plans a submission when one is needed and none is planned. */
  function review(lane: Lane): void {
    if (lane.timer !== null || target(lane) === undefined) return
    lane.timer = timers.set(rank * staggerMs + verification.provingMs, lane)
  }

  function submit(lane: Lane): void {
    const { relay } = lane
    const newest = target(lane)
    if (newest === undefined) return
    const missing = relay.missing(newest)
    let gas = 0
    for (let from = 0; from < missing.length; from += MAX_HEADERS) {
      const headers = missing.slice(from, from + MAX_HEADERS)
      const last = headerDigest((headers.at(-1) as (typeof headers)[number]).header)
      const call = {
        kind: 'submit-headers',
        bridge: bridge.address,
        source: relay.source.chainId,
        form: verification.form,
        headers,
      } as const
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const ref = `headers/${relay.source.chainId}/${last}/${attempt}`
        const outcome = sender.send({ chainId: relay.destination, call, ref })
        if (outcome === 'signed') {
          ports.meter.count('headers-submitted', headers.length)
          gas += gasOfCall(call)
        }
        if (outcome !== 'reverted') break
      }
    }
    share(lane, newest, gas)
    // What is not on its way by then is looked at again.
    lane.timer = timers.set(RETRY_MS, lane)
  }

  /** A submission is for all that wait for headers up to its newest one; those that keep a client alive are for nobody. */
  function share({ relay, pending, spent }: Lane, newest: number, submitted: number): void {
    const { perGas, mostPerGas } = sender.gasQuote(relay.destination)
    const served = [...pending].filter(([, message]) => {
      const at = relay.outbox.placeOfMessage(messageDigest(message))
      return at !== undefined && at <= newest
    })
    let left = submitted
    for (const [i, [key]] of served.entries()) {
      const share = Math.floor(left / (served.length - i))
      left -= share
      const { gas, fee, maxFee } = spent.get(key) ?? { gas: 0, fee: 0n, maxFee: 0n }
      spent.set(key, {
        gas: gas + share,
        fee: fee + BigInt(share) * perGas,
        maxFee: maxFee + BigInt(share) * mostPerGas,
      })
    }
  }

  function onBlock(block: Block): void {
    const { chainId } = block.header
    outboxes.get(chainId)?.add(block)
    for (const { events } of block.receipts) {
      for (const event of events) {
        if (event.kind !== 'headers-accepted' && event.kind !== 'client-frozen') continue
        if (event.bridge !== bridge.address) continue
        const lane = laneOf(event.source, chainId)
        lane?.relay.onEvent(event)
        for (const message of [...(lane?.pending.values() ?? [])]) onNews(message)
      }
    }
    for (const lane of lanes.values())
      if (lane.relay.source.chainId === chainId || lane.relay.destination === chainId) review(lane)
  }

  function readiness(message: BridgeMessage): Readiness {
    const lane = laneOf(message.srcChainId, message.dstChainId)
    if (lane === undefined) return { status: 'impossible', reason: 'unknown-chain' }
    const { relay, pending } = lane
    if (relay.isFrozen) return { status: 'impossible', reason: 'client-frozen' }
    if (isExpired(relay)) return { status: 'impossible', reason: 'client-expired' }
    const digest = messageDigest(message)
    const sentAt = relay.outbox.placeOfMessage(digest)
    if (sentAt === undefined) return { status: 'waiting', reason: 'not-yet-provable', untilMs: null }
    const provable = relay.provable()
    if (sentAt <= provable) {
      pending.delete(messageKey(message))
      const header = relay.outbox.headers[provable] as FollowedHeader
      const path = relay.outbox.path(digest, header)
      const proof = { kind: 'header-inclusion', header: header.hash, ...path } as const
      const headers = lane.spent.get(messageKey(message))
      const extras = headers === undefined ? {} : { headers }
      return { status: 'ready', proof, cost: deliveryCost(sender, message, proof, extras) }
    }
    pending.set(messageKey(message), message)
    review(lane)
    if (sentAt > relay.reachable()) return { status: 'waiting', reason: 'not-final', untilMs: null }
    const reason = verification.form === 'zk' ? 'proving' : 'header-on-its-way'
    return { status: 'waiting', reason, untilMs: null }
  }

  return {
    ...deafSource,
    readiness,
    onBlock,
    onOrphaned(block) {
      outboxes.get(block.header.chainId)?.remove(block)
      for (const { events } of block.receipts)
        for (const event of events) {
          if (event.kind === 'message-sent') forget(messageKey(event.message))
          if (event.kind !== 'headers-accepted' && event.kind !== 'client-frozen') continue
          if (event.bridge === bridge.address)
            laneOf(event.source, block.header.chainId)?.relay.onEventOrphaned(event)
        }
    },
    onDelivered: forget,
    onTimer(timer) {
      const lane = timers.take(timer)
      if (lane === undefined) return false
      lane.timer = null
      submit(lane)
      return true
    },
  }

  function forget(key: MessageKey): void {
    for (const { pending, spent } of lanes.values()) {
      pending.delete(key)
      spent.delete(key)
    }
  }
}
