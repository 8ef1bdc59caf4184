// The governor of one verifier: before it signs a transfer it counts what has left its source chain, for all destinations
// together. What is too large by itself waits, and so does what does not fit; its operator may let go or drop what waits.
// Source: Wormhole's Governor (whitepaper 0007, node/pkg/governor/governor.go). What it decides is in the node's store.
import type { Ports } from '@solvent/ports'
import {
  type ChainId,
  decodeCanonical,
  encodeCanonical,
  type Hash32,
  MS_PER_SECOND,
  secondsToMs,
} from '@solvent/primitives'
import {
  type Block,
  type BridgeMessage,
  type BridgeSpec,
  type ChainLimit,
  type GovernorVerdict,
  messageDigest,
  type NetworkSpec,
  type SolventVocabulary,
  type TransferGovernor,
  type TransferVote,
  valueE8,
} from '@solvent/protocol'
import type { SettlementRules } from '@solvent/settlement'
import { GovernorPrices } from './governor-prices.ts'

export interface Governor {
  /** A followed block, before what it sent is asked about; and one that is followed no more. */
  onBlock(block: Block): void
  onOrphaned(block: Block): void
  /** Whether it may be signed now; what may not waits, and is to be asked about again. */
  admits(message: BridgeMessage): boolean
  /** What waits, the oldest first. */
  held(): readonly BridgeMessage[]
  /** The block that sent it is no longer followed: it does not wait. */
  forget(message: BridgeMessage): void
  /** The operator decides about everything that waits now; what may be signed by that. */
  vote(vote: TransferVote): readonly BridgeMessage[]
  /** After a restart. */
  restore(): void
}

/** What was decided about a transfer, and when (Unix ms). */
interface Decision {
  readonly message: BridgeMessage
  readonly verdict: GovernorVerdict
  readonly atMs: number
  /** What it was worth then; null: its token is not tracked. */
  readonly valueE8: bigint | null
}

/** Value that has moved: up where it leaves, down where a corridor lets it make room. */
interface Flow {
  readonly atMs: number
  readonly valueE8: bigint
}

interface Worth {
  readonly limit: ChainLimit
  readonly valueE8: bigint
}

const SLOT = 'governor/'
const MAX_REMEMBERED = 10_000

export type GovernorPorts = Pick<Ports<SolventVocabulary>, 'clock' | 'store' | 'log' | 'meter'>

/** Nothing has to wait where a bridge has no governor. */
const noGovernor: Governor = {
  onBlock() {},
  onOrphaned() {},
  admits: () => true,
  held: () => [],
  forget() {},
  vote: () => [],
  restore() {},
}

/** The governor of a verifier of the bridge. */
export function createGovernor(
  spec: NetworkSpec,
  { governor, routes }: BridgeSpec,
  rules: Pick<SettlementRules, 'inWindow' | 'governorPriceE8'>,
  ports: GovernorPorts,
): Governor {
  if (governor === undefined) return noGovernor
  const { windowSeconds, delaySeconds, chains, flowCancel } = governor
  const prices = new GovernorPrices(governor.tokens, Math.floor(spec.genesisMs / MS_PER_SECOND), rules)
  const flows = new Map<ChainId, Flow[]>()
  const decided = new Map<Hash32, Decision>()

  /** What counts of a message; null: it is not governed. */
  function worthOf(message: BridgeMessage): Worth | null {
    const limit = chains.find(({ chainId }) => chainId === message.srcChainId)
    const worth = worthE8(message)
    return limit === undefined || worth === null ? null : { limit, valueE8: worth }
  }

  function worthE8({ dstChainId, payload }: BridgeMessage): bigint | null {
    if (payload.kind !== 'transfer') return null
    const { token, amount } = payload
    const tracked = trackedIn(governor!, dstChainId, token)
    const decimals = spec.tokens.find(
      (each) => each.chainId === dstChainId && each.address === token,
    )?.decimals
    if (tracked === undefined || decimals === undefined) return null
    return valueE8(amount, decimals, prices.priceE8(tracked, nowSeconds()))
  }

  function nowSeconds(): number {
    return Math.floor(ports.clock.nowMs() / MS_PER_SECOND)
  }

  function priceE8({ dstChainId, payload }: BridgeMessage): bigint {
    const tracked = payload.kind === 'transfer' ? trackedIn(governor!, dstChainId, payload.token) : undefined
    return tracked === undefined ? 0n : prices.priceE8(tracked, nowSeconds())
  }

  function usedE8(chainId: ChainId, nowMs: number): bigint {
    const young = (flows.get(chainId) ?? []).filter(({ atMs }) =>
      rules.inWindow(Math.floor(atMs / MS_PER_SECOND), Math.floor(nowMs / MS_PER_SECOND), windowSeconds),
    )
    flows.set(chainId, young)
    const sum = young.reduce((total, flow) => total + flow.valueE8, 0n)
    return sum > 0n ? sum : 0n
  }

  function count({ message, atMs, valueE8: worth }: Decision): void {
    const { srcChainId, dstChainId, payload } = message
    if (worth === null || payload.kind !== 'transfer') return
    add(flows, srcChainId, { atMs, valueE8: worth })
    const symbol = routes.find(({ home, wrapped }) =>
      [home, ...wrapped].some((end) => end.chainId === dstChainId && end.token === payload.token),
    )?.symbol
    const makesRoom = flowCancel.some(
      (corridor) => corridor.symbol === symbol && corridor.from === srcChainId && corridor.to === dstChainId,
    )
    const there = chains.find(({ chainId }) => chainId === dstChainId)
    if (makesRoom && there !== undefined && worth < there.singleE8)
      add(flows, dstChainId, { atMs, valueE8: -worth })
  }

  function decide(message: BridgeMessage, verdict: GovernorVerdict): void {
    const digest = messageDigest(message)
    const decision = { message, verdict, atMs: ports.clock.nowMs(), valueE8: worthE8(message) }
    decided.set(digest, decision)
    if (verdict === 'passed') count(decision)
    ports.store.put(SLOT + digest, encodeCanonical(decision))
    ports.log.event({ kind: 'transfer-governed', message, digest, priceE8: priceE8(message), verdict })
    ports.meter.count(`transfers-${verdict}`)
    if (decided.size > MAX_REMEMBERED) forgetOldest()
  }

  function held(): BridgeMessage[] {
    return [...decided.values()].flatMap(({ verdict, message }) => (verdict === 'held' ? [message] : []))
  }

  /** Of what was signed the outbox knows. */
  function forgetOldest(): void {
    for (const [digest, { verdict }] of decided) {
      if (verdict === 'held' || verdict === 'dropped') continue
      decided.delete(digest)
      ports.store.delete(SLOT + digest)
      return
    }
  }

  return {
    onBlock: (block) => prices.onBlock(block),
    onOrphaned: (block) => prices.onOrphaned(block),
    admits(message) {
      const before = decided.get(messageDigest(message))
      if (before !== undefined && before.verdict !== 'held') return before.verdict !== 'dropped'
      const nowMs = ports.clock.nowMs()
      if (before !== undefined && nowMs >= before.atMs + secondsToMs(delaySeconds)) {
        decide(message, 'waited')
        return true
      }
      const worth = worthOf(message)
      if (worth === null) return true
      const { limit, valueE8: value } = worth
      const fits = value < limit.singleE8 && usedE8(limit.chainId, nowMs) + value <= limit.windowE8
      if (fits) decide(message, 'passed')
      else if (before === undefined) decide(message, 'held')
      return fits
    },
    held,
    forget(message) {
      const digest = messageDigest(message)
      if (decided.get(digest)?.verdict !== 'held') return
      decided.delete(digest)
      ports.store.delete(SLOT + digest)
    },
    vote(vote) {
      const waiting = held()
      for (const message of waiting) decide(message, vote === 'release' ? 'voted' : 'dropped')
      return vote === 'release' ? waiting : []
    },
    restore() {
      const known = ports.store.keys(SLOT).map((key) => decodeCanonical(ports.store.get(key)!) as Decision)
      for (const decision of known.sort((a, b) => a.atMs - b.atMs)) {
        decided.set(messageDigest(decision.message), decision)
        if (decision.verdict === 'passed') count(decision)
      }
    },
  }
}

function trackedIn({ tokens }: TransferGovernor, chainId: ChainId, token: string) {
  return tokens.find((each) => each.chainId === chainId && each.token === token)
}

function add(flows: Map<ChainId, Flow[]>, chainId: ChainId, flow: Flow): void {
  const known = flows.get(chainId)
  if (known === undefined) flows.set(chainId, [flow])
  else known.push(flow)
}
