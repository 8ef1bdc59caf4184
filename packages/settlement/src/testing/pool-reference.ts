// The reference of one contract, as there is one of lending and one of auctions: one end of a pool bridge with its shares, fee, queue, a
// limiter at arrival, a bucket at departure, and verifier sets that rotate, implemented a second time, slowly and plainly. What pools
// and limits do is checked by it alone; ledger, orders, and bridges of verifiers and bundles are the plain model's
// (test/validation/reference-model.ts). It shares no code with the settlement core (types are its only imports) and has
// no undo: after a re-org the surviving blocks are folded again. Rules: ERC-4626 with virtual shares, UMIP-136 (fee),
// Wormhole Governor (whitepaper 0007), Chainlink CCIP RateLimiter.sol, Wormhole's guardian sets.
import type { BridgeMessage, BridgeSpec, Call, QuorumVerification } from '@solvent/protocol'

const WAD = 10n ** 18n
const DAY = 86_400
const LIMITED_PAYOUTS = 32

interface Set_ {
  readonly index: number
  readonly members: readonly string[]
  readonly threshold: number
  until: number | null
}

interface Payout {
  readonly recipient: string
  readonly amount: bigint
  readonly fee: bigint
}

interface World {
  /** Owner → base units of the pool's token, and of its share token. */
  tokens: Map<string, bigint>
  shares: Map<string, bigint>
  cash: bigint
  claims: bigint
  queue: Payout[]
  sets: Set_[]
  votes: Map<string, string[]>
  delivered: Map<string, string>
  /** Believed, and held back by the limiter: until when. */
  held: Map<string, { readonly message: BridgeMessage; readonly until: number }>
  flows: { readonly at: number; readonly value: bigint }[]
  bucket: { at: number; left: bigint } | null
}

/** A call in a block. */
export interface ModelCall {
  readonly from: string
  readonly call: Call
}

export interface ModelBlock {
  /** Chain time, Unix seconds. */
  readonly time: number
  readonly calls: readonly ModelCall[]
}

/** How messages are named; the model hashes nothing. */
export type Naming = (message: BridgeMessage) => string

export class PoolReference {
  readonly #spec: BridgeSpec
  readonly #chainId: number
  readonly #token: string
  readonly #holders: ReadonlyMap<string, bigint>
  readonly #nameOf: Naming
  readonly #blocks: ModelBlock[] = []
  #world: World

  constructor(
    spec: BridgeSpec,
    end: { readonly chainId: number; readonly token: string },
    holders: ReadonlyMap<string, bigint>,
    nameOf: Naming,
  ) {
    this.#spec = spec
    this.#chainId = end.chainId
    this.#token = end.token
    this.#holders = holders
    this.#nameOf = nameOf
    this.#world = this.#atGenesis()
  }

  /** Adds a block; why each of its calls is refused, or null. */
  append(block: ModelBlock): (string | null)[] {
    this.#blocks.push(block)
    return this.#run(block)
  }

  /** Forgets the newest block. */
  takeBack(): void {
    this.#blocks.pop()
    this.#world = this.#atGenesis()
    for (const block of this.#blocks) this.#run(block)
  }

  /** What everyone and the pool has, as text. */
  state(): string {
    const { tokens, shares, cash } = this.#world
    const list = (of: Map<string, bigint>) =>
      [...of]
        .filter(([, amount]) => amount !== 0n)
        .map(([owner, amount]) => `${owner}=${amount}`)
        .sort()
    return [`cash=${cash}`, ...list(tokens), 'shares', ...list(shares)].join('\n')
  }

  #atGenesis(): World {
    const { setIndex, verifiers, threshold } = this.#spec.verification as QuorumVerification
    const members = verifiers.map(({ address }) => address)
    return {
      tokens: new Map(this.#holders),
      shares: new Map(),
      cash: 0n,
      claims: 0n,
      queue: [],
      sets: [{ index: setIndex, members, threshold, until: null }],
      votes: new Map(),
      delivered: new Map(),
      held: new Map(),
      flows: [],
      bucket: null,
    }
  }

  #run({ time, calls }: ModelBlock): (string | null)[] {
    return calls.map(({ from, call }) => {
      const before = structuredClone(this.#world)
      const reason = this.#call(from, call, time)
      if (reason !== null) this.#world = before
      return reason
    })
  }

  #call(from: string, call: Call, now: number): string | null {
    switch (call.kind) {
      case 'pool-deposit':
        return this.#deposit(from, call.amount)
      case 'pool-withdraw':
        return this.#withdraw(from, call.shares)
      case 'pool-refill': {
        if (call.amount <= 0n) return 'zero-amount'
        if (!take(this.#world.tokens, from, call.amount)) return 'insufficient-balance'
        this.#world.cash += call.amount
        this.#payQueue()
        return null
      }
      case 'bridge-out':
        return this.#leave(from, call.amount, now)
      case 'deliver':
        return this.#deliver(call, now)
      case 'release-transfer':
        return this.#release(call.digest, now)
      case 'rotate-verifiers':
        return this.#rotate(from, call, now)
      default:
        throw new Error(`The model knows no ${call.kind}.`)
    }
  }

  #deposit(from: string, amount: bigint): string | null {
    const world = this.#world
    const value = world.cash + world.claims
    if (value < 0n) return 'pool-insolvent'
    const shares = (amount * (total(world.shares) + 1_000n)) / (value + 1n)
    if (amount <= 0n || shares === 0n) return 'zero-amount'
    if (!take(world.tokens, from, amount)) return 'insufficient-balance'
    world.cash += amount
    give(world.shares, from, shares)
    this.#payQueue()
    return null
  }

  #withdraw(from: string, shares: bigint): string | null {
    const world = this.#world
    if (shares <= 0n) return 'zero-amount'
    if ((world.shares.get(from) ?? 0n) < shares) return 'insufficient-balance'
    if (world.queue.length > 0) return 'payouts-waiting'
    const value = world.cash + world.claims
    const amount = value <= 0n ? 0n : (shares * (value + 1n)) / (total(world.shares) + 1_000n)
    if (amount === 0n) return value <= 0n ? 'pool-insolvent' : 'zero-amount'
    if (amount > world.cash) return 'pool-exhausted'
    take(world.shares, from, shares)
    world.cash -= amount
    give(world.tokens, from, amount)
    return null
  }

  #leave(from: string, amount: bigint, now: number): string | null {
    const world = this.#world
    const limit = this.#spec.departureLimits?.[0]
    if (limit !== undefined) {
      const { bucket } = world
      let left =
        bucket === null ? limit.capacity : bucket.left + limit.refillPerSecond * BigInt(now - bucket.at)
      if (left > limit.capacity) left = limit.capacity
      if (left < amount) return 'limited'
      world.bucket = { at: now, left: left - amount }
    }
    if (amount <= 0n) return 'zero-amount'
    if (!take(world.tokens, from, amount)) return 'insufficient-balance'
    world.cash += amount
    world.claims -= amount
    this.#payQueue()
    const value = this.#value(amount)
    if (value < this.#limit().singleE8) world.flows.push({ at: now, value: -value })
    return null
  }

  #deliver({ message, proof }: Extract<Call, { kind: 'deliver' }>, now: number): string | null {
    const { delivered } = this.#world
    if (message.dstChainId !== this.#chainId) return 'wrong-destination'
    const key = `${message.srcChainId}/${message.emitter}/${message.sequence}`
    const known = delivered.get(key)
    const named = this.#nameOf(message)
    if (known === named) return 'already-delivered'
    const refused = this.#unsigned(proof, now)
    if (known !== undefined) return refused === null ? null : 'conflicting-message'
    if (refused !== null) return refused
    delivered.set(key, named)
    const passes = this.#admit(message, now)
    if (passes) return this.#arrive(message)
    this.#world.held.set(named, { message, until: now + this.#limiter().delaySeconds })
    return null
  }

  #release(digest: string, now: number): string | null {
    const held = this.#world.held.get(digest)
    if (held === undefined) return 'not-queued'
    if (now < held.until && !this.#admit(held.message, now)) return 'limited'
    this.#world.held.delete(digest)
    return this.#arrive(held.message)
  }

  /** Whether the limiter lets it pass now; then it counts. */
  #admit({ payload }: BridgeMessage, now: number): boolean {
    if (payload.kind !== 'transfer') throw new Error('The model knows transfers only.')
    const { flows } = this.#world
    const value = this.#value(payload.amount)
    const { singleE8, windowE8 } = this.#limit()
    if (value >= singleE8) return false
    const young = flows.filter(({ at }) => now - at < this.#limiter().windowSeconds)
    const used = young.reduce((sum, flow) => sum + flow.value, 0n)
    if ((used > 0n ? used : 0n) + value > windowE8) return false
    flows.push({ at: now, value })
    return true
  }

  #arrive({ payload }: BridgeMessage): string | null {
    if (payload.kind !== 'transfer') throw new Error('The model knows transfers only.')
    const { amount, recipient } = payload
    if (amount <= 0n) return 'zero-amount'
    this.#payQueue()
    const world = this.#world
    const rate = this.#feeRate(amount)
    const fee = (amount * rate + WAD - 1n) / WAD
    const payout = { recipient, amount, fee }
    if (world.queue.length > 0 || !this.#pay(payout)) world.queue.push(payout)
    return null
  }

  #pay({ recipient, amount, fee }: Payout): boolean {
    const world = this.#world
    const paid = amount - fee
    if (paid > world.cash) return false
    world.cash -= paid
    world.claims += amount
    give(world.tokens, recipient, paid)
    return true
  }

  #payQueue(): void {
    const { queue } = this.#world
    for (let paid = 0; paid < LIMITED_PAYOUTS && queue.length > 0; paid++) {
      if (!this.#pay(queue[0]!)) return
      queue.shift()
    }
  }

  /** A week of the yearly rate, averaged over the utilisation that the payout uses up. */
  #feeRate(amount: bigint): bigint {
    const { cash, claims } = this.#world
    const used = claims > 0n ? claims : 0n
    const all = cash + used
    const at = (part: bigint) => (all === 0n ? WAD : (part * WAD) / all)
    const before = at(used)
    const after = at(used + amount) < WAD ? at(used + amount) : WAD
    const yearly =
      before === after
        ? this.#rate(before)
        : ((this.#area(after) - this.#area(before)) * WAD) / (after - before)
    // The largest weekly rate that in 52 weeks makes no more than the yearly one.
    const most = (WAD + yearly) * WAD ** 51n
    let [low, high] = [0n, yearly / 52n < WAD ? yearly / 52n : WAD]
    while (low < high) {
      const middle = (low + high + 1n) / 2n
      if ((WAD + middle) ** 52n <= most) low = middle
      else high = middle - 1n
    }
    return low
  }

  #curve() {
    const { custody } = this.#spec
    if (custody.kind !== 'pool') throw new Error('The model knows pools only.')
    return custody.fee
  }

  #rate(u: bigint): bigint {
    const { kinkE18, r0E18, r1E18, r2E18 } = this.#curve()
    if (u <= kinkE18) return r0E18 + (u * r1E18) / kinkE18
    return r0E18 + r1E18 + ((u - kinkE18) * r2E18) / (WAD - kinkE18)
  }

  /** The area under the rate up to a utilisation: a rectangle and a triangle on each side of the kink. */
  #area(u: bigint): bigint {
    const { kinkE18, r0E18, r1E18 } = this.#curve()
    const low = u < kinkE18 ? u : kinkE18
    const high = u - low
    const triangle = (height: bigint, width: bigint) => ((WAD / 2n) * height * width) / WAD / WAD
    const below = (low * r0E18) / WAD + triangle(this.#rate(low) - r0E18, low)
    if (high === 0n) return below
    return below + (high * (r0E18 + r1E18)) / WAD + triangle(this.#rate(u) - r0E18 - r1E18, high)
  }

  #unsigned(proof: Extract<Call, { kind: 'deliver' }>['proof'], now: number): string | null {
    if (proof.kind !== 'quorum') return 'bad-proof'
    const set = this.#world.sets.find(({ index }) => index === proof.setIndex)
    if (set === undefined || (set.until !== null && now > set.until)) return 'set-expired'
    const signers = proof.signatures.map(({ verifier }) => verifier)
    const ascending = signers.every((signer, i) => i === 0 || signer > signers[i - 1]!)
    const known = signers.every((signer) => set.members.includes(signer))
    return signers.length >= set.threshold && ascending && known ? null : 'quorum-missing'
  }

  #rotate(from: string, { next }: Extract<Call, { kind: 'rotate-verifiers' }>, now: number): string | null {
    const { sets, votes } = this.#world
    const current = sets.at(-1)!
    const proposal = JSON.stringify(next)
    const voters = votes.get(proposal) ?? []
    if (!current.members.includes(from) || voters.includes(from)) return 'not-authorised'
    const sound =
      next.setIndex === current.index + 1 &&
      next.verifiers.length > 0 &&
      new Set(next.verifiers).size === next.verifiers.length &&
      next.threshold >= 1 &&
      next.threshold <= next.verifiers.length
    if (!sound) return 'bad-set'
    votes.set(proposal, [...voters, from])
    if (voters.length + 1 < current.threshold) return null
    current.until = now + DAY
    sets.push({ index: next.setIndex, members: next.verifiers, threshold: next.threshold, until: null })
    return null
  }

  /** By the floor price, which is the greater one here. */
  #value(amount: bigint): bigint {
    const tracked = this.#limiter().tokens.find(({ token }) => token === this.#token)!
    return (amount * tracked.floorE8) / 10n ** 6n
  }

  #limiter() {
    return this.#spec.limiter!
  }

  #limit() {
    return this.#limiter().chains[0]!
  }
}

function total(of: ReadonlyMap<string, bigint>): bigint {
  return [...of.values()].reduce((sum, amount) => sum + amount, 0n)
}

function give(to: Map<string, bigint>, owner: string, amount: bigint): void {
  to.set(owner, (to.get(owner) ?? 0n) + amount)
}

/** False, and nothing has changed, when there is less. */
function take(from: Map<string, bigint>, owner: string, amount: bigint): boolean {
  const held = from.get(owner) ?? 0n
  if (held < amount) return false
  from.set(owner, held - amount)
  return true
}
