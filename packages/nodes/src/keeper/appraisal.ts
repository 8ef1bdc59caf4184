// What things are worth to a keeper: coins at the world's price, or where the world has none at what the pool believes; gas at the
// base fee of the next block.
import { type Address, BPS, maxBig, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type Call,
  type ChainSpec,
  type LendingPlace,
  lendingPlaces,
  type NetworkSpec,
  type PriceBook,
  priceAt,
  valueE8,
} from '@solvent/protocol'
import { gasOfCall, type Moment } from '@solvent/settlement'

/** When a keeper decides. */
export interface KeeperNow {
  /** Timestamp of the block that it aims at. */
  readonly atSeconds: number
  readonly elapsedMs: number
  readonly baseFee: bigint
}

const GAS_DECIMALS = 18
const ONE_GAS_TOKEN = 10n ** 18n

export class Appraisal {
  readonly #prices: PriceBook
  readonly #assets = new Map<string, LendingPlace['assets'][number]>()
  readonly #gasSymbol: string

  constructor(spec: NetworkSpec, chain: ChainSpec, prices: PriceBook) {
    this.#prices = prices
    for (const { address, assets } of lendingPlaces(spec))
      for (const asset of assets) this.#assets.set(`${address}/${asset.token}`, asset)
    const gas = spec.tokens.find(
      ({ chainId, address }) => chainId === chain.chainId && address === ZERO_ADDRESS,
    )
    if (gas === undefined) throw new Error(`Chain ${chain.name} has no gas token.`)
    this.#gasSymbol = gas.symbol
  }

  /** Numeraire with eight decimals. */
  valueE8(
    of: { readonly pool: Address; readonly token: Address; readonly amount: bigint },
    moment: Moment,
    { elapsedMs }: KeeperNow,
  ): bigint {
    const asset = this.#assets.get(`${of.pool}/${of.token}`)
    if (asset === undefined) return 0n
    const isKnown = this.#prices.some(({ symbol }) => symbol === asset.symbol)
    const priceE8 = isKnown
      ? priceAt(this.#prices, asset.symbol, elapsedMs)
      : (moment.priceOf(of.token) ?? 0n)
    return valueE8(of.amount, asset.decimals, priceE8)
  }

  gasE8(calls: readonly Call[], { baseFee, elapsedMs }: KeeperNow): bigint {
    const gas = calls.reduce((sum, call) => sum + BigInt(gasOfCall(call)), 0n)
    return valueE8(gas * baseFee, GAS_DECIMALS, this.#gasPriceE8(elapsedMs))
  }

  /** What a priority fee costs for a call. */
  tipE8(call: Call, perGas: bigint, { elapsedMs }: KeeperNow): bigint {
    return valueE8(BigInt(gasOfCall(call)) * perGas, GAS_DECIMALS, this.#gasPriceE8(elapsedMs))
  }

  /** Wei per gas of a call that a share of a profit pays for. */
  bidPerGas(call: Call, profitE8: bigint, shareBps: number, { elapsedMs }: KeeperNow): bigint {
    const priceE8 = this.#gasPriceE8(elapsedMs)
    const bidE8 = (maxBig(profitE8, 0n) * BigInt(shareBps)) / BPS
    return priceE8 === 0n ? 0n : (bidE8 * ONE_GAS_TOKEN) / priceE8 / BigInt(gasOfCall(call))
  }

  #gasPriceE8(elapsedMs: number): bigint {
    return priceAt(this.#prices, this.#gasSymbol, elapsedMs)
  }
}
