// One liquidity pool of one bridge on one chain, as its events tell it: cash, what other pools owe it, what belongs to the
// providers and in how many shares, and who waits. Base units of the pool's token. The journal must agree (B-6).
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import { type FeeCurve, poolShareToken } from '@solvent/protocol'
import type { ChainBook } from './book.ts'

/** A delivered transfer that waits for cash. */
export interface Waiting {
  readonly message: Hash32
  readonly recipient: Address
  readonly amount: bigint
  readonly fee: bigint
  readonly position: number
  /** Chain time of its delivery, Unix seconds. */
  readonly since: number
}

export const PAR = 10n ** 18n

export class PoolLedger {
  readonly bridge: Address
  readonly chainId: ChainId
  readonly token: Address
  readonly shareToken: Address
  readonly curve: FeeCurve
  cash = 0n
  /** Paid out for other chains less paid in for them. */
  claims = 0n
  /** Deposits, refills and fees less withdrawals and losses at a wrong rate. */
  value = 0n
  shares = 0n
  /** Rates that the issuer has set, the newest last; a re-org takes them back. */
  readonly rates: bigint[] = [PAR]
  readonly queue: Waiting[] = []
  nextPosition = 0
  /** Longest wait of a payout that has been made, seconds. */
  longestWait = 0
  /** Fees earned, and what payouts at another rate than one for one have cost. */
  fees = 0n
  rateLoss = 0n
  readonly #book: ChainBook

  constructor(bridge: Address, curve: FeeCurve, end: { chainId: ChainId; token: Address }, book: ChainBook) {
    this.bridge = bridge
    this.curve = curve
    this.chainId = end.chainId
    this.token = end.token
    this.shareToken = poolShareToken(bridge, end.chainId, end.token)
    this.#book = book
  }

  /** Takes over what genesis put in: all cash is the providers'. */
  begin(): void {
    this.cash = this.bookedCash
    this.value = this.cash
    this.shares = this.bookedShares
  }

  get bookedCash(): bigint {
    return this.#book.token(this.token).balance('POOL', this.bridge)
  }

  get bookedShares(): bigint {
    return -this.#book.token(this.shareToken).balance('SUPPLY', '')
  }

  get used(): bigint {
    return this.claims > 0n ? this.claims : 0n
  }

  get rate(): bigint {
    return this.rates[this.rates.length - 1]!
  }

  /** What those who wait are owed, as their messages say it. */
  get queued(): bigint {
    return this.queue.reduce((sum, { amount }) => sum + amount, 0n)
  }

  /** What a transfer is paid at the rate of now. */
  payoutOf(amount: bigint, fee: bigint): bigint {
    return ((amount - fee) * this.rate) / PAR
  }
}
