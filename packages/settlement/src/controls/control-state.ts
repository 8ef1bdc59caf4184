// What the controls of a chain remember, behind its undo log.
import type { Address, ChainId } from '@solvent/primitives'
import type {
  AuthoritySpec,
  BreakerSpec,
  CollateralCheckSpec,
  Measure,
  NetworkControls,
  OutflowLimitSpec,
  VoteTally,
} from '@solvent/protocol'
import { UndoableCell, UndoableMap, type UndoLog } from '../ledger/undo-log.ts'
import { VotePower } from './authority/vote-power.ts'
import { BREAKER_AT_REST, type BreakerRules, type BreakerState } from './circuit-breaker.ts'
import type { Outflow } from './outflow-window.ts'

export interface Breaker {
  readonly spec: BreakerSpec
  readonly rules: BreakerRules
  readonly state: UndoableCell<BreakerState>
}

export interface OutflowLimit {
  readonly spec: OutflowLimitSpec
  /** Oldest first. */
  readonly outflows: UndoableCell<readonly Outflow[]>
}

/** One measure from its proposal to its enactment. */
export interface Proposal {
  readonly measure: Measure
  readonly votes: readonly Address[]
  /** Votes are taken from then on, Unix seconds; the proposer's has been. */
  readonly votableAt: number
  /** When the last vote of the quorum came; null: not yet. Where holders vote it stays so: what counts is the tally at the end. */
  readonly carriedAt: number | null
  /** Of holders' votes; none where members vote. */
  readonly tally: VoteTally
  readonly isEnacted: boolean
}

export class Authority {
  readonly spec: AuthoritySpec
  readonly proposals: UndoableMap<number, Proposal>
  readonly count: UndoableCell<number>
  /** When terms were last set, by pool and token: Unix seconds. */
  readonly setAt: UndoableMap<string, number>
  /** Null where members vote. */
  readonly power: VotePower | null

  constructor(log: UndoLog, spec: AuthoritySpec) {
    this.spec = spec
    this.proposals = new UndoableMap(log)
    this.count = new UndoableCell(log, 0)
    this.setAt = new UndoableMap(log)
    this.power = spec.tokenVote === undefined ? null : new VotePower(log, spec.tokenVote.token)
  }
}

/** Tokens that do not move, and accounts to and from which one does not. */
export class Restrictions {
  readonly #held: UndoableMap<string, true>
  readonly #count: UndoableCell<number>

  constructor(log: UndoLog) {
    this.#held = new UndoableMap(log)
    this.#count = new UndoableCell(log, 0)
  }

  get isEmpty(): boolean {
    return this.#count.get() === 0
  }

  /** @param account left out: the whole token */
  has(token: Address, account = ''): boolean {
    return this.#held.get(`${token}/${account}`) === true
  }

  set(restricted: boolean, token: Address, account = ''): void {
    if (this.has(token, account) === restricted) return
    const key = `${token}/${account}`
    if (restricted) this.#held.set(key, true)
    else this.#held.delete(key)
    this.#count.set(this.#count.get() + (restricted ? 1 : -1))
  }
}

export class ControlState {
  readonly authorities: ReadonlyMap<Address, Authority>
  readonly restrictions: Restrictions
  readonly breakers: readonly Breaker[]
  readonly outflowLimits: readonly OutflowLimit[]
  readonly collateralChecks: readonly CollateralCheckSpec[]

  constructor(
    log: UndoLog,
    { breakers, outflowLimits, authorities, collateralChecks }: NetworkControls,
    chainId: ChainId,
  ) {
    this.collateralChecks = collateralChecks.filter((spec) => spec.chainId === chainId)
    this.restrictions = new Restrictions(log)
    this.authorities = new Map(
      authorities
        .filter((spec) => spec.chainId === chainId)
        .map((spec) => [spec.address, new Authority(log, spec)]),
    )
    this.breakers = breakers
      .filter((spec) => spec.chainId === chainId)
      .map((spec) => ({ spec, rules: spec, state: new UndoableCell(log, BREAKER_AT_REST) }))
    this.outflowLimits = outflowLimits
      .filter((spec) => spec.chainId === chainId)
      .map((spec) => ({ spec, outflows: new UndoableCell<readonly Outflow[]>(log, []) }))
  }

  /** Nothing here ever has to be looked at. */
  get isEmpty(): boolean {
    const { breakers, outflowLimits, authorities, collateralChecks } = this
    return breakers.length + outflowLimits.length + authorities.size + collateralChecks.length === 0
  }

  limitsOf(guarded: Address): readonly OutflowLimit[] {
    return this.outflowLimits.filter(({ spec }) => spec.guarded === guarded)
  }
}
