// Funds of assets outside the chain, V-6: shares are sold at the mark; redemptions are paid in the order of their requests, after their notice, at
// the mark that the terms name, through the gate; the fund has the coins that came in and did not go out, and the shares that wait. Rounding by
// cross-multiplication.
import type { Address } from '@solvent/primitives'
import type { ChainEvent, NavFundEvent, NavFundSpec } from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { WriteLog } from './credit-undo.ts'
import type { Tally } from './tally.ts'

interface Waiting {
  readonly holder: Address
  readonly shares: bigint
  readonly since: number
  readonly markE8: bigint
}

interface State {
  readonly cash: bigint
  readonly queue: readonly Waiting[]
  readonly markedAt: number
  /** Paid since that mark. */
  readonly paidShares: bigint
}

interface Fund {
  readonly spec: NavFundSpec
  state: State
}

type Played = { readonly state: State; readonly problem: string | null }

const BPS = 10_000n
const PRICE_ONE = 10n ** 8n

export class NavFundRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #funds = new Map<Address, Fund>()
  readonly #writes = new WriteLog()

  constructor(tally: Tally, index: NetworkIndex) {
    this.#tally = tally
    this.#index = index
    for (const spec of index.spec.derivatives)
      if (spec.kind === 'nav-fund')
        this.#funds.set(spec.address, {
          spec,
          state: { cash: spec.buffer, queue: [], markedAt: 0, paidShares: 0n },
        })
  }

  event(scope: Scope, event: ChainEvent): void {
    if (!('navFund' in event)) return
    this.#tally.checked['V-6']++
    const fund = this.#funds.get(event.navFund)
    if (fund?.spec.chainId !== scope.chain.chainId) {
      this.#tally.breach('V-6', scope.atMs, scope.chain.chainId, `there is no fund ${event.navFund} here`)
      return
    }
    const before = fund.state
    const supply = -this.#book(fund.spec, fund.spec.share).sum('SUPPLY')
    const { state, problem } = played(fund, event, scope.timestamp, supply)
    fund.state = state
    this.#writes.note(scope.block.hash, () => {
      fund.state = before
    })
    if (problem !== null) this.#breach(scope.atMs, fund, problem)
    this.#sound(scope.atMs, fund)
  }

  sums(atMs: number): void {
    for (const fund of this.#funds.values()) this.#sound(atMs, fund)
  }

  undoBlock(hash: string): void {
    this.#writes.undo(hash)
  }

  #book({ chainId }: NavFundSpec, token: Address) {
    return this.#index.chains.get(chainId)!.book.token(token)
  }

  #sound(atMs: number, fund: Fund): void {
    this.#tally.checked['V-6']++
    const { spec, state } = fund
    const coins = this.#book(spec, spec.token).balance('POOL', spec.address)
    const shares = this.#book(spec, spec.share).balance('POOL', spec.address)
    const waiting = state.queue.reduce((sum, each) => sum + each.shares, 0n)
    if (coins !== state.cash)
      this.#breach(atMs, fund, `holds ${coins}, what came in and went out leaves ${state.cash}`)
    if (shares !== waiting) this.#breach(atMs, fund, `holds ${shares} shares, and ${waiting} wait`)
  }

  #breach(atMs: number, { spec }: Fund, detail: string): void {
    this.#tally.breach('V-6', atMs, spec.chainId, `fund ${spec.name} ${detail}`)
  }
}

function played(fund: Fund, event: NavFundEvent, now: number, supply: bigint): Played {
  const { state } = fund
  if (event.kind === 'buffer-filled')
    return { state: { ...state, cash: state.cash + event.amount }, problem: null }
  const { markedAt } = event
  const at = markedAt > state.markedAt ? { ...state, markedAt, paidShares: 0n } : state
  if (markedAt < state.markedAt)
    return { state, problem: `goes back to the mark of ${markedAt} from that of ${state.markedAt}` }
  switch (event.kind) {
    case 'nav-subscribed':
      return {
        state: { ...at, cash: at.cash + event.amount },
        problem: isWorth(event.shares, event.markE8, event.amount, 'shares')
          ? null
          : `gives ${event.shares} shares for ${event.amount} at ${event.markE8}`,
      }
    case 'redemption-requested': {
      const { holder, shares, markE8 } = event
      return { state: { ...at, queue: [...at.queue, { holder, shares, since: now, markE8 }] }, problem: null }
    }
    case 'redemptions-paid':
      return paid({ ...fund, state: at }, event, now, supply)
  }
}

function paid(
  { spec, state }: Fund,
  { payments, markE8 }: Extract<NavFundEvent, { kind: 'redemptions-paid' }>,
  now: number,
  supply: bigint,
): Played {
  const queue = [...state.queue]
  let [{ cash }, problem, all] = [state, null as string | null, 0n]
  for (const { holder, shares, amount } of payments) {
    const head = queue[0]
    cash -= amount
    all += shares
    if (head === undefined || head.holder !== holder || head.shares < shares) {
      problem ??= `pays ${holder} ${shares} shares out of turn`
      continue
    }
    if (now < head.since + spec.noticeSeconds) problem ??= `pays ${holder} before its notice is over`
    const price = spec.pricedAt === 'request' ? head.markE8 : markE8
    if (!isWorth(shares, price, amount, 'coins'))
      problem ??= `pays ${amount} for ${shares} shares at ${price}`
    if (head.shares === shares) queue.shift()
    else queue[0] = { ...head, shares: head.shares - shares }
  }
  const paidShares = state.paidShares + all
  // What has been burned is back among the shares of the moment.
  if (paidShares * BPS > (supply + paidShares) * spec.gateBps)
    problem ??= `lets ${paidShares} shares through its gate, of ${supply + paidShares}`
  return { state: { ...state, cash, queue, paidShares }, problem }
}

/** Whether the one is what the other is worth, rounded down. */
function isWorth(shares: bigint, markE8: bigint, coins: bigint, rounded: 'shares' | 'coins'): boolean {
  if (rounded === 'coins')
    return coins * PRICE_ONE <= shares * markE8 && (coins + 1n) * PRICE_ONE > shares * markE8
  return shares * markE8 <= coins * PRICE_ONE && (shares + 1n) * markE8 > coins * PRICE_ONE
}
