// How far an actor is with its steps: which are due, what they wait for, what became of them. Everything is read from
// blocks, so that a restarted actor goes on where it was.
import type { ChainId, Hash32 } from '@solvent/primitives'
import { type Block, type Call, messageDigest, type Receipt } from '@solvent/protocol'
import type { Inclusion } from '../parts/pending-transaction.ts'
import type { ActorSights } from './actor-sights.ts'
import type { ActorStep, StepWait } from './actor-step.ts'
import type { BrokenAccounts } from './broken-accounts.ts'
import type { BrokenKeys } from './broken-keys.ts'
import { stolenKeysProof } from './stolen-keys.ts'

/** `ref` is what its transaction is for: its label, until that has been refused and is tried once more. */
type TimedStep = ActorStep & { readonly atMs: number; readonly ref: string }

interface Done {
  readonly chainId: ChainId
  readonly number: number
  readonly blockHash: Hash32
  readonly receipt: Receipt
}

/** What its steps are made from and wait for. */
export interface ScriptSources {
  readonly sights: ActorSights
  readonly broken: BrokenKeys
  readonly accounts: Pick<BrokenAccounts, 'canSignFor'>
}

export class ActorScript {
  readonly #sights: ActorSights
  readonly #broken: BrokenKeys
  readonly #accounts: Pick<BrokenAccounts, 'canSignFor'>
  readonly #open = new Map<string, TimedStep>()
  /** Steps that are played when they are called, and how often each was. */
  readonly #onCall = new Map<string, { readonly step: ActorStep; calls: number }>()
  readonly #done = new Map<string, Done>()
  /** Calls for an inbox, until a block takes one for good, by what their newest transaction is for. */
  readonly #forcing = new Map<string, TimedStep>()
  /** When the waits of a step were first seen to hold, ms after genesis. */
  readonly #readyMs = new Map<string, number>()

  constructor(steps: readonly ActorStep[], { sights, broken, accounts }: ScriptSources) {
    this.#sights = sights
    this.#broken = broken
    this.#accounts = accounts
    for (const step of steps) {
      const { label, atMs } = step
      if (atMs === null) this.#onCall.set(label, { step, calls: 0 })
      else this.#open.set(label, { ...step, atMs, ref: label })
    }
  }

  /** A step is called for at a moment (ms after genesis): the first time under its own label, then as `label/2`, …; false when no such step waits for it. */
  call(label: string, nowMs: number): boolean {
    const called = this.#onCall.get(label)
    if (called === undefined) return false
    called.calls += 1
    const turn = called.calls === 1 ? label : `${label}/${called.calls}`
    this.#open.set(turn, { ...called.step, label: turn, atMs: nowMs, ref: turn })
    return true
  }

  /** Steps that have not been sent. */
  get waiting(): number {
    return this.#open.size
  }

  get reverted(): number {
    return [...this.#done.values()].filter(({ receipt }) => receipt.status === 'reverted').length
  }

  get included(): number {
    return this.#done.size
  }

  onIncluded({ ref, block, receipt }: Inclusion): void {
    const { chainId, number } = block.header
    const forcing = this.#forcing.get(ref)
    // Slots were missed that no block had told of.
    if (forcing !== undefined && receipt.reason === 'too-early') return this.#again(forcing)
    this.#done.set(forcing?.label ?? ref, { chainId, number, blockHash: block.hash, receipt })
  }

  #again(step: TimedStep): void {
    const ref = `${step.ref}~`
    this.#forcing.delete(step.ref)
    this.#open.set(step.label, { ...step, ref })
  }

  onOrphaned({ hash }: Block): void {
    for (const [label, done] of this.#done) if (done.blockHash === hash) this.#done.delete(label)
  }

  /** Takes the steps that are due at a moment (ms after genesis) and can be sent, with the call that each makes. */
  takeDue(nowMs: number): { readonly step: ActorStep; readonly call: Call; readonly ref: string }[] {
    const due: { step: ActorStep; call: Call; ref: string }[] = []
    for (const step of this.#open.values()) {
      const call = this.#dueMs(step, nowMs) <= nowMs ? this.#callOf(step, nowMs) : undefined
      if (call === undefined) continue
      due.push({ step, call, ref: step.ref })
      this.#open.delete(step.label)
      if (step.action.kind === 'force-inclusion') this.#forcing.set(step.ref, step)
    }
    return due
  }

  /** When the next step may become due for no other reason than time; null when nothing waits for time alone. */
  nextMs(nowMs: number): number | null {
    let next: number | null = null
    for (const step of this.#open.values()) {
      const dueMs = this.#readyAtMs(step, nowMs)
      if (dueMs > nowMs && Number.isFinite(dueMs) && (next === null || dueMs < next)) next = dueMs
    }
    return next
  }

  /** When it can be sent, as far as only time has to pass: an inbox may be forced after its delay, whether or not blocks come meanwhile. */
  #readyAtMs(step: TimedStep, nowMs: number): number {
    const dueMs = this.#dueMs(step, nowMs)
    if (step.action.kind !== 'force-inclusion' || dueMs > nowMs) return dueMs
    return this.#sights.nextForcibleMs(step.action.rollup) ?? dueMs
  }

  #dueMs(step: TimedStep, nowMs: number): number {
    if (nowMs < step.atMs) return step.atMs
    let readyMs = this.#readyMs.get(step.label)
    if (readyMs === undefined) {
      if (!step.waits.every((wait) => this.#holds(wait))) return Number.POSITIVE_INFINITY
      readyMs = nowMs
      this.#readyMs.set(step.label, readyMs)
    }
    return Math.max(step.atMs, readyMs + step.delayMs)
  }

  #holds(wait: StepWait): boolean {
    switch (wait.kind) {
      case 'step': {
        const done = this.#done.get(wait.label)
        return done !== undefined && this.#sights.isFirm(done.chainId, done.number, wait.level)
      }
      case 'delivered': {
        const digest = this.#messageOf(wait.label)
        return digest !== undefined && this.#sights.deliveryOf(digest) !== undefined
      }
      case 'price':
        return this.#sights.hasBeen(wait.market, wait.side, wait.priceX96)
      case 'event':
        return this.#sights.eventCount(wait.chainId, wait.event, wait.level) >= wait.count
    }
  }

  /** Undefined while what the call is made from is not there. */
  #callOf({ chainId, action }: ActorStep, nowMs: number): Call | undefined {
    switch (action.kind) {
      case 'call':
        return action.call
      case 'deliver-stolen': {
        const stolen = this.#sights.newestDelivery(chainId, action.bridge)
        return stolen === undefined ? undefined : { ...stolen, message: action.message }
      }
      case 'deliver-broken': {
        const { message, keys } = action
        const forgeable = this.#broken.forgeable(message, nowMs)
        return forgeable === undefined
          ? undefined
          : { kind: 'deliver', message, proof: stolenKeysProof(message, { ...keys, ...forgeable }) }
      }
      case 'drain':
        return this.#accounts.canSignFor(action.victim.address, chainId) ? action.call : undefined
      case 'rotate-key':
        return { kind: 'rotate-key', key: action.key.address }
      case 'claim-proven': {
        const orderId = this.#sights.provenFor(chainId, action.payee)
        return orderId === undefined ? undefined : { kind: 'claim', orderId }
      }
      case 'deliver-false-fill': {
        const message = this.#sights.lie(action.fill)
        if (message === undefined) return undefined
        return { kind: 'deliver', message, proof: stolenKeysProof(message, action.keys) }
      }
      case 'force-inclusion': {
        const { rollup } = action
        const read = this.#sights.forcible(rollup, nowMs)
        return read === null ? undefined : { kind: 'force-inclusion', rollup, read }
      }
      case 'deliver-again': {
        const digest = this.#messageOf(action.label)
        return digest === undefined ? undefined : this.#sights.deliveryOf(digest)
      }
    }
  }

  /** The digest of the bridge message that a step's transaction sent. */
  #messageOf(label: string): Hash32 | undefined {
    const sent = this.#done.get(label)?.receipt.events.find((event) => event.kind === 'message-sent')
    return sent === undefined ? undefined : messageDigest(sent.message)
  }
}
