// A plain second implementation of the bridges that no verifier vouches for, on one chain: clients of another chain's headers, the
// contracts of its rollups with their roots and proofs, exits under them, and hash locks (in a file of their own). It shares no code with the settlement core
// (types are its only imports) and has no undo: a re-org folds the surviving blocks from genesis. Rules: Rainbow Bridge and IBC (headers,
// trusting period, misbehaviour), OP Stack and ZKsync (batches, roots, challenges, proofs, exits).
import type {
  BlockHeader,
  BridgeMessage,
  BridgeSpec,
  Call,
  ChainSpec,
  Genesis,
  NetworkSpec,
  SignedHeader,
  Transaction,
} from '@solvent/protocol'
import { GAS_TOKEN, holder, type Lock, type LockCall, runLock, textOf } from './reference-locks.ts'

type Offer = Pick<Transaction, 'from' | 'call' | 'gasLimit' | 'maxFeePerGas' | 'maxPriorityFeePerGas'>

export interface ProofBlock {
  /** Chain time, Unix seconds. */
  readonly time: number
  /** Of the newest final block that its parent knows of. */
  readonly finalTime: number
  readonly producer: string
  readonly transactions: readonly Offer[]
}

type Refusal = string | null
/** What a transaction came to; `told` is how far a client has come, or that it has stopped. */
export interface ProofOutcome {
  readonly reason: Refusal
  readonly gasUsed: number
  readonly told: readonly (number | 'stopped')[]
}

/** What the model is told, as it hashes nothing itself. */
export interface ProofTables {
  readonly gasOf: (call: Call) => number
  /** A header's hash, and whether its producer has signed it. */
  readonly hashOf: (header: BlockHeader) => string
  readonly isSigned: (header: SignedHeader) => boolean
  /** The message that a branch under a root leads to; null for none. */
  readonly leadsTo: (root: string, branch: { leaf: number; path: readonly string[] }) => BridgeMessage | null
  /** The hash that a preimage opens. */
  readonly opens: (preimage: string) => string
  /** The contract that holds the bonds of a rollup. */
  readonly contractOf: (rollup: ChainSpec) => string
}

type CallOf<K extends Call['kind']> = Extract<Call, { kind: K }>
type Proof<K extends CallOf<'deliver'>['proof']['kind']> = Extract<CallOf<'deliver'>['proof'], { kind: K }>
type Rollup = ChainSpec & { readonly consensus: Exclude<ChainSpec['consensus'], { kind: 'l1' }> }

interface Root {
  block: number
  stateRoot: string
  outboxRoot: string
  by: string
  at: number
  hasBond: boolean
}

interface Inbox {
  batchedTo: number
  /** By the number of a batch's last block. */
  batches: Map<number, { tip: string; at: number }>
  roots: Root[]
}

interface Known {
  header: BlockHeader
  final: boolean
}

interface Client {
  headers: Map<string, Known>
  provableTo: number
  isStopped: boolean
}

interface World {
  /** `kind|owner|token` → amount. */
  balances: Map<string, bigint>
  delivered: Map<string, string>
  inboxes: Map<number, Inbox>
  /** `bridge|source` → client. */
  clients: Map<string, Client>
  /** `bridge|everything it was made of` → lock. */
  locks: Map<string, Lock>
}

/** One chain. */
export class ProofChain {
  readonly #spec: NetworkSpec
  readonly #genesis: Genesis
  readonly #tables: ProofTables
  readonly #lockNames: ReadonlyMap<string, string>
  readonly #blocks: ProofBlock[] = []
  #world: World
  #block: ProofBlock = { time: 0, finalTime: 0, producer: '', transactions: [] }
  #told: (number | 'stopped')[] = []

  /** `lockNames`: the id of each lock that has been made → what it was made of, as `lockText` has it. */
  constructor(
    spec: NetworkSpec,
    genesis: Genesis,
    tables: ProofTables,
    lockNames: ReadonlyMap<string, string>,
  ) {
    this.#spec = spec
    this.#genesis = genesis
    this.#tables = tables
    this.#lockNames = lockNames
    this.#world = this.#atGenesis()
  }

  /** Adds a block to the branch and tells what became of its transactions. */
  append(block: ProofBlock): ProofOutcome[] {
    this.#blocks.push(block)
    this.#block = block
    return block.transactions.map((transaction) => this.#run(transaction))
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
    this.#world = {
      balances: new Map(),
      delivered: new Map(),
      inboxes: new Map(),
      clients: new Map(),
      locks: new Map(),
    }
    for (const { kind, owner, token, amount } of this.#genesis.balances)
      this.#move(`SUPPLY||${token}`, `${kind}|${owner}|${token}`, amount)
    for (const { chainId, consensus } of this.#spec.chains)
      if (consensus.kind !== 'l1' && consensus.l1 === this.#genesis.chainId)
        this.#world.inboxes.set(chainId, { batchedTo: 0, batches: new Map(), roots: [] })
    return this.#world
  }

  #run({ from, call, gasLimit, ...offer }: Offer): ProofOutcome {
    const { baseFee } = this.#spec.chains.find(({ chainId }) => chainId === this.#genesis.chainId)!
    const gasUsed = Math.min(this.#tables.gasOf(call), gasLimit)
    const room = offer.maxFeePerGas - baseFee
    const tip = room < offer.maxPriorityFeePerGas ? room : offer.maxPriorityFeePerGas
    this.#add(holder(from, GAS_TOKEN), -BigInt(gasUsed) * (baseFee + tip))
    this.#add(`BURN||${GAS_TOKEN}`, BigInt(gasUsed) * baseFee)
    this.#add(`GAS_FEE|${this.#block.producer}|${GAS_TOKEN}`, BigInt(gasUsed) * tip)
    if (gasLimit < this.#tables.gasOf(call)) return { reason: 'out-of-gas', gasUsed, told: [] }
    const before = copyOf(this.#world)
    this.#told = []
    const reason = this.#call(call, from)
    if (reason !== null) this.#world = before
    return { reason, gasUsed, told: reason === null ? this.#told : [] }
  }

  #call(call: Call, from: string): Refusal {
    if (call.kind === 'submit-headers') return this.#follow(call)
    if (call.kind === 'deliver') return this.#deliver(call)
    if (call.kind === 'post-batch') return this.#batch(call, from)
    if (call.kind === 'post-root') return this.#propose(call, from)
    if (call.kind === 'post-proof') return this.#prove(call, from)
    if (call.kind === 'challenge') return this.#challenge(call, from)
    if (call.kind === 'hash-lock-create') return this.#lock(call, from)
    if (call.kind === 'hash-lock-withdraw' || call.kind === 'hash-lock-cancel') return this.#lock(call, from)
    throw new Error(`The model knows no ${call.kind}.`)
  }

  // Clients of another chain's headers.

  #follow({ bridge, source, form, headers }: CallOf<'submit-headers'>): Refusal {
    const spec = this.#bridge(bridge)
    if (spec === undefined) return 'unknown-bridge'
    const chain = this.#chain(source)
    if (chain === undefined || source === this.#genesis.chainId) return 'wrong-chain'
    const { verification } = spec
    if (verification.kind !== 'light-client' && verification.kind !== 'canonical') return 'header-refused'
    if (verification.form !== form) return 'header-refused'
    if (verification.kind === 'canonical' && this.#own().consensus.kind === 'l1') return 'wrong-chain'
    if (verification.kind === 'canonical' && (this.#own() as Rollup).consensus.l1 !== source)
      return 'wrong-chain'
    const key = `${bridge}|${source}`
    const client = this.#world.clients.get(key) ?? { headers: new Map(), provableTo: -1, isStopped: false }
    this.#world.clients.set(key, client)
    const stopped = this.#stopped(spec, client)
    if (stopped !== null) return stopped
    for (const signed of headers) {
      const { header } = signed
      const hash = this.#tables.hashOf(header)
      if (client.headers.has(hash)) continue
      const isLinked = client.headers.size === 0 || client.headers.has(header.parentHash)
      const isProducer = chain.producers.some(({ address }) => address === header.producer)
      if (header.chainId !== source || !isLinked || !isProducer || !this.#tables.isSigned(signed))
        return 'header-refused'
      client.headers.set(hash, { header, final: false })
    }
    const tip = headers.at(-1)
    if (tip === undefined) return 'header-refused'
    this.#told.push(this.#advance(spec, chain, client, this.#tables.hashOf(tip.header)))
    return null
  }

  /** Why a client takes nothing any more. */
  #stopped({ verification }: BridgeSpec, { isStopped, headers }: Client): Refusal {
    if (isStopped) return 'client-frozen'
    const trusting = 'trustingPeriodMs' in verification ? verification.trustingPeriodMs / 1_000 : 0
    const newest = Math.max(...[...headers.values()].map(({ header }) => header.timestamp))
    return headers.size > 0 && this.#block.time - newest > trusting ? 'client-expired' : null
  }

  /** The headers from the tip down to one that is final already; those from the first that is firm on are final now. */
  #advance(spec: BridgeSpec, source: ChainSpec, client: Client, tip: string): number | 'stopped' {
    const line: [string, Known][] = []
    for (let hash = tip; ; hash = line.at(-1)![1].header.parentHash) {
      const known = client.headers.get(hash)
      if (known === undefined || known.final) break
      line.push([hash, known])
    }
    const settles = source.consensus.kind !== 'l1' && this.#world.inboxes.has(source.chainId)
    const isOrdered = settles && spec.finality !== 'unsafe'
    // More than two thirds of the producers, unless the word of one is enough or this chain itself has ordered the source.
    const many = Math.floor((source.producers.length * 2) / 3) + 1
    const signersNeeded = isOrdered || spec.finality === 'unsafe' ? 1 : many
    const said = client.headers.get(tip)!.header
    const isFirm = ([hash, { header }]: [string, Known]): boolean => {
      if (isOrdered) return this.#isSettled(spec, source as Rollup, header.number, hash)
      if (spec.finality === 'unsafe') return true
      return header.number <= (spec.finality === 'safe' ? said.justified : said.finalized)
    }
    const first = line.findIndex((each, i) => {
      const signers = new Set(line.slice(0, i + 1).map(([, { header }]) => header.producer))
      return isFirm(each) && signers.size >= signersNeeded
    })
    if (first < 0) return client.provableTo
    const final = line.slice(first).map(([, known]) => known)
    const mayReorganise = spec.finality === 'unsafe'
    if (!mayReorganise && final.some(({ header }) => header.number <= client.provableTo)) {
      client.isStopped = true
      return 'stopped'
    }
    for (const known of final) known.final = true
    client.provableTo = final[0]!.header.number
    return client.provableTo
  }

  /** What this chain, as its L1, has made of a rollup's header. */
  #isSettled({ finality }: BridgeSpec, rollup: Rollup, number: number, hash: string): boolean {
    const { batches, roots } = this.#world.inboxes.get(rollup.chainId)!
    const batch = batches.get(number)
    if (batch?.tip !== hash) return false
    if (finality === 'safe') return true
    const isZk = rollup.consensus.kind === 'zk'
    const at = isZk ? roots.find(({ block }) => block === number)?.at : batch.at
    if (at === undefined || at > this.#block.finalTime) return false
    return finality === 'finalized' || typeof this.#exitable(rollup, number) !== 'string'
  }

  // Deliveries.

  #deliver({ message, proof }: CallOf<'deliver'>): Refusal {
    const spec = this.#bridge(message.bridge)
    if (spec === undefined) return 'unknown-bridge'
    if (message.dstChainId !== this.#genesis.chainId) return 'wrong-destination'
    const key = [message.bridge, message.srcChainId, message.emitter, message.sequence].join('|')
    const known = this.#world.delivered.get(key)
    if (known === textOf(message)) return 'already-delivered'
    const refused = this.#unproven(spec, message, proof)
    if (known !== undefined) return refused === null ? null : 'conflicting-message'
    if (refused !== null) return refused
    this.#world.delivered.set(key, textOf(message))
    return this.#pay(spec, message)
  }

  #unproven(spec: BridgeSpec, message: BridgeMessage, proof: CallOf<'deliver'>['proof']): Refusal {
    const { kind } = spec.verification
    const isExit = kind === 'canonical' && this.#world.inboxes.has(message.srcChainId)
    if (isExit) return proof.kind === 'rollup-root' ? this.#unrooted(message, proof) : 'bad-proof'
    if (kind === 'none' || proof.kind !== 'header-inclusion') return 'bad-proof'
    return this.#unincluded(spec, message, proof)
  }

  #unincluded(spec: BridgeSpec, message: BridgeMessage, proof: Proof<'header-inclusion'>): Refusal {
    const client = this.#world.clients.get(`${spec.address}|${message.srcChainId}`)
    if (client === undefined) return 'header-unknown'
    const stopped = this.#stopped(spec, client)
    if (stopped !== null) return stopped
    const known = client.headers.get(proof.header)
    if (known === undefined || !known.final) return 'header-unknown'
    return this.#proves(known.header.outboxRoot, proof, message)
  }

  #unrooted(message: BridgeMessage, proof: Proof<'rollup-root'>): Refusal {
    const inbox = this.#world.inboxes.get(message.srcChainId)!
    if (inbox.batches.get(proof.block)?.tip !== proof.header) return 'unknown-root'
    const root = this.#exitable(this.#chain(message.srcChainId) as Rollup, proof.block)
    return typeof root === 'string' ? root : this.#proves(root.outboxRoot, proof, message)
  }

  #proves(root: string, branch: { leaf: number; path: readonly string[] }, message: BridgeMessage): Refusal {
    return textOf(this.#tables.leadsTo(root, branch)) === textOf(message) ? null : 'bad-proof'
  }

  #pay({ address, custody, routes }: BridgeSpec, { emitter, payload }: BridgeMessage): Refusal {
    if (payload.kind !== 'transfer') throw new Error('Only transfers are paid.')
    const { token, amount, recipient } = payload
    if (custody.kind === 'hash-lock') return 'wrong-custody'
    const isHere = (end: { chainId: number; token: string }) =>
      end.chainId === this.#genesis.chainId && end.token === token
    const route = routes.find(({ home, wrapped }) => [home, ...wrapped].some(isHere))
    if (route === undefined) return 'unknown-token'
    if (emitter !== address || this.#isContract(recipient)) return 'not-authorised'
    if (amount <= 0n) return 'zero-amount'
    const from = isHere(route.home) ? `BRIDGE_LOCK|${address}|${token}` : `SUPPLY||${token}`
    return this.#move(from, holder(recipient, token), amount) === null ? null : 'lock-exhausted'
  }

  // A rollup's contracts on its L1.

  #batch(call: CallOf<'post-batch'>, from: string): Refusal {
    const { rollup: id, fromBlock, toBlock, after, tip } = call
    const inbox = this.#world.inboxes.get(id)
    const rollup = this.#chain(id) as Rollup
    if (inbox === undefined) return 'wrong-chain'
    if (!rollup.producers.some(({ address }) => address === from)) return 'not-authorised'
    const elapsed = this.#block.time * 1_000 - this.#spec.genesisMs
    if (after !== (inbox.batches.get(inbox.batchedTo)?.tip ?? null)) return 'bad-batch'
    if (fromBlock <= inbox.batchedTo || toBlock < fromBlock || toBlock * rollup.slotMs > elapsed)
      return 'bad-batch'
    if (fromBlock * rollup.slotMs + rollup.consensus.sequencingWindowMs < elapsed) return 'window-closed'
    inbox.batchedTo = toBlock
    inbox.batches.set(toBlock, { tip, at: this.#block.time })
    return null
  }

  #propose({ rollup: id, block, ...roots }: CallOf<'post-root'>, from: string): Refusal {
    const inbox = this.#world.inboxes.get(id)
    const rollup = this.#chain(id)
    if (inbox === undefined || rollup === undefined) return 'wrong-chain'
    if (rollup.consensus.kind !== 'optimistic') return 'bad-batch'
    const { proposers, rootBond } = rollup.consensus
    const isProducer = rollup.producers.some(({ address }) => address === from)
    if (proposers !== 'anyone' && !isProducer) return 'not-authorised'
    if (block <= (inbox.roots.at(-1)?.block ?? 0) || !inbox.batches.has(block)) return 'bad-batch'
    const bonds = `BOND|${this.#tables.contractOf(rollup)}|${GAS_TOKEN}`
    for (const root of inbox.roots) {
      if (!root.hasBond || this.#waits(root, rollup.consensus.challengeWindowMs)) continue
      root.hasBond = false
      this.#move(bonds, holder(root.by, GAS_TOKEN), rootBond)
    }
    const { stateRoot, outboxRoot } = roots
    inbox.roots.push({ block, stateRoot, outboxRoot, by: from, at: this.#block.time, hasBond: true })
    return this.#move(holder(from, GAS_TOKEN), bonds, rootBond)
  }

  #prove(call: CallOf<'post-proof'>, from: string): Refusal {
    const { rollup: id, block, stateRoot, outboxRoot, header } = call
    const inbox = this.#world.inboxes.get(id)
    const rollup = this.#chain(id)
    if (inbox === undefined || rollup === undefined) return 'wrong-chain'
    if (rollup.consensus.kind !== 'zk') return 'bad-batch'
    if (!rollup.producers.some(({ address }) => address === from)) return 'not-authorised'
    const batch = inbox.batches.get(block)
    if (block <= (inbox.roots.at(-1)?.block ?? 0) || batch === undefined) return 'bad-batch'
    const isOf = header.stateRoot === stateRoot && header.outboxRoot === outboxRoot
    if (!isOf || this.#tables.hashOf(header) !== batch.tip) return 'bad-header'
    const { prover, proverFee } = rollup.consensus
    inbox.roots.push({ block, stateRoot, outboxRoot, by: from, at: this.#block.time, hasBond: false })
    return this.#move(holder(from, GAS_TOKEN), holder(prover, GAS_TOKEN), proverFee)
  }

  #challenge(call: CallOf<'challenge'>, from: string): Refusal {
    const { rollup: id, block, stateRoot, outboxRoot, header } = call
    const inbox = this.#world.inboxes.get(id)
    const rollup = this.#chain(id)
    if (inbox === undefined || rollup === undefined) return 'wrong-chain'
    if (rollup.consensus.kind !== 'optimistic') return 'bad-batch'
    const { challengeWindowMs, rootBond } = rollup.consensus
    const place = inbox.roots.findIndex((root) => root.block === block)
    const root = inbox.roots[place]
    if (root === undefined || root.stateRoot !== stateRoot || root.outboxRoot !== outboxRoot)
      return 'unknown-root'
    if (!this.#waits(root, challengeWindowMs)) return 'window-closed'
    if (this.#tables.hashOf(header) !== inbox.batches.get(block)!.tip) return 'bad-header'
    const bonds = `BOND|${this.#tables.contractOf(rollup)}|${GAS_TOKEN}`
    const isRight = header.stateRoot === stateRoot && header.outboxRoot === outboxRoot
    if (isRight && this.#move(holder(from, GAS_TOKEN), bonds, rootBond) !== null)
      return 'insufficient-balance'
    // Half of the loser's bond, rounded down, is the winner's; the rest burns.
    this.#move(bonds, holder(isRight ? root.by : from, GAS_TOKEN), rootBond / 2n)
    this.#move(bonds, `BURN||${GAS_TOKEN}`, rootBond - rootBond / 2n)
    if (isRight) return null
    for (const { by } of inbox.roots.splice(place).slice(1))
      this.#move(bonds, holder(by, GAS_TOKEN), rootBond)
    return null
  }

  #waits({ at }: Root, windowMs: number): boolean {
    return this.#block.time * 1_000 < at * 1_000 + windowMs
  }

  /** The root of a block that exits may rely on, or why they may not. */
  #exitable({ chainId, consensus }: Rollup, number: number): Root | string {
    const root = this.#world.inboxes.get(chainId)!.roots.find(({ block }) => block === number)
    if (root === undefined) return 'unknown-root'
    const wait = consensus.kind === 'zk' ? consensus.executionDelayMs : consensus.challengeWindowMs
    return this.#waits(root, wait) ? 'not-yet-proven' : root
  }

  #lock(call: LockCall, from: string): Refusal {
    return runLock(call, {
      spec: this.#bridge(call.bridge),
      chainId: this.#genesis.chainId,
      locks: this.#world.locks,
      nameOf: (id) => this.#lockNames.get(id) ?? '',
      opens: this.#tables.opens,
      isContract: (account) => this.#isContract(account),
      move: (one, other, amount) => this.#move(one, other, amount),
      now: this.#block.time,
      from,
    })
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

  #bridge(address: string): BridgeSpec | undefined {
    return this.#spec.bridges.find((bridge) => bridge.address === address)
  }

  #chain(id: number): ChainSpec | undefined {
    return this.#spec.chains.find(({ chainId }) => chainId === id)
  }

  #own(): ChainSpec {
    return this.#chain(this.#genesis.chainId)!
  }

  #isContract(address: string): boolean {
    const isSettler = this.#spec.chains.some(({ settler }) => settler === address)
    return address === GAS_TOKEN || isSettler || this.#bridge(address) !== undefined
  }
}

function copyOf({ balances, delivered, inboxes, clients, locks }: World): World {
  const mapped = <K, V>(map: Map<K, V>, copy: (value: V) => V) =>
    new Map([...map].map(([key, value]) => [key, copy(value)]))
  return {
    balances: new Map(balances),
    delivered: new Map(delivered),
    inboxes: mapped(inboxes, ({ batchedTo, batches, roots }) => ({
      batchedTo,
      batches: new Map(batches),
      roots: roots.map((root) => ({ ...root })),
    })),
    clients: mapped(clients, (client) => ({
      ...client,
      headers: mapped(client.headers, (known) => ({ ...known })),
    })),
    locks: mapped(locks, (lock) => ({ ...lock })),
  }
}
