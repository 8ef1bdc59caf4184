// A second, slow and plain implementation of one chain: ledger, orders, and bridges that lock, burn and mint on the word of
// verifiers whose sets follow each other, or by bundles under bond. It shares no code with the settlement core (types are its
// only imports) and has no undo: a re-org folds the surviving blocks from genesis. Rules: OIF escrow, UniswapX (decay,
// exclusivity), Wormhole (quorum, truncation, guardian sets), CCTP (fee), Across and UMA (bundles, bonds), EIP-1559.
import type {
  BridgeMessage,
  BridgeSpec,
  Call,
  Genesis,
  NetworkSpec,
  Order,
  Transaction,
} from '@solvent/protocol'

type Offer = Pick<Transaction, 'from' | 'call' | 'gasLimit' | 'maxFeePerGas' | 'maxPriorityFeePerGas'>
/** Whether a transaction's signatures and branches are genuine is a fact that the model is given. */
export type ModelTransaction = Offer & { readonly genuine: boolean }

export interface ModelBlock {
  /** Chain time, Unix seconds. */
  readonly time: number
  readonly producer: string
  readonly transactions: readonly ModelTransaction[]
}

type Refusal = string | null
export type ModelOutcome = { reason: Refusal; gasUsed: number; sent: readonly BridgeMessage[] }

/** What the model is told, as it hashes nothing itself: gas, ids of orders, and which message a branch under a root leads to. */
export interface ModelTables {
  readonly gasOf: (call: Call) => number
  readonly idOf: (order: Order) => string
  readonly leadsTo: (root: string, branch: { leaf: number; path: readonly string[] }) => unknown
}

type CallOf<K extends Call['kind']> = Extract<Call, { kind: K }>
type Turn = { from: string; now: number; genuine: boolean; sent: BridgeMessage[] }

type OrderState = 'open' | 'proven' | 'settled' | 'cancelled' | 'refunded'

interface Bundle {
  root: string
  count: number
  by: string
  against: string
  status: 'bonded' | 'disputed' | 'upheld' | 'rejected'
  /** Seconds until which it may be disputed, and from which it may be ruled on. */
  openUntil: number
  ruledFrom: number
}

/** All of a chain's state, in plain objects; keys of bridges' things begin with the bridge. */
interface World {
  /** `kind|owner|token` → amount. */
  balances: Map<string, bigint>
  orders: Map<string, { order: Order; state: OrderState; payee: string | null }>
  fills: Set<string>
  nonces: Set<string>
  delivered: Map<string, string>
  sequences: Map<string, number>
  /** `bridge|authority` → until. */
  freezes: Map<string, number>
  sets: Map<string, { index: number; members: readonly string[]; threshold: number; until: number }[]>
  votes: Map<string, string[]>
  bundles: Map<string, Bundle[]>
}

const GAS_TOKEN: string = '0x0000000000000000000000000000000000000000'
const DAY = 86_400

/** All that something says, as text. */
export const identityOf = (value: unknown): string =>
  JSON.stringify(value, (_key, each) => (typeof each === 'bigint' ? `${each}n` : each))

/** One chain. */
export class ReferenceChain {
  readonly #spec: NetworkSpec
  readonly #genesis: Genesis
  readonly #tables: ModelTables
  readonly #blocks: ModelBlock[] = []
  #world: World

  constructor(spec: NetworkSpec, genesis: Genesis, tables: ModelTables) {
    this.#spec = spec
    this.#genesis = genesis
    this.#tables = tables
    this.#world = this.#atGenesis()
  }

  /** Adds a block to the branch and tells what became of its transactions. */
  append(block: ModelBlock): ModelOutcome[] {
    this.#blocks.push(block)
    return block.transactions.map((transaction) => this.#run(transaction, block))
  }

  /** Forgets the blocks above a height: what is left is folded again from the beginning. */
  returnTo(height: number): void {
    this.#world = this.#atGenesis()
    for (const block of this.#blocks.splice(0).slice(0, height)) this.append(block)
  }

  /** Accounts that hold something, as `kind|owner|token=amount`, sorted. */
  balances(): string[] {
    const held = [...this.#world.balances].filter(([, amount]) => amount !== 0n)
    return held.map(([account, amount]) => `${account}=${amount}`).sort()
  }

  #atGenesis(): World {
    const maps = { balances: new Map(), orders: new Map(), delivered: new Map(), sequences: new Map() }
    const sets = { fills: new Set<string>(), nonces: new Set<string>(), sets: new Map(), votes: new Map() }
    this.#world = { ...maps, ...sets, freezes: new Map(), bundles: new Map() }
    for (const { kind, owner, token, amount } of this.#genesis.balances)
      this.#move(`SUPPLY||${token}`, `${kind}|${owner}|${token}`, amount)
    for (const { address, verification } of this.#spec.bridges) {
      this.#world.bundles.set(address, [])
      if (verification.kind !== 'quorum') continue
      const { setIndex: index, verifiers, threshold } = verification
      const members = verifiers.map((each) => each.address)
      this.#world.sets.set(address, [{ index, members, threshold, until: Number.POSITIVE_INFINITY }])
    }
    return this.#world
  }

  #run({ from, call, gasLimit, genuine, ...offer }: ModelTransaction, block: ModelBlock): ModelOutcome {
    const { baseFee } = this.#spec.chains.find(({ chainId }) => chainId === this.#genesis.chainId)!
    const gasUsed = Math.min(this.#tables.gasOf(call), gasLimit)
    const room = offer.maxFeePerGas - baseFee
    const tip = room < offer.maxPriorityFeePerGas ? room : offer.maxPriorityFeePerGas
    this.#add(this.#holder(from, GAS_TOKEN), -BigInt(gasUsed) * (baseFee + tip))
    this.#add(`BURN||${GAS_TOKEN}`, BigInt(gasUsed) * baseFee)
    this.#add(`GAS_FEE|${block.producer}|${GAS_TOKEN}`, BigInt(gasUsed) * tip)
    if (gasLimit < this.#tables.gasOf(call)) return { reason: 'out-of-gas', gasUsed, sent: [] }
    const before = structuredClone(this.#world)
    const sent: BridgeMessage[] = []
    const reason = this.#call(call, { from, now: block.time, genuine, sent })
    if (reason !== null) this.#world = before
    return { reason, gasUsed, sent: reason === null ? sent : [] }
  }

  #call(call: Call, turn: Turn): Refusal {
    if (call.kind === 'transfer') return this.#transfer(call, turn)
    if (call.kind === 'open') return this.#open(call, turn)
    if (call.kind === 'cancel') return this.#cancel(call, turn)
    if (call.kind === 'fill') return this.#fill(call, turn)
    if (call.kind === 'claim' || call.kind === 'refund') return this.#end(call, turn)
    if (call.kind === 'bridge-out') return this.#bridgeOut(call, turn)
    if (call.kind === 'deliver') return this.#deliver(call, turn)
    if (call.kind === 'pause' || call.kind === 'unpause') return this.#freeze(call, turn)
    if (call.kind === 'rotate-verifiers') return this.#rotate(call, turn)
    if (call.kind === 'propose-bundle') return this.#propose(call, turn)
    if (call.kind === 'dispute-bundle') return this.#dispute(call, turn)
    if (call.kind === 'rule-on-bundle') return this.#rule(call, turn)
    throw new Error(`The model knows no ${call.kind}.`)
  }

  #transfer({ token, to, amount }: CallOf<'transfer'>, { from }: Turn): Refusal {
    if (amount <= 0n) return 'zero-amount'
    if (this.#isContract(to)) return 'not-authorised'
    return this.#move(this.#holder(from, token), this.#holder(to, token), amount)
  }

  #open({ order, award }: CallOf<'open'>, { from, now, genuine }: Turn): Refusal {
    if (order.originChainId !== this.#genesis.chainId) return 'wrong-chain'
    const fault = this.#orderFault(order)
    if (fault !== null) return fault
    if (!genuine) return 'bad-signature'
    const id = this.#tables.idOf(order)
    const nonce = `${order.user}|${order.nonce}`
    if (this.#world.orders.has(id)) return 'already-open'
    if (this.#world.nonces.has(nonce)) return 'nonce-used'
    if (now > order.openDeadline || now >= order.fillDeadline || now >= order.expires)
      return now < order.fillDeadline ? 'open-deadline-passed' : 'fill-deadline-passed'
    const required = requiredOf(order, order.award.by === 'user' ? order.award.solver : from, award, now)
    if (typeof required === 'string') return required
    const { token, amount } = order.input
    this.#world.nonces.add(nonce)
    this.#world.orders.set(id, { state: 'open', order, payee: null })
    return this.#move(this.#holder(order.user, token), `ESCROW|${id}|${token}`, amount)
  }

  #cancel({ order }: CallOf<'cancel'>, { from, now }: Turn): Refusal {
    if (order.originChainId !== this.#genesis.chainId) return 'wrong-chain'
    if (from !== order.user) return 'not-the-user'
    const fault = this.#orderFault(order)
    if (fault !== null) return fault
    const entry = this.#world.orders.get(this.#tables.idOf(order))
    const nonce = `${order.user}|${order.nonce}`
    if (entry === undefined && this.#world.nonces.has(nonce)) return 'nonce-used'
    this.#world.nonces.add(nonce)
    if (entry === undefined) return null
    if (entry.state === 'proven') return 'not-refundable'
    if (entry.state !== 'open') return 'already-ended'
    if (now <= order.expires) return 'not-refundable'
    entry.state = 'cancelled'
    return null
  }

  #fill({ order, award, amount, payee }: CallOf<'fill'>, turn: Turn): Refusal {
    const { chainId, settler, token, recipient } = order.output
    const { from, now } = turn
    if (chainId !== this.#genesis.chainId) return 'wrong-chain'
    const fault = this.#orderFault(order)
    if (fault !== null) return fault
    if (this.#isContract(payee)) return 'invalid-order'
    const id = this.#tables.idOf(order)
    if (this.#world.fills.has(id)) return 'already-filled'
    if (now > order.fillDeadline) return 'fill-deadline-passed'
    const required = requiredOf(order, from, award, now)
    if (typeof required === 'string') return required
    if (amount < required) return 'amount-too-low'
    this.#world.fills.add(id)
    const fact = { orderId: id, payee, outputToken: token, outputAmount: amount, recipient, filledAt: now }
    this.#send(turn, [order.prover, settler], order.originChainId, { kind: 'fill-proof', ...fact })
    return this.#move(this.#holder(from, token), this.#holder(recipient, token), amount)
  }

  /** A claim pays the proven payee, a refund the user. */
  #end({ kind, orderId }: CallOf<'claim' | 'refund'>, { now }: Turn): Refusal {
    const entry = this.#world.orders.get(orderId)
    if (entry === undefined) return 'unknown-order'
    const { state, order, payee } = entry
    if (state === 'settled' || state === 'refunded') return 'already-ended'
    if (kind === 'claim' && state !== 'proven') return 'not-proven'
    if (kind === 'refund' && (state === 'proven' || (state === 'open' && now <= order.expires)))
      return 'not-refundable'
    entry.state = kind === 'claim' ? 'settled' : 'refunded'
    const { token, amount } = order.input
    const to = kind === 'claim' ? payee! : order.user
    return this.#move(`ESCROW|${orderId}|${token}`, this.#holder(to, token), amount)
  }

  #orderFault(order: Order): Refusal {
    const { input, output, award, pricing, fillDeadline, expires } = order
    const isSound = fillDeadline <= expires && input.amount > 0n && output.minAmount > 0n
    if (!isSound || (award.by === 'user' && award.overrideBps < 0)) return 'invalid-order'
    if (pricing.rule === 'dutch' && pricing.startAmount < output.minAmount) return 'invalid-order'
    if (pricing.rule === 'dutch' && pricing.decayStart > pricing.decayEnd) return 'invalid-order'
    const origin = this.#spec.chains.find(({ chainId }) => chainId === order.originChainId)
    const destination = this.#spec.chains.find(({ chainId }) => chainId === output.chainId)
    if (origin === undefined || destination === undefined || origin === destination) return 'wrong-chain'
    if (order.originSettler !== origin.settler || output.settler !== destination.settler)
      return 'wrong-settler'
    if (this.#decimals(origin.chainId, input.token) === undefined) return 'unknown-token'
    if (this.#decimals(output.chainId, output.token) === undefined) return 'unknown-token'
    if (this.#bridge(order.prover) === undefined) return 'unknown-prover'
    return this.#isContract(output.recipient) ? 'invalid-order' : null
  }

  #bridgeOut(call: CallOf<'bridge-out'>, turn: Turn): Refusal {
    const { bridge, token, amount, dstChainId, recipient } = call
    const spec = this.#bridge(bridge)
    if (spec === undefined) return 'unknown-bridge'
    const into = this.#custodyOf(spec, token)
    if (into === null) return 'unknown-token'
    const ends = spec.routes.flatMap(({ home, wrapped }) => [home, ...wrapped])
    const there = ends.find(
      ({ chainId }) => chainId === dstChainId && chainId !== this.#genesis.chainId,
    )?.token
    if (there === undefined) return 'wrong-destination'
    if (this.#isContract(recipient)) return 'not-authorised'
    if (amount <= 0n) return 'zero-amount'
    const [here, far] = [this.#decimals(this.#genesis.chainId, token)!, this.#decimals(dstChainId, there)!]
    const kept = Math.min(here, far, spec.sharedDecimals)
    const unit = 10n ** BigInt(here - kept)
    const crossing = amount - (amount % unit)
    if (crossing === 0n) return 'zero-amount'
    // What does not cross goes back at once, so the sender must have had it.
    if ((this.#world.balances.get(this.#holder(turn.from, token)) ?? 0n) < amount)
      return 'insufficient-balance'
    const arriving = (crossing / unit) * 10n ** BigInt(far - kept)
    const payload = { kind: 'transfer', token: there, amount: arriving, recipient }
    this.#send(turn, [bridge, bridge], dstChainId, payload)
    return this.#move(this.#holder(turn.from, token), into, crossing)
  }

  #deliver({ message, proof }: CallOf<'deliver'>, turn: Turn): Refusal {
    const spec = this.#bridge(message.bridge)
    if (spec === undefined) return 'unknown-bridge'
    if (message.dstChainId !== this.#genesis.chainId) return 'wrong-destination'
    const key = `${message.bridge}|${message.srcChainId}|${message.emitter}|${message.sequence}`
    const known = this.#world.delivered.get(key)
    if (known === identityOf(message)) return 'already-delivered'
    const refused =
      proof.kind === 'bundle'
        ? this.#unbundled(spec, message, proof, turn)
        : this.#unsigned(spec, proof, turn)
    if (known !== undefined) return refused === null ? null : 'conflicting-message'
    if (refused !== null) return refused
    this.#world.delivered.set(key, identityOf(message))
    if (proof.kind === 'bundle') this.#freeBond(spec, proof.bundle)
    const isFrozen = this.#isFrozen(spec.address, ['issuer', 'guardian'], turn.now)
    if (message.payload.kind === 'transfer') return this.#pay(spec, message, isFrozen)
    return isFrozen ? 'paused' : this.#prove(message)
  }

  #pay(spec: BridgeSpec, { emitter, payload }: BridgeMessage, isFrozen: boolean): Refusal {
    if (payload.kind !== 'transfer') throw new Error('Only transfers are paid.')
    const { token, amount, recipient } = payload
    const out = this.#custodyOf(spec, token)
    if (out === null) return 'unknown-token'
    if (isFrozen) return 'paused'
    if (emitter !== spec.address || this.#isContract(recipient)) return 'not-authorised'
    if (amount <= 0n) return 'zero-amount'
    const { custody, issuer } = spec
    const fee = custody.kind === 'burn-mint' ? (amount * BigInt(custody.feeBps) + 9_999n) / 10_000n : 0n
    this.#add(out, -fee)
    this.#add(this.#holder(issuer.address, token), fee)
    return this.#move(out, this.#holder(recipient, token), amount - fee) && 'lock-exhausted'
  }

  #prove({ payload, ...message }: BridgeMessage): Refusal {
    if (payload.kind !== 'fill-proof') throw new Error('The model knows no such message.')
    const entry = this.#world.orders.get(payload.orderId)
    if (entry === undefined) return 'unknown-order'
    const { prover, output, fillDeadline } = entry.order
    if (message.bridge !== prover) return 'unknown-prover'
    if (message.srcChainId !== output.chainId) return 'wrong-chain'
    if (message.emitter !== output.settler) return 'wrong-settler'
    if (payload.outputToken !== output.token || payload.recipient !== output.recipient) return 'invalid-order'
    if (payload.outputAmount < output.minAmount) return 'amount-too-low'
    if (payload.filledAt > fillDeadline) return 'fill-deadline-passed'
    if (entry.state !== 'open') return entry.state === 'cancelled' ? 'not-open' : 'already-ended'
    entry.state = 'proven'
    entry.payee = payload.payee
    return null
  }

  /** Enough distinct verifiers of a set that counts, in ascending order, and genuine; or why not. */
  #unsigned(spec: BridgeSpec, proof: CallOf<'deliver'>['proof'], { now, genuine }: Turn): Refusal {
    if (spec.verification.kind !== 'quorum' || proof.kind !== 'quorum') return 'bad-proof'
    const set = this.#world.sets.get(spec.address)!.find(({ index }) => index === proof.setIndex)
    if (set === undefined || now > set.until) return 'set-expired'
    const signers = proof.signatures.map(({ verifier }) => verifier)
    const isAscending = signers.every((signer, i) => i === 0 || signer > signers[i - 1]!)
    const isKnown = signers.every((signer) => set.members.includes(signer))
    return signers.length >= set.threshold && isAscending && isKnown && genuine ? null : 'quorum-missing'
  }

  #rotate({ bridge, next }: CallOf<'rotate-verifiers'>, { from, now }: Turn): Refusal {
    const sets = this.#world.sets.get(bridge)!
    const { setIndex: index, verifiers: members, threshold } = next
    const current = sets.at(-1)!
    const proposal = `${bridge}|${identityOf([index, members, threshold])}`
    const voters = this.#world.votes.get(proposal) ?? []
    if (!current.members.includes(from) || voters.includes(from)) return 'not-authorised'
    const differ = members.length > 0 && new Set(members).size === members.length
    const isMet = threshold >= 1 && threshold <= members.length
    if (index !== current.index + 1 || !differ || !isMet) return 'bad-set'
    this.#world.votes.set(proposal, [...voters, from])
    if (voters.length + 1 < current.threshold) return null
    const { verification } = this.#bridge(bridge)!
    current.until = now + ((verification.kind === 'quorum' && verification.graceSeconds) || DAY)
    sets.push({ index, members, threshold, until: Number.POSITIVE_INFINITY })
    return null
  }

  #propose({ bridge, lanes, count, root }: CallOf<'propose-bundle'>, { from, now }: Turn): Refusal {
    const terms = this.#terms(bridge)
    if (!terms.proposers.some(({ address }) => address === from)) return 'not-authorised'
    if (lanes.length === 0 || lanes.some((lane) => lane.from > lane.to) || count < 1) return 'bad-bundle'
    const times = { openUntil: now + terms.livenessSeconds, ruledFrom: 0 }
    this.#world.bundles.get(bridge)!.push({ root, count, by: from, against: '', status: 'bonded', ...times })
    return this.#move(this.#holder(from, GAS_TOKEN), `BOND|${bridge}|${GAS_TOKEN}`, terms.bond)
  }

  #dispute(call: CallOf<'dispute-bundle'>, { from, now }: Turn): Refusal {
    const bundle = this.#world.bundles.get(call.bridge)![call.bundle]
    if (bundle === undefined) return 'unknown-bundle'
    if (bundle.status !== 'bonded' || now > bundle.openUntil) return 'bundle-closed'
    const { bond, arbitrationSeconds } = this.#terms(call.bridge)
    Object.assign(bundle, { status: 'disputed', against: from, ruledFrom: now + arbitrationSeconds })
    return this.#move(this.#holder(from, GAS_TOKEN), `BOND|${call.bridge}|${GAS_TOKEN}`, bond)
  }

  /** The winner gets its bond back and half of the other, rounded down; the rest burns. */
  #rule({ bridge, bundle: number, upheld }: CallOf<'rule-on-bundle'>, { from, now }: Turn): Refusal {
    const { arbiter, bond } = this.#terms(bridge)
    if (from !== arbiter.address) return 'not-authorised'
    const bundle = this.#world.bundles.get(bridge)![number]
    if (bundle === undefined) return 'unknown-bundle'
    if (bundle.status !== 'disputed') return 'bundle-closed'
    if (now < bundle.ruledFrom) return 'too-early'
    bundle.status = upheld ? 'upheld' : 'rejected'
    const [held, winner] = [`BOND|${bridge}|${GAS_TOKEN}`, upheld ? bundle.by : bundle.against]
    this.#move(held, this.#holder(winner, GAS_TOKEN), bond + bond / 2n)
    return this.#move(held, `BURN||${GAS_TOKEN}`, bond - bond / 2n)
  }

  /** A bundle that stands, and a branch from its root to this message; or why not. */
  #unbundled(
    spec: BridgeSpec,
    message: BridgeMessage,
    proof: CallOf<'deliver'>['proof'],
    turn: Turn,
  ): Refusal {
    if (spec.verification.kind !== 'optimistic' || proof.kind !== 'bundle') return 'bad-proof'
    const bundle = this.#world.bundles.get(spec.address)![proof.bundle]
    if (bundle === undefined) return 'unknown-bundle'
    const { root, count, status, openUntil } = bundle
    if (status === 'rejected') return 'bundle-closed'
    if (status === 'disputed' || (status === 'bonded' && turn.now <= openUntil)) return 'not-yet-proven'
    const proven = proof.leaf < count ? this.#tables.leadsTo(root, proof) : null
    return identityOf(proven) === identityOf(message) ? null : 'bad-proof'
  }

  /** The first delivery under a bundle that nobody disputed gives its proposer the bond back. */
  #freeBond({ address }: BridgeSpec, number: number): void {
    const bundle = this.#world.bundles.get(address)![number]!
    if (bundle.status !== 'bonded') return
    bundle.status = 'upheld'
    const { bond } = this.#terms(address)
    this.#move(`BOND|${address}|${GAS_TOKEN}`, this.#holder(bundle.by, GAS_TOKEN), bond)
  }

  #terms(bridge: string) {
    const verification = this.#bridge(bridge)?.verification
    if (verification?.kind !== 'optimistic') throw new Error('The bridge has no bundles.')
    return verification
  }

  #freeze(call: CallOf<'pause' | 'unpause'>, { from, now }: Turn): Refusal {
    const { bridge, authority } = call
    if (from !== this.#bridge(bridge)![authority].address) return 'not-authorised'
    const { freezes } = this.#world
    if (call.kind === 'pause') freezes.set(`${bridge}|${authority}`, call.until)
    else if (authority === 'issuer' && this.#isFrozen(bridge, ['guardian'], now)) return 'not-authorised'
    else freezes.delete(`${bridge}|issuer`)
    if (call.kind === 'unpause' && authority === 'guardian') freezes.delete(`${bridge}|guardian`)
    return null
  }

  #isFrozen(bridge: string, by: readonly string[], now: number): boolean {
    const ends = by.map((authority) => this.#world.freezes.get(`${bridge}|${authority}`))
    return ends.some((until) => until !== undefined && (until === 0 || now <= until))
  }

  #send(turn: Turn, route: readonly string[], dstChainId: number, payload: object): void {
    const [bridge, emitter] = route
    const sequence = this.#world.sequences.get(route.join()) ?? 0
    this.#world.sequences.set(route.join(), sequence + 1)
    const [srcChainId, place] = [this.#genesis.chainId, { emitter, sequence, dstChainId }]
    turn.sent.push({ bridge, srcChainId, ...place, payload } as BridgeMessage)
  }

  /** Where a bridge's value stands here: in the lock at home, else it is made and ended. */
  #custodyOf({ address, custody, routes }: BridgeSpec, token: string): string | null {
    const isHere = (end: { chainId: number; token: string }) =>
      end.chainId === this.#genesis.chainId && end.token === token
    const route = routes.find(({ home, wrapped }) => [home, ...wrapped].some(isHere))
    if (route === undefined) return null
    const isLock = custody.kind === 'lock-mint' && isHere(route.home)
    return isLock ? `BRIDGE_LOCK|${address}|${token}` : `SUPPLY||${token}`
  }

  /** Moves an amount; only SUPPLY may fall below zero. */
  #move(from: string, to: string, amount: bigint): Refusal {
    if (!from.startsWith('SUPPLY|') && (this.#world.balances.get(from) ?? 0n) < amount)
      return 'insufficient-balance'
    this.#add(from, -amount)
    this.#add(to, amount)
    return null
  }

  #add(account: string, amount: bigint): void {
    this.#world.balances.set(account, (this.#world.balances.get(account) ?? 0n) + amount)
  }

  #holder(owner: string, token: string): string {
    const kind = this.#genesis.accounts.find(({ address }) => address === owner)?.kind ?? 'USER'
    return `${kind}|${owner}|${token}`
  }

  #bridge(address: string): BridgeSpec | undefined {
    return this.#spec.bridges.find((bridge) => bridge.address === address)
  }

  #decimals(chainId: number, token: string): number | undefined {
    return this.#spec.tokens.find((each) => each.chainId === chainId && each.address === token)?.decimals
  }

  #isContract(address: string): boolean {
    const isSettler = this.#spec.chains.some(({ settler }) => settler === address)
    return address === GAS_TOKEN || isSettler || this.#bridge(address) !== undefined
  }
}

/** What a solver must deliver now, or why it may not; awards of auctioneers are not among the model's orders. */
function requiredOf({ pricing, output, award: rule }: Order, solver: string, award: unknown, now: number) {
  let price = output.minAmount
  if (pricing.rule === 'dutch' && now < pricing.decayEnd && pricing.startAmount !== price) {
    const elapsed = now <= pricing.decayStart ? 0n : BigInt(now - pricing.decayStart)
    const span = BigInt(pricing.decayEnd - pricing.decayStart)
    price = pricing.startAmount - ((pricing.startAmount - price) * elapsed) / span
  }
  if (rule.by === 'parts') return 'only-in-parts'
  if (rule.by === 'chain' || now > rule.exclusiveUntil) return price
  if (rule.by === 'auctioneer') return award === null ? 'award-missing' : 'the model knows no awards'
  if (solver === rule.solver || rule.solver === GAS_TOKEN) return price
  return rule.overrideBps === 0 ? 'exclusive' : (price * BigInt(10_000 + rule.overrideBps) + 9_999n) / 10_000n
}
