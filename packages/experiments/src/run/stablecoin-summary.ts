// The algorithmic stablecoins' part of a run's summary; expectations reach it as `stablecoins[ust].tokenGrowth`.
import type { RunReport } from '@solvent/nodes'

export interface StablecoinSummary {
  readonly id: string
  readonly chain: string
  readonly exchanges: number
  /** Stablecoin burned and minted, token minted and burned: base units. */
  readonly redeemed: string
  readonly issued: string
  readonly tokenMinted: string
  readonly tokenBurned: string
  /** In circulation in the end: base units. */
  readonly stableSupply: string
  readonly tokenSupply: string
  /** The token's supply in the end over that at the start. */
  readonly tokenGrowth: number
  /** The least price in pegs at which the token was exchanged; null when it never was. */
  readonly lowPrice: number | null
  /** The largest part of its worth that an exchange did not pay. */
  readonly worstSpreadBps: number
}

export function stablecoinSummaries(report: RunReport): readonly StablecoinSummary[] {
  return report.stablecoins.map((each) => {
    const stableSupply = each.stableAtStart - each.redeemed + each.issued
    const tokenSupply = each.tokenAtStart + each.tokenMinted - each.tokenBurned
    return {
      id: each.id,
      chain: report.chains.find(({ chainId }) => chainId === each.chainId)?.name ?? String(each.chainId),
      exchanges: each.exchanges,
      redeemed: String(each.redeemed),
      issued: String(each.issued),
      tokenMinted: String(each.tokenMinted),
      tokenBurned: String(each.tokenBurned),
      stableSupply: String(stableSupply),
      tokenSupply: String(tokenSupply),
      tokenGrowth: each.tokenAtStart === 0n ? 0 : ratio(tokenSupply, each.tokenAtStart),
      lowPrice: each.lowPriceE8 === null ? null : Number(each.lowPriceE8) / PRICE_SCALE,
      worstSpreadBps: each.worstSpreadBps,
    }
  })
}

const PRICE_SCALE = 1e8
const RATIO_SCALE = 10n ** 6n

/** To six decimals, rounded down. */
function ratio(a: bigint, b: bigint): number {
  return Number((a * RATIO_SCALE) / b) / Number(RATIO_SCALE)
}
