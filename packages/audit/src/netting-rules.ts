// What auctioneers pay for batches, O-18: a solver's reward, less what it has not paid of the protocol's fee, netted with what it owed from before; nothing
// leaves while it owes. A reward is no more than the batch has gained by the solver, or what a period's budget gave it; a fee counts as paid once, and
// together no more than blocks say the solver has paid. Source: CoW Protocol's weekly accounting (docs …/auctions/rewards.md). Numeraire times 10^8.
import { type Address, type NodeId, ZERO_ADDRESS } from '@solvent/primitives'
import type { BatchOutcome, Block, ConsistencyShares, DomainEvent, NetworkSpec } from '@solvent/protocol'
import type { Tally } from './tally.ts'

type Paid = Extract<DomainEvent, { kind: 'reward-paid' }>

/** What a batch allows its auctioneer to credit a solver with. */
interface Earned {
  readonly most: bigint
  readonly score: bigint
}

export class NettingRules {
  readonly #tally: Tally
  readonly #spec: NetworkSpec
  readonly #auctioneers: ReadonlyMap<NodeId, Address>
  readonly #addresses: ReadonlySet<Address>
  /** Node and solver → what is left between them; never above zero. */
  readonly #owed = new Map<string, bigint>()
  /** Node, batch or 'consistency', and solver → what is still to be credited. */
  readonly #earned = new Map<string, Earned>()
  readonly #unknown = new Set<string>()
  /** Node and solver → fees that were counted as paid. */
  readonly #counted = new Map<string, bigint>()
  /** Auctioneer and solver → chain and token → what was transferred. */
  readonly #received = new Map<string, Map<string, bigint>>()
  /** Chain and token of outputs → value of one whole unit and decimals, as batches say. */
  readonly #prices = new Map<string, { readonly priceE8: bigint; readonly decimals: number }>()
  /** Transfers that were counted: a block that is taken back may bring them again. */
  readonly #seen = new Set<string>()
  #gasPriceE8: bigint | null = null
  /** False in the process of a live node: what was received is not known there. */
  #readsBlocks = false

  constructor(tally: Tally, spec: NetworkSpec) {
    this.#tally = tally
    this.#spec = spec
    this.#auctioneers = new Map(spec.auctioneers.map(({ node, address }) => [node, address]))
    this.#addresses = new Set(this.#auctioneers.values())
  }

  block({ header, transactions, receipts }: Block): void {
    this.#readsBlocks = true
    if (this.#addresses.size === 0) return
    for (let i = 0; i < transactions.length; i++) {
      const { from, call } = transactions[i]!.transaction
      const receipt = receipts[i]
      if (call.kind !== 'transfer' || receipt?.status !== 'ok' || !this.#addresses.has(call.to)) continue
      if (this.#seen.has(receipt.transactionHash)) continue
      this.#seen.add(receipt.transactionHash)
      const pair = `${call.to}/${from}`
      const tokens = this.#received.get(pair) ?? new Map<string, bigint>()
      const token = `${header.chainId}/${call.token}`
      this.#received.set(pair, tokens.set(token, (tokens.get(token) ?? 0n) + call.amount))
    }
  }

  batchClosed(node: NodeId, { closesAt, lots, rewards }: BatchOutcome): void {
    for (const { pair, priceE8, decimals } of lots)
      this.#prices.set(pair.split('/').slice(2).join('/'), { priceE8, decimals })
    const total = rewards.reduce((sum, { score }) => sum + score, 0n)
    for (const { solver, score, reference } of rewards)
      this.#earned.set(earningKey(node, closesAt, solver), {
        most: total > reference ? total - reference : 0n,
        score,
      })
  }

  shared(node: NodeId, { records }: ConsistencyShares): void {
    for (const { solver, reward } of records)
      this.#earned.set(earningKey(node, null, solver), { most: reward, score: 0n })
  }

  paid(atMs: number, node: NodeId, event: Paid): void {
    if (this.#isBeyondUs(node, event)) return
    this.#tally.checked['O-18']++
    const { solver, rewardE8, feeE8, paidE8, wei } = event
    const account = `${node}/${solver}`
    const balance = (this.#owed.get(account) ?? 0n) + rewardE8 - (feeE8 - paidE8)
    this.#owed.set(account, balance < 0n ? balance : 0n)
    const counted = (this.#counted.get(account) ?? 0n) + paidE8
    this.#counted.set(account, counted)
    const problem =
      this.#earningProblem(node, event) ??
      this.#paymentProblem(event, balance) ??
      this.#feeProblem(node, solver, counted)
    if (problem === null) return
    this.#tally.breach('O-18', atMs, event.chainId, `${node} pays ${solver} ${wei} wei: ${problem}`)
  }

  /** A live node's process that has been restarted did not hear what was decided before, and from then on knows no balance. */
  #isBeyondUs(node: NodeId, { solver, batch }: Paid): boolean {
    const account = `${node}/${solver}`
    if (!this.#readsBlocks && !this.#earned.has(earningKey(node, batch, solver))) this.#unknown.add(account)
    return this.#unknown.has(account)
  }

  #earningProblem(node: NodeId, { solver, batch, rewardE8, feeE8, paidE8 }: Paid): string | null {
    const key = earningKey(node, batch, solver)
    const earned = this.#earned.get(key)
    if (earned === undefined) return `nothing of ${batch ?? 'a period'} is left to credit`
    this.#earned.delete(key)
    if (rewardE8 > earned.most) return `a reward of ${rewardE8}, it earned ${earned.most}`
    if (feeE8 < 0n || feeE8 > earned.score) return `a fee of ${feeE8} on a score of ${earned.score}`
    return paidE8 < 0n || paidE8 > feeE8 ? `${paidE8} paid of a fee of ${feeE8}` : null
  }

  #paymentProblem({ chainId, gasPriceE8, wei }: Paid, balance: bigint): string | null {
    const isOtherPrice = this.#gasPriceE8 !== null && this.#gasPriceE8 !== gasPriceE8
    this.#gasPriceE8 = gasPriceE8
    if (isOtherPrice) return `its asset is worth ${gasPriceE8}, and was worth something else before`
    if (balance <= 0n) return wei === 0n ? null : `it owes ${-balance}`
    const gas = this.#spec.tokens.find((token) => token.chainId === chainId && token.address === ZERO_ADDRESS)
    const unit = 10n ** BigInt(gas?.decimals ?? 18)
    // The whole number below balance · unit / price.
    const isDue = wei * gasPriceE8 <= balance * unit && (wei + 1n) * gasPriceE8 > balance * unit
    return isDue ? null : `${balance} are due`
  }

  #feeProblem(node: NodeId, solver: Address, counted: bigint): string | null {
    if (!this.#readsBlocks || counted === 0n) return null
    let value = 0n
    for (const [token, amount] of this.#received.get(`${this.#auctioneers.get(node)}/${solver}`) ?? []) {
      const price = this.#prices.get(token)
      // What no batch has delivered has no price here.
      if (price === undefined) return null
      value += (amount * price.priceE8) / 10n ** BigInt(price.decimals)
    }
    return counted <= value ? null : `fees of ${counted} count as paid, and ${value} were`
  }
}

function earningKey(node: NodeId, batch: number | null, solver: Address): string {
  return `${node}/${batch ?? 'consistency'}/${solver}`
}
