// Funds of assets outside the chain, V-6: shares are sold at the mark; redemptions are paid in the order of their requests, after their notice, at
// the mark that the terms name, through the gate; the fund has the coins that came in and did not go out, and the shares that wait. Rounding by
// cross-multiplication.
import type { Address } from '@solvent/primitives'
import type { ChainEvent, NavFundEvent, NavFundSpec } from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { ContractStates, type Kept, type Played } from './contract-states.ts'
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

type Fund = Kept<NavFundSpec, State>

const BPS = 10_000n
const PRICE_ONE = 10n ** 8n

export class NavFundRules {
  readonly #index: NetworkIndex
  readonly #funds: ContractStates<NavFundSpec, State>

  constructor(tally: Tally, index: NetworkIndex) {
    this.#index = index
    this.#funds = new ContractStates<NavFundSpec, State>(tally, {
      ...{ invariant: 'V-6', what: 'fund' },
      specs: index.spec.derivatives.filter((spec) => spec.kind === 'nav-fund'),
      begin: ({ buffer }) => ({ cash: buffer, queue: [], markedAt: 0, paidShares: 0n }),
      misbooked: (fund) => this.#misbooked(fund),
    })
  }

  event(scope: Scope, event: ChainEvent): void {
    if (!('navFund' in event)) return
    this.#funds.event(scope, event.navFund, (fund) => {
      const supply = -this.#book(fund.spec, fund.spec.share).sum('SUPPLY')
      return played(fund, event, scope.timestamp, supply)
    })
  }

  sums(atMs: number): void {
    this.#funds.sums(atMs)
  }

  undoBlock(hash: string): void {
    this.#funds.undoBlock(hash)
  }

  #book({ chainId }: NavFundSpec, token: Address) {
    return this.#index.chains.get(chainId)!.book.token(token)
  }

  #misbooked({ spec, state: { cash, queue } }: Fund): string[] {
    const coins = this.#book(spec, spec.token).balance('POOL', spec.address)
    const shares = this.#book(spec, spec.share).balance('POOL', spec.address)
    const waiting = queue.reduce((sum, each) => sum + each.shares, 0n)
    return [
      ...(coins === cash ? [] : [`holds ${coins}, what came in and went out leaves ${cash}`]),
      ...(shares === waiting ? [] : [`holds ${shares} shares, and ${waiting} wait`]),
    ]
  }
}

function played(fund: Fund, event: NavFundEvent, now: number, supply: bigint): Played<State> {
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
): Played<State> {
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
