// A second, slow and plain implementation of one chain: ledger, orders and a lock-and-mint bridge with external
// verifiers. It shares no code with the settlement core (types are its only imports) and has no undo: a re-org folds the
// surviving blocks from genesis. Rules: OIF escrow, UniswapX (decay, exclusivity), Wormhole (quorum, truncation), EIP-1559.
import type { OrderId } from '@solvent/primitives'
import type { BridgeMessage, BridgeSpec, Call, Genesis, NetworkSpec, Order } from '@solvent/protocol'

/** A transaction; whether its signatures are genuine is a fact that the model is given. */
export interface ModelTransaction {
  readonly from: string
  readonly call: Call
  readonly gasLimit: number
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
  readonly genuine: boolean
}

export interface ModelBlock {
  /** Chain time, Unix seconds. */
  readonly time: number
  readonly producer: string
  readonly transactions: readonly ModelTransaction[]
}

export interface ModelOutcome {
  /** Null: it succeeded. */
  readonly reason: string | null
  readonly gasUsed: number
  readonly sent: readonly BridgeMessage[]
}

/** What the model is told: units of gas by kind of call, and how calls name orders (it hashes nothing itself). */
export interface ModelTables {
  readonly gasOf: (kind: Call['kind']) => number
  readonly idOf: (order: Order) => OrderId
}

interface OrderEntry {
  state: 'open' | 'proven' | 'settled' | 'cancelled' | 'refunded'
  order: Order
  payee: string | null
}

/** All of a chain's state, in plain objects. */
interface World {
  /** `kind|owner|token` → amount. */
  balances: Map<string, bigint>
  orders: Map<OrderId, OrderEntry>
  fills: Set<OrderId>
  nonces: Set<string>
  delivered: Map<string, string>
  sequences: Map<string, number>
  /** `bridge|authority` → until. */
  freezes: Map<string, number>
}

const GAS_TOKEN: string = '0x0000000000000000000000000000000000000000'

/** All that something says, as text. */
export const identityOf = (value: unknown): string =>
  JSON.stringify(value, (_key, each) => (typeof each === 'bigint' ? `${each}n` : each))

/** One chain. */
export class ReferenceChain {
  readonly #spec: NetworkSpec
  readonly #chainId: number
  readonly #genesis: Genesis
  readonly #tables: ModelTables
  readonly #blocks: ModelBlock[] = []
  #world: World

  constructor(spec: NetworkSpec, genesis: Genesis, tables: ModelTables) {
    this.#spec = spec
    this.#chainId = genesis.chainId
    this.#genesis = genesis
    this.#tables = tables
    this.#world = this.#atGenesis()
  }

  /** Adds a block to the branch and tells what became of its transactions. */
  append(block: ModelBlock): ModelOutcome[] {
    this.#blocks.push(block)
    return this.#run(block)
  }

  /** Forgets the blocks above a height: what is left is folded again from the beginning. */
  returnTo(height: number): void {
    this.#blocks.length = height
    this.#world = this.#atGenesis()
    for (const block of this.#blocks) this.#run(block)
  }

  /** Accounts that hold something, as `kind|owner|token=amount`, sorted. */
  balances(): string[] {
    return [...this.#world.balances]
      .filter(([, amount]) => amount !== 0n)
      .map(([key, amount]) => `${key}=${amount}`)
      .sort()
  }

  #atGenesis(): World {
    const balances = new Map<string, bigint>()
    for (const { kind, owner, token, amount } of this.#genesis.balances) {
      balances.set(`${kind}|${owner}|${token}`, (balances.get(`${kind}|${owner}|${token}`) ?? 0n) + amount)
      balances.set(`SUPPLY||${token}`, (balances.get(`SUPPLY||${token}`) ?? 0n) - amount)
    }
    return {
      balances,
      orders: new Map(),
      fills: new Set(),
      nonces: new Set(),
      delivered: new Map(),
      sequences: new Map(),
      freezes: new Map(),
    }
  }

  #run(block: ModelBlock): ModelOutcome[] {
    return block.transactions.map((transaction) => {
      const { from, call, gasLimit, maxFeePerGas, maxPriorityFeePerGas } = transaction
      const needed = this.#tables.gasOf(call.kind)
      const gasUsed = Math.min(needed, gasLimit)
      const { baseFee } = this.#chain
      const room = maxFeePerGas - baseFee
      const tip = room < maxPriorityFeePerGas ? room : maxPriorityFeePerGas
      this.#add(`${this.#kind(from)}|${from}|${GAS_TOKEN}`, -BigInt(gasUsed) * (baseFee + tip))
      this.#add(`BURN||${GAS_TOKEN}`, BigInt(gasUsed) * baseFee)
      this.#add(`GAS_FEE|${block.producer}|${GAS_TOKEN}`, BigInt(gasUsed) * tip)
      if (gasLimit < needed) return { reason: 'out-of-gas', gasUsed, sent: [] }
      const before = structuredClone(this.#world)
      const sent: BridgeMessage[] = []
      const reason = this.#call(transaction, block.time, sent)
      if (reason !== null) this.#world = before
      return { reason, gasUsed, sent: reason === null ? sent : [] }
    })
  }

  #call({ from, call, genuine }: ModelTransaction, now: number, sent: BridgeMessage[]): string | null {
    switch (call.kind) {
      case 'transfer': {
        if (call.amount <= 0n) return 'zero-amount'
        if (this.#isContract(call.to)) return 'not-authorised'
        return this.#move(this.#holder(from, call.token), this.#holder(call.to, call.token), call.amount)
      }
      case 'open':
        return this.#open(from, call, now, genuine)
      case 'cancel':
        return this.#cancel(from, call.order, now)
      case 'fill':
        return this.#fill(from, call, now, sent)
      case 'claim': {
        const entry = this.#world.orders.get(call.orderId)
        if (entry === undefined) return 'unknown-order'
        if (entry.state === 'open' || entry.state === 'cancelled') return 'not-proven'
        if (entry.state !== 'proven') return 'already-ended'
        entry.state = 'settled'
        return this.#release(entry.order, entry.payee as string)
      }
      case 'refund': {
        const entry = this.#world.orders.get(call.orderId)
        if (entry === undefined) return 'unknown-order'
        if (entry.state === 'proven') return 'not-refundable'
        if (entry.state !== 'open' && entry.state !== 'cancelled') return 'already-ended'
        if (entry.state === 'open' && now <= entry.order.expires) return 'not-refundable'
        entry.state = 'refunded'
        return this.#release(entry.order, entry.order.user)
      }
      case 'bridge-out':
        return this.#bridgeOut(from, call, sent)
      case 'deliver':
        return this.#deliver(call, now, genuine)
      case 'pause':
      case 'unpause':
        return this.#freeze(from, call, now)
      default:
        throw new Error(`The model knows no ${call.kind}.`)
    }
  }

  #open(
    from: string,
    { order, award }: Extract<Call, { kind: 'open' }>,
    now: number,
    genuine: boolean,
  ): string | null {
    if (order.originChainId !== this.#chainId) return 'wrong-chain'
    const fault = this.#orderFault(order)
    if (fault !== null) return fault
    if (!genuine) return 'bad-signature'
    const id = this.#tables.idOf(order)
    const nonce = `${order.user}|${order.nonce}`
    if (this.#world.orders.has(id)) return 'already-open'
    if (this.#world.nonces.has(nonce)) return 'nonce-used'
    if (now > order.openDeadline || now >= order.fillDeadline || now >= order.expires)
      return now < order.fillDeadline ? 'open-deadline-passed' : 'fill-deadline-passed'
    const opener = order.award.by === 'user' ? order.award.solver : from
    const required = this.#required(order, opener, award, now)
    if (typeof required === 'string') return required
    const { token, amount } = order.input
    const poor = this.#move(this.#holder(order.user, token), `ESCROW|${id}|${token}`, amount)
    if (poor !== null) return poor
    this.#world.nonces.add(nonce)
    this.#world.orders.set(id, { state: 'open', order, payee: null })
    return null
  }

  #cancel(from: string, order: Order, now: number): string | null {
    if (order.originChainId !== this.#chainId) return 'wrong-chain'
    if (from !== order.user) return 'not-the-user'
    const fault = this.#orderFault(order)
    if (fault !== null) return fault
    const entry = this.#world.orders.get(this.#tables.idOf(order))
    const nonce = `${order.user}|${order.nonce}`
    if (entry === undefined) {
      if (this.#world.nonces.has(nonce)) return 'nonce-used'
      this.#world.nonces.add(nonce)
      return null
    }
    if (entry.state === 'proven') return 'not-refundable'
    if (entry.state !== 'open') return 'already-ended'
    if (now <= order.expires) return 'not-refundable'
    entry.state = 'cancelled'
    return null
  }

  #fill(
    from: string,
    { order, award, amount, payee }: Extract<Call, { kind: 'fill' }>,
    now: number,
    sent: BridgeMessage[],
  ): string | null {
    const { output } = order
    if (output.chainId !== this.#chainId) return 'wrong-chain'
    const fault = this.#orderFault(order)
    if (fault !== null) return fault
    if (this.#isContract(payee)) return 'invalid-order'
    const id = this.#tables.idOf(order)
    if (this.#world.fills.has(id)) return 'already-filled'
    if (now > order.fillDeadline) return 'fill-deadline-passed'
    const required = this.#required(order, from, award, now)
    if (typeof required === 'string') return required
    if (amount < required) return 'amount-too-low'
    const { token, recipient } = output
    const poor = this.#move(this.#holder(from, token), this.#holder(recipient, token), amount)
    if (poor !== null) return poor
    this.#world.fills.add(id)
    const payload = {
      kind: 'fill-proof',
      orderId: id,
      payee,
      outputToken: token,
      outputAmount: amount,
      recipient,
      filledAt: now,
    } as const
    sent.push(this.#send(order.prover, this.#chain.settler, order.originChainId, payload))
    return null
  }

  /** What a solver must deliver now, or why it may not; awards of auctioneers are not among the model's orders. */
  #required(order: Order, solver: string, award: unknown, now: number): bigint | string {
    const { pricing, output } = order
    let price = output.minAmount
    if (pricing.rule === 'dutch' && now < pricing.decayEnd && pricing.startAmount !== price) {
      const elapsed = now <= pricing.decayStart ? 0n : BigInt(now - pricing.decayStart)
      const span = pricing.startAmount - price
      price = pricing.startAmount - (span * elapsed) / BigInt(pricing.decayEnd - pricing.decayStart)
    }
    const rule = order.award
    if (rule.by === 'chain') return price
    if (rule.by === 'auctioneer') {
      if (now > rule.exclusiveUntil) return price
      if (award === null) return 'award-missing'
      throw new Error('The model knows no awards.')
    }
    if (solver === rule.solver || rule.solver === GAS_TOKEN || now > rule.exclusiveUntil) return price
    if (rule.overrideBps === 0) return 'exclusive'
    return (price * BigInt(10_000 + rule.overrideBps) + 9_999n) / 10_000n
  }

  #orderFault(order: Order): string | null {
    const { input, output, award, pricing } = order
    const shapely =
      order.fillDeadline <= order.expires &&
      input.amount > 0n &&
      output.minAmount > 0n &&
      (pricing.rule !== 'dutch' ||
        (pricing.startAmount >= output.minAmount && pricing.decayStart <= pricing.decayEnd)) &&
      (award.by !== 'user' || award.overrideBps >= 0)
    if (!shapely) return 'invalid-order'
    const origin = this.#spec.chains.find(({ chainId }) => chainId === order.originChainId)
    const destination = this.#spec.chains.find(({ chainId }) => chainId === output.chainId)
    if (origin === undefined || destination === undefined || origin === destination) return 'wrong-chain'
    if (order.originSettler !== origin.settler || output.settler !== destination.settler)
      return 'wrong-settler'
    if (!this.#isToken(origin.chainId, input.token) || !this.#isToken(destination.chainId, output.token))
      return 'unknown-token'
    if (this.#bridge(order.prover) === undefined) return 'unknown-prover'
    return this.#isContract(output.recipient) ? 'invalid-order' : null
  }

  #release(order: Order, to: string): string | null {
    const { token, amount } = order.input
    return this.#move(`ESCROW|${this.#tables.idOf(order)}|${token}`, this.#holder(to, token), amount)
  }

  #bridgeOut(
    from: string,
    { bridge, token, amount, dstChainId, recipient }: Extract<Call, { kind: 'bridge-out' }>,
    sent: BridgeMessage[],
  ): string | null {
    const spec = this.#bridge(bridge)
    if (spec === undefined) return 'unknown-bridge'
    const here = this.#end(spec, this.#chainId, token)
    if (here === null) return 'unknown-token'
    const there = dstChainId === this.#chainId ? undefined : here.tokens.get(dstChainId)
    if (there === undefined) return 'wrong-destination'
    if (this.#isContract(recipient)) return 'not-authorised'
    if (amount <= 0n) return 'zero-amount'
    const [from_, to_] = [this.#decimals(this.#chainId, token), this.#decimals(dstChainId, there)]
    const kept = Math.min(from_, to_, spec.sharedDecimals)
    const unit = 10n ** BigInt(from_ - kept)
    const crossing = amount - (amount % unit)
    if (crossing === 0n) return 'zero-amount'
    // What does not cross goes back at once, so the sender must have had it.
    if ((this.#world.balances.get(this.#holder(from, token)) ?? 0n) < amount) return 'insufficient-balance'
    const into = here.isHome ? `BRIDGE_LOCK|${bridge}|${token}` : `SUPPLY||${token}`
    this.#move(this.#holder(from, token), into, crossing)
    const payload = {
      kind: 'transfer',
      token: there,
      amount: (crossing / unit) * 10n ** BigInt(to_ - kept),
      recipient,
    } as const
    sent.push(this.#send(bridge, bridge, dstChainId, payload as BridgeMessage['payload']))
    return null
  }

  #deliver(
    { message, proof }: Extract<Call, { kind: 'deliver' }>,
    now: number,
    genuine: boolean,
  ): string | null {
    const spec = this.#bridge(message.bridge)
    if (spec === undefined) return 'unknown-bridge'
    if (message.dstChainId !== this.#chainId) return 'wrong-destination'
    const key = `${message.bridge}|${message.srcChainId}|${message.emitter}|${message.sequence}`
    const known = this.#world.delivered.get(key)
    if (known === identityOf(message)) return 'already-delivered'
    const refused = quorumFault(spec, proof, now, genuine)
    if (known !== undefined) return refused === null ? null : 'conflicting-message'
    if (refused !== null) return refused
    this.#world.delivered.set(key, identityOf(message))
    const frozen = ['issuer', 'guardian'].some((who) => this.#holds(`${spec.address}|${who}`, now))
    const { payload } = message
    if (payload.kind === 'transfer') {
      const { token, amount, recipient } = payload
      const end = this.#end(spec, this.#chainId, token)
      if (end === null) return 'unknown-token'
      if (frozen) return 'paused'
      if (message.emitter !== message.bridge || this.#isContract(recipient)) return 'not-authorised'
      if (amount <= 0n) return 'zero-amount'
      const out = end.isHome ? `BRIDGE_LOCK|${spec.address}|${token}` : `SUPPLY||${token}`
      return this.#move(out, this.#holder(recipient, token), amount) === null ? null : 'lock-exhausted'
    }
    if (payload.kind !== 'fill-proof') throw new Error('The model knows no such message.')
    if (frozen) return 'paused'
    const entry = this.#world.orders.get(payload.orderId)
    if (entry === undefined) return 'unknown-order'
    const { order } = entry
    if (message.bridge !== order.prover) return 'unknown-prover'
    if (message.srcChainId !== order.output.chainId) return 'wrong-chain'
    if (message.emitter !== order.output.settler) return 'wrong-settler'
    if (payload.outputToken !== order.output.token || payload.recipient !== order.output.recipient)
      return 'invalid-order'
    if (payload.outputAmount < order.output.minAmount) return 'amount-too-low'
    if (payload.filledAt > order.fillDeadline) return 'fill-deadline-passed'
    if (entry.state !== 'open') return entry.state === 'cancelled' ? 'not-open' : 'already-ended'
    entry.state = 'proven'
    entry.payee = payload.payee
    return null
  }

  #freeze(from: string, call: Extract<Call, { kind: 'pause' | 'unpause' }>, now: number): string | null {
    const spec = this.#bridge(call.bridge)
    if (spec === undefined) return 'unknown-bridge'
    if (from !== spec[call.authority].address) return 'not-authorised'
    const { freezes } = this.#world
    if (call.kind === 'pause') {
      freezes.set(`${call.bridge}|${call.authority}`, call.until)
    } else if (call.authority === 'guardian') {
      freezes.delete(`${call.bridge}|guardian`)
      freezes.delete(`${call.bridge}|issuer`)
    } else {
      if (this.#holds(`${call.bridge}|guardian`, now)) return 'not-authorised'
      freezes.delete(`${call.bridge}|issuer`)
    }
    return null
  }

  #holds(key: string, now: number): boolean {
    const until = this.#world.freezes.get(key)
    return until !== undefined && (until === 0 || now <= until)
  }

  #send(
    bridge: string,
    emitter: string,
    dstChainId: number,
    payload: BridgeMessage['payload'],
  ): BridgeMessage {
    const key = `${bridge}|${emitter}`
    const sequence = this.#world.sequences.get(key) ?? 0
    this.#world.sequences.set(key, sequence + 1)
    return { bridge, srcChainId: this.#chainId, emitter, sequence, dstChainId, payload } as BridgeMessage
  }

  #end(
    spec: BridgeSpec,
    chainId: number,
    token: string,
  ): { isHome: boolean; tokens: Map<number, string> } | null {
    for (const { home, wrapped } of spec.routes) {
      const ends = [home, ...wrapped]
      const at = ends.findIndex((end) => end.chainId === chainId && end.token === token)
      if (at >= 0) return { isHome: at === 0, tokens: new Map(ends.map((end) => [end.chainId, end.token])) }
    }
    return null
  }

  /** Moves an amount; only SUPPLY may fall below zero. */
  #move(from: string, to: string, amount: bigint): string | null {
    if (!from.startsWith('SUPPLY|') && (this.#world.balances.get(from) ?? 0n) < amount)
      return 'insufficient-balance'
    this.#add(from, -amount)
    this.#add(to, amount)
    return null
  }

  #add(key: string, amount: bigint): void {
    this.#world.balances.set(key, (this.#world.balances.get(key) ?? 0n) + amount)
  }

  #holder(owner: string, token: string): string {
    return `${this.#kind(owner)}|${owner}|${token}`
  }

  #kind(owner: string): string {
    return this.#genesis.accounts.find(({ address }) => address === owner)?.kind ?? 'USER'
  }

  get #chain() {
    return this.#spec.chains.find(({ chainId }) => chainId === this.#chainId)!
  }

  #bridge(address: string): BridgeSpec | undefined {
    return this.#spec.bridges.find((bridge) => bridge.address === address)
  }

  #isToken(chainId: number, token: string): boolean {
    return this.#spec.tokens.some((each) => each.chainId === chainId && each.address === token)
  }

  #decimals(chainId: number, token: string): number {
    return this.#spec.tokens.find((each) => each.chainId === chainId && each.address === token)!.decimals
  }

  #isContract(address: string): boolean {
    return (
      address === GAS_TOKEN ||
      this.#spec.chains.some(({ settler }) => settler === address) ||
      this.#spec.bridges.some((bridge) => bridge.address === address)
    )
  }
}

/** Enough distinct verifiers of a set that counts, in ascending order, and genuine. */
function quorumFault(
  { verification }: BridgeSpec,
  proof: Extract<Call, { kind: 'deliver' }>['proof'],
  now: number,
  genuine: boolean,
): string | null {
  if (verification.kind !== 'quorum' || proof.kind !== 'quorum') throw new Error('The model knows quorums.')
  const retired = verification.retiredSets?.find(({ setIndex }) => setIndex === proof.setIndex)
  const set =
    proof.setIndex === verification.setIndex
      ? { members: verification.verifiers.map(({ address }) => address), threshold: verification.threshold }
      : retired !== undefined && now <= retired.validUntil
        ? { members: retired.verifiers, threshold: retired.threshold }
        : null
  if (set === null) return 'set-expired'
  const signers = proof.signatures.map(({ verifier }) => verifier)
  const ascending = signers.every((signer, i) => i === 0 || signer > signers[i - 1]!)
  const belong = signers.every((signer) => set.members.includes(signer))
  return signers.length >= set.threshold && ascending && belong && genuine ? null : 'quorum-missing'
}
