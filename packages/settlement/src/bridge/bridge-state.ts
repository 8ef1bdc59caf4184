// What one bridge's contract on one chain remembers. The lock itself is a ledger balance (BRIDGE_LOCK), a pool's cash too
// (POOL).
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import { type BridgeSpec, poolShareToken } from '@solvent/protocol'
import { UndoableCell, UndoableMap, type UndoLog } from '../ledger/undo-log.ts'
import { FlawSet } from '../upgrade/flaw-set.ts'
import { Deliveries } from './deliveries.ts'
import { type Freeze, NOT_FROZEN } from './freeze.ts'
import type { HashLock } from './hash-lock/lock-state.ts'
import { HeaderClient } from './headers/header-client.ts'
import type { Buckets } from './limiter/departure-limit.ts'
import { LimiterState } from './limiter/limiter-state.ts'
import { PoolState } from './pool/pool-state.ts'
import type { LossShare } from './recovery/redemption.ts'
import { BundleState } from './verification/optimistic/bundle-state.ts'
import { VerifierSets } from './verification/verifier-sets.ts'

export class BridgeState {
  readonly spec: BridgeSpec
  /** Null where nobody signs. */
  readonly sets: VerifierSets | null
  readonly flaws: FlawSet
  /** Null where the bridge has none. */
  readonly limiter: LimiterState | null
  /** Of the lanes on which departures are limited, by their limits. */
  readonly departures: Buckets
  /** What redemptions of a home token pay while a loss is shared. */
  readonly shares: UndoableMap<Address, LossShare | null>
  readonly freeze: UndoableCell<Freeze>
  /** Digest under which each message key was delivered. */
  readonly delivered: Deliveries
  /** Of an optimistic bridge; empty for others. */
  readonly bundles: BundleState
  /** Hash locks by id; none where the custody is another. */
  readonly locks: UndoableMap<Hash32, HashLock>
  /** By token; none where the custody is no pool. */
  readonly pools: ReadonlyMap<Address, PoolState>
  /** What this chain knows of the headers of others, by chain; made when the first header comes. */
  readonly clients: UndoableMap<ChainId, HeaderClient>
  readonly #log: UndoLog
  readonly #sequences: UndoableMap<Address, number>

  constructor(log: UndoLog, spec: BridgeSpec, chainId: ChainId) {
    this.#log = log
    this.spec = spec
    const { verification } = spec
    this.sets = verification.kind === 'quorum' ? new VerifierSets(log, verification) : null
    this.flaws = new FlawSet(log, spec.flaws)
    this.limiter = spec.limiter === undefined ? null : new LimiterState(log, spec.limiter, chainId)
    this.departures = new UndoableMap(log)
    this.shares = new UndoableMap(log)
    this.freeze = new UndoableCell(log, NOT_FROZEN)
    this.delivered = new Deliveries(log)
    this.bundles = new BundleState(log)
    this.locks = new UndoableMap(log)
    this.pools = poolsOf(log, spec, chainId)
    this.clients = new UndoableMap(log)
    this.#sequences = new UndoableMap(log)
  }

  /** The client of another chain's headers. */
  clientOf(source: ChainId): HeaderClient {
    const known = this.clients.get(source)
    if (known !== undefined) return known
    const client = new HeaderClient(this.#log)
    this.clients.set(source, client)
    return client
  }

  /** The emitter's next sequence number, counted up. */
  takeSequence(emitter: Address): number {
    const sequence = this.#sequences.get(emitter) ?? 0
    this.#sequences.set(emitter, sequence + 1)
    return sequence
  }
}

/** A token's address is of one chain, so the pools of other chains' tokens stay untouched here. */
function poolsOf(
  log: UndoLog,
  { address, custody, routes }: BridgeSpec,
  chainId: ChainId,
): ReadonlyMap<Address, PoolState> {
  if (custody.kind !== 'pool') return new Map()
  const tokens = routes.flatMap(({ home, wrapped }) => [home, ...wrapped].map(({ token }) => token))
  return new Map(tokens.map((token) => [token, new PoolState(log, poolShareToken(address, chainId, token))]))
}
