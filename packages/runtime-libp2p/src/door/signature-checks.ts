// Signatures at the door: what was verified once is not verified again; the stand-in scheme is checked at once.
// Of secp256k1 (about 1.5 ms a check) a few at a time run on the main thread, each in a turn of its own, which is
// cheaper than a hop to a worker; a flood goes to a worker pool with a bounded queue that drops the newest.
import type { SignatureVerifier } from '@solvent/protocol'
import { DigestCache } from './digest-cache.ts'
import type { SignatureClaim } from './message-door.ts'

/** `overloaded`: not checked, nobody is to blame. */
export type SignatureOutcome = 'valid' | 'invalid' | 'overloaded'

export interface SignatureChecksOptions {
  readonly verifier: SignatureVerifier
  /** Worker threads for floods of secp256k1; 0 checks all on the main thread. */
  readonly threads: number
  readonly queue: number
  readonly remembered: number
  readonly ttlMs: number
}

interface Pool {
  run(claims: readonly SignatureClaim[]): Promise<boolean>
  destroy(): Promise<void>
}

/** Checks waiting for the main thread, some 50 ms of work; beyond, they go to the pool. */
const MOST_ON_MAIN_THREAD = 32

/** One node's signature checks; the pool starts with the first flood. */
export class SignatureChecks {
  readonly #options: SignatureChecksOptions
  readonly #verified: DigestCache<true>
  #pool: Promise<Pool> | null = null
  #onMainThread = 0
  /** The last check of the main thread's queue. */
  #turn: Promise<unknown> = Promise.resolve()
  #underWay = 0
  #closed = false
  /** Checks that were computed, not answered from memory. */
  computed = 0

  constructor(options: SignatureChecksOptions) {
    this.#options = options
    this.#verified = new DigestCache(options.remembered, options.ttlMs)
  }

  /** Checks all claims of one message. Never rejects. */
  async check(claims: readonly SignatureClaim[]): Promise<SignatureOutcome> {
    const nowMs = Date.now()
    const open = claims.filter((claim) => this.#verified.get(keyOf(claim), nowMs) === undefined)
    if (open.length === 0) return 'valid'
    const outcome = await this.#compute(open)
    if (outcome === 'valid') for (const claim of open) this.#verified.set(keyOf(claim), true, nowMs)
    return outcome
  }

  async close(): Promise<void> {
    this.#closed = true
    const pool = await this.#pool?.catch(() => null)
    await pool?.destroy()
  }

  async #compute(claims: readonly SignatureClaim[]): Promise<SignatureOutcome> {
    const { verifier, threads, queue } = this.#options
    if (this.#closed) return 'overloaded'
    if (verifier.scheme === 'stand-in') return this.#verify(claims)
    if (this.#underWay >= queue) return 'overloaded'
    this.#underWay++
    try {
      const isFlood = threads > 0 && this.#onMainThread >= MOST_ON_MAIN_THREAD
      return isFlood ? await this.#verifyInPool(claims) : await this.#verifyInTurn(claims)
    } finally {
      this.#underWay--
    }
  }

  #verify(claims: readonly SignatureClaim[]): SignatureOutcome {
    this.computed += claims.length
    return claims.every((c) => this.#options.verifier.verify(c.digest, c.signature, c.signer))
      ? 'valid'
      : 'invalid'
  }

  async #verifyInTurn(claims: readonly SignatureClaim[]): Promise<SignatureOutcome> {
    this.#onMainThread++
    try {
      // One check a turn of the event loop: input and timers get theirs in between.
      const before = this.#turn
      this.#turn = before.then(() => new Promise((resolve) => setImmediate(resolve)))
      await this.#turn
      return this.#closed ? 'overloaded' : this.#verify(claims)
    } finally {
      this.#onMainThread--
    }
  }

  async #verifyInPool(claims: readonly SignatureClaim[]): Promise<SignatureOutcome> {
    try {
      this.#pool ??= createPool(this.#options.threads)
      const pool = await this.#pool
      this.computed += claims.length
      return (await pool.run(claims)) ? 'valid' : 'invalid'
    } catch {
      // A worker that died says nothing about the sender.
      return 'overloaded'
    }
  }
}

/** Loaded when needed: a node that never checks secp256k1 pays for no pool. */
async function createPool(threads: number): Promise<Pool> {
  const { Piscina } = await import('piscina')
  return new Piscina<readonly SignatureClaim[], boolean>({
    filename: new URL('./signature-worker.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: threads,
    concurrentTasksPerWorker: 16,
  })
}

function keyOf(claim: SignatureClaim): string {
  return `${claim.digest}${claim.signature}${claim.signer}`
}
