// How a node learns what happened on chains: it hears signed headers, fetches the bodies from the producers, checks
// them, and hands blocks on in the order of each chain. Headers may be lost, repeated or out of order; a chain that
// has been silent for long is asked (silence-watch.ts). A restarted node reads its chains again from genesis.
import type { Inbound, Ports, TimerId, Verdict } from '@solvent/ports'
import type { ChainId, NodeId } from '@solvent/primitives'
import {
  type Block,
  type BlockRange,
  type BlockRequest,
  type ControlMessage,
  type ControlReply,
  checkBlockBody,
  headerDigest,
  type NetworkSpec,
  type SignedHeader,
  type SolventVocabulary,
} from '@solvent/protocol'
import { type ChainView, createChainView } from '@solvent/settlement'
import { type BackOff, backOffMs } from './back-off.ts'
import { ChainCursor } from './chain-cursor.ts'
import { implausible } from './header-plausibility.ts'
import { createRequestTable } from './request-table.ts'
import { createSilenceWatch } from './silence-watch.ts'
import { createTimerTable } from './timer-table.ts'

export type BlockFollowerPorts = Pick<
  Ports<SolventVocabulary>,
  'clock' | 'timers' | 'transport' | 'rng' | 'log' | 'meter'
>

export interface BlockFollowerInit {
  readonly spec: NetworkSpec
  /** The chains to follow; finality of a rollup is known only when its L1 is among them. */
  readonly chains: readonly ChainId[]
  /** Every block of a followed chain, parents first; chains interleave as they arrive. */
  readonly onBlock: (block: Block) => void
  /** A block that is no longer followed, children first, before the blocks of the better branch. */
  readonly onOrphaned?: (block: Block) => void
  /** Safe, finalised or exitable of this chain has moved; after `onBlock` of the block that moved it. */
  readonly onFinality?: (chainId: ChainId) => void
  /** Times in ms of the node's clock; generous, because an accelerated clock runs while the machine works. */
  readonly requestTimeoutMs?: number
  /** A chain that was silent this long is asked for blocks that nobody announced to us. */
  readonly silenceMs?: number
}

export type Overruling = Extract<ControlMessage, { kind: 'overrule-finality' }>

export interface BlockFollower {
  readonly view: ChainView
  /** Subscribes to headers and asks for what there is already. */
  start(): void
  /** A producer without its blocks asks these nodes for them too; before `start`. False when it can ask nobody. */
  recover(chainId: ChainId, archives: readonly NodeId[]): boolean
  /** A block that this node produced itself. */
  offer(block: Block): void
  /** An operator's word that what is final of a chain above a slot counts no more; `done` also where the chain is not followed. */
  overrule(control: Overruling): ControlReply
  /** True when every announced block of the chain is here. */
  isCaughtUp(chainId: ChainId): boolean
  /** The verdict on headers; `accept` for its own replies and failures; undefined for what is not its own. */
  onMessage(inbound: Inbound<SolventVocabulary>): Verdict | undefined
  /** False when the timer is not its own. */
  onTimer(timer: TimerId): boolean
}

const RETRY: BackOff = { firstMs: 2_000, capMs: 60_000 }
const REQUEST_TIMEOUT_MS = 60_000
const SILENCE_MS = 60_000

/** Makes a follower of `init.chains`. */
export function createBlockFollower(init: BlockFollowerInit, ports: BlockFollowerPorts): BlockFollower {
  const { spec, requestTimeoutMs = REQUEST_TIMEOUT_MS, silenceMs = SILENCE_MS } = init
  const view = createChainView({ spec })
  const timers = createTimerTable<ChainCursor>(ports.timers)
  const requests = createRequestTable<ChainCursor>(ports.transport)
  const jitter = ports.rng.stream(`block-follower/${ports.transport.self}`)
  const silence = createSilenceWatch({ spec, silenceMs, jitter, ask: fetch }, ports)
  const cursors = new Map<ChainId, ChainCursor>()
  for (const chain of spec.chains) {
    if (init.chains.includes(chain.chainId))
      cursors.set(chain.chainId, new ChainCursor(chain, ports.transport.self))
  }

  /** The highest block that is here, on the followed branch or beside it. */
  function newestNumber(cursor: ChainCursor): number {
    return view.newest(cursor.chain.chainId)
  }

  function onHeader(signed: SignedHeader): Verdict {
    const { header } = signed
    const chain = spec.chains.find((each) => each.chainId === header.chainId)
    if (chain === undefined) return { reject: 'unknown-chain' }
    const fault = implausible(spec, chain, header)
    if (fault !== null) return { reject: fault }
    const cursor = cursors.get(header.chainId)
    if (cursor === undefined) return 'accept'
    const hash = headerDigest(header)
    if (cursor.announce(signed, hash, newestNumber(cursor)) === 'known') return 'ignore'
    silence.heard(cursor)
    if (header.transactionCount === 0) apply({ ...signed, hash, transactions: [], receipts: [] })
    fetch(cursor)
    return 'accept'
  }

  /** Asks for what is missing, unless a request or a wait is under way. */
  function fetch(cursor: ChainCursor): void {
    if (cursor.request !== null || cursor.retry !== null) return
    const missing = view.missing(cursor.chain.chainId)
    const wanted = cursor.nextRequest(newestNumber(cursor), missing)
    if (wanted === null) return
    cursor.expect(missing)
    ask(cursor, wanted)
  }

  function ask(cursor: ChainCursor, wanted: BlockRequest): void {
    const peer = cursor.peer()
    if (peer === null) return
    cursor.asked = wanted
    cursor.request = requests.ask(peer, { type: 'block-request', body: wanted }, requestTimeoutMs, cursor)
  }

  function onRange(cursor: ChainCursor, asked: BlockRequest, range: BlockRange): void {
    const outcome = cursor.takeRange(asked, range)
    if ('malformed' in outcome) return fail(cursor, outcome.malformed)
    for (const block of outcome.blocks) {
      if (!checkBlockBody(block)) return fail(cursor, "a body that is not its header's")
      const result = apply(block)
      if (result === 'invalid') return fail(cursor, 'a block that breaks the rules of its chain')
      if (result !== 'orphan') continue
      const { number, chainId } = block.header
      if (cursor.lookBack(number, view.finalized(chainId))) return fetch(cursor)
      cursor.isOffBranch = true
    }
    if (outcome.next !== null) return ask(cursor, outcome.next)
    cursor.endRange()
    const missing = view.missing(cursor.chain.chainId)
    if (missing !== null && missing.tip === cursor.expectedTip)
      return fail(cursor, 'what the L1 orders is missing')
    if (newestNumber(cursor) < cursor.expected) {
      if (!cursor.isOffBranch) return fail(cursor, 'an announced block is missing')
      cursor.giveUp(newestNumber(cursor))
    }
    cursor.failures = 0
    // What was announced while the reply was on its way: no fault of the peer's, and nothing to wait for.
    fetch(cursor)
  }

  function fail(cursor: ChainCursor, reason: string): void {
    cursor.failures++
    ports.meter.count('block-request-failures')
    ports.log.text('debug', `Blocks of chain ${cursor.chain.chainId} did not come: ${reason}.`)
    if (cursor.retry === null) cursor.retry = timers.set(backOffMs(RETRY, cursor.failures, jitter), cursor)
  }

  function apply(block: Block): 'applied' | 'known' | 'orphan' | 'invalid' {
    const result = view.applyBlock(block)
    const cursor = cursors.get(block.header.chainId)
    if (result.applied.length > 0 && cursor !== undefined) {
      cursor.stepBack = 1
      silence.found(cursor)
    }
    for (const each of result.orphaned) init.onOrphaned?.(each)
    for (const each of result.applied) {
      cursors.get(each.header.chainId)?.note(each.header.number, each.hash)
      init.onBlock(each)
    }
    for (const chainId of result.finalityMoved) init.onFinality?.(chainId)
    if (result.applied.length > 0) fetchOrdered(block.header.chainId)
    return result.status
  }

  /** An L1 block may order blocks of its rollups that nobody announced to us: producers that are cut off make such. */
  function fetchOrdered(l1: ChainId): void {
    for (const cursor of cursors.values()) {
      const { chainId, consensus } = cursor.chain
      if (consensus.kind !== 'l1' && consensus.l1 === l1 && view.missing(chainId) !== null) fetch(cursor)
    }
  }

  return {
    view,
    start() {
      ports.transport.subscribe('headers')
      for (const cursor of cursors.values()) {
        if (cursor.peer() !== null) silence.begin(cursor)
      }
    },
    recover(chainId, archives) {
      const cursor = cursors.get(chainId)
      cursor?.askAlso(archives.filter((node) => node !== ports.transport.self))
      return cursor !== undefined && cursor.peer() !== null
    },
    offer: (block) => void apply(block),
    overrule({ chainId, slot }) {
      if (!cursors.has(chainId)) return { kind: 'done' }
      if (!view.overrule(chainId, slot)) return { kind: 'refused', reason: 'forgotten' }
      ports.log.text(
        'warn',
        `Finality of chain ${chainId} above slot ${slot} counts no more: people decided.`,
      )
      for (const { chainId: each, consensus } of spec.chains)
        if (each === chainId || (consensus.kind !== 'l1' && consensus.l1 === chainId)) init.onFinality?.(each)
      return { kind: 'done' }
    },
    isCaughtUp(chainId) {
      const cursor = cursors.get(chainId)
      return cursor !== undefined && !cursor.isBehind(newestNumber(cursor)) && cursor.probeTo === null
    },
    onMessage(inbound) {
      if (inbound.via === 'gossip')
        return inbound.message.type === 'header' ? onHeader(inbound.message.body) : undefined
      if (inbound.via !== 'reply' && inbound.via !== 'failure') return undefined
      const cursor = requests.take(inbound.request)
      if (cursor === undefined) return undefined
      const { asked } = cursor
      cursor.request = null
      cursor.asked = null
      if (inbound.via === 'failure') fail(cursor, inbound.reason)
      else if (asked === null || inbound.message.type !== 'blocks') fail(cursor, 'an unexpected reply')
      else onRange(cursor, asked, inbound.message.body)
      return 'accept'
    },
    onTimer(timer) {
      const cursor = timers.take(timer)
      if (cursor === undefined) return silence.onTimer(timer)
      cursor.retry = null
      fetch(cursor)
      return true
    },
  }
}
