// Depth that a provider takes out of a market: a part of what it has there when the order comes, from followed blocks and less what its own
// withdrawals under way will take: shares, ranges of its own, and shares of the vaults that own ranges.
import type { Address, ChainId } from '@solvent/primitives'
import {
  type Block,
  type ControlMessage,
  type Genesis,
  type MarketCall,
  type MarketSpec,
  marketShareToken,
  type RangeVault,
} from '@solvent/protocol'
import { MarketMirror } from '@solvent/settlement'
import { KeeperPurse } from '../keeper/keeper-purse.ts'

export type DepthOrder = Extract<ControlMessage, { kind: 'withdraw-depth' }>

interface Withdrawal {
  readonly ref: string
  readonly call: MarketCall
}

export type Withdrawn =
  | { readonly status: 'calls'; readonly chainId: ChainId; readonly withdrawals: readonly Withdrawal[] }
  | { readonly status: 'refused'; readonly reason: 'unknown-market' | 'nothing-to-withdraw' }

/** Something that it has at a market, and how it gives so much of it back. */
interface Stake {
  readonly key: string
  readonly has: bigint
  readonly leave: (amount: bigint) => MarketCall
}

type Ticks = Pick<RangeVault, 'tickLower' | 'tickUpper'>

const MILLION = 1_000_000n
/** The last second that 32 bits can say. */
const NEVER = 2 ** 32 - 1

export class DepthWithdrawal {
  readonly #self: Address
  readonly #markets: ReadonlyMap<Address, MarketMirror>
  readonly #purses: ReadonlyMap<number, KeeperPurse>
  /** Ranges that it has, or has had, by market. */
  readonly #ranges = new Map<Address, Map<string, Ticks>>()
  readonly #underWay = new Map<string, { readonly key: string; readonly amount: bigint }>()

  constructor(self: Address, markets: readonly MarketSpec[], genesis: readonly Genesis[]) {
    this.#self = self
    this.#markets = new Map(markets.map((spec) => [spec.address, new MarketMirror(spec, genesis)]))
    this.#purses = new Map(genesis.map((each) => [each.chainId, new KeeperPurse(self, each)]))
    for (const { address, design } of markets)
      if (design.kind === 'concentrated')
        for (const { owner, ...ticks } of design.ranges) if (owner === self) this.#noteRange(address, ticks)
  }

  followed(block: Block): void {
    if (this.#markets.size === 0) return
    for (const market of this.#markets.values()) market.followed(block)
    this.#purses.get(block.header.chainId)?.followed(block)
    for (const event of block.receipts.flatMap(({ events }) => events))
      if (event.kind === 'range-minted' && event.owner === this.#self) this.#noteRange(event.market, event)
  }

  orphaned(block: Block): void {
    for (const market of this.#markets.values()) market.orphaned(block)
    if (this.#markets.size > 0) this.#purses.get(block.header.chainId)?.orphaned(block)
  }

  /** A withdrawal of that name is in a block, or never will be. */
  over(ref: string): void {
    this.#underWay.delete(ref)
  }

  /** @param ref begins the names of the withdrawals that come of it */
  withdraw({ market: address, partMillionths }: DepthOrder, ref: string): Withdrawn {
    const market = this.#markets.get(address)
    if (market === undefined) return { status: 'refused', reason: 'unknown-market' }
    const withdrawals = this.#stakesIn(market).flatMap(({ key, has, leave }, index): Withdrawal[] => {
      const amount = ((has - this.#leaving(key)) * BigInt(partMillionths)) / MILLION
      if (amount <= 0n) return []
      const own = `${ref}/${index}`
      this.#underWay.set(own, { key, amount })
      return [{ ref: own, call: leave(amount) }]
    })
    if (withdrawals.length === 0) return { status: 'refused', reason: 'nothing-to-withdraw' }
    return { status: 'calls', chainId: market.spec.chainId, withdrawals }
  }

  #stakesIn(mirror: MarketMirror): Stake[] {
    const { address: market, chainId, design } = mirror.spec
    const purse = this.#purses.get(chainId)
    const held = (token: Address): bigint => purse?.of(token) ?? 0n
    const terms = { market, minAmount0: 0n, minAmount1: 0n, recipient: this.#self, deadline: NEVER }
    if (design.kind === 'order-book') return []
    if (design.kind !== 'concentrated') {
      const shares = marketShareToken(mirror.spec)
      return [
        {
          key: shares,
          has: held(shares),
          leave: (amount) => ({ kind: 'remove-liquidity', ...terms, shares: amount }),
        },
      ]
    }
    const ranges = [...(this.#ranges.get(market) ?? [])].map(
      ([ticks, range]): Stake => ({
        key: `${market}/${ticks}`,
        has: mirror.liquidityOf({ owner: this.#self, ...range }),
        leave: (liquidity) => ({ kind: 'burn-range', ...terms, ...range, liquidity }),
      }),
    )
    const vaults = design.vaults.map(
      ({ address: vault }): Stake => ({
        key: vault,
        has: held(vault),
        leave: (shares) => ({ kind: 'burn-vault-shares', ...terms, vault, shares }),
      }),
    )
    return [...ranges, ...vaults]
  }

  #leaving(key: string): bigint {
    let sum = 0n
    for (const each of this.#underWay.values()) if (each.key === key) sum += each.amount
    return sum
  }

  #noteRange(market: Address, { tickLower, tickUpper }: Ticks): void {
    const known = this.#ranges.get(market) ?? new Map<string, Ticks>()
    known.set(`${tickLower}/${tickUpper}`, { tickLower, tickUpper })
    this.#ranges.set(market, known)
  }
}
