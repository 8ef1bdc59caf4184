// How the summary writes what contracts did: names of chains, and shares of amounts.
import type { RunReport } from '@solvent/nodes'

/** What the chain is called. */
export function chainName({ chains }: RunReport, chainId: number): string {
  return chains.find((chain) => chain.chainId === chainId)?.name ?? String(chainId)
}

const RATIO_SCALE = 10n ** 6n

/** To six decimals, rounded down; null where there is nothing to divide by. */
export function shareOf(part: bigint, whole: bigint): number | null {
  return whole === 0n ? null : Number((part * RATIO_SCALE) / whole) / Number(RATIO_SCALE)
}
