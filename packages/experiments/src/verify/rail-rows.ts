// Published times of a rail that burns on one chain and mints on another, beside simulated ones: from the block with the burn to
// the block with the mint, over a bridge that waits for the finality which the rail waits for.
import { chainPresets } from '../scenario/presets/chain-presets.ts'
import { type FinalityRow, finalityRow } from './finality-row.ts'
import { deedTimes, timedRun } from './timed-run.ts'

/**
 * CCTP's standard transfer, of the chains that the source gives one time for (settlement.md §2, developers.circle.com/cctp).
 * Whole minutes, so that what rounds to 13 or 19 of them is within. Its fast transfer is left out: docs/models/burn-mint.md.
 */
const STANDARD = {
  says: 'CCTP standard: ≈ 65 Ethereum blocks, 13–19 min',
  fromSeconds: 750,
  toSeconds: 1_170,
}
const SOURCES = ['ethereum', 'op-mainnet', 'base', 'arbitrum-one'] as const

/** A block waits for the checkpoint after it, which is final two epochs later (Gasper): 64 to 96 slots, 12.8 to 19.2 min. */
const TOO_SOON: ReadonlyMap<string, string> = new Map([
  ['ethereum', 'the preset counts two epochs from that of the block itself; really one more passes'],
])

/** The last burn comes after twelve hours. */
const RUN_SECONDS = 54_000

/** A bridge measures by asset: each source has a coin of its own. */
const coinOf = (index: number): string => `USDC${index + 1}`

export function railRows(): FinalityRow[] {
  const chains = SOURCES.map((name) => [name, chainPresets.get(name)!] as const)
  const { bridges } = timedRun(chains, RUN_SECONDS, {
    assets: Object.fromEntries(SOURCES.map((_, i) => [coinOf(i), { decimals: 6, price: '1' }])),
    bridges: {
      cctp: {
        custody: { kind: 'burn-mint' },
        verification: { kind: 'quorum', verifiers: 3, threshold: 2 },
        finality: 'finalized',
        sharedDecimals: 6,
        assets: Object.fromEntries(
          SOURCES.map((from, i) => [coinOf(i), { home: from, claims: { [otherThan(from)]: '0' } }]),
        ),
      },
    },
    actors: Object.fromEntries(SOURCES.map((from, i) => [`on-${from}`, burner(from, coinOf(i))])),
  })
  return SOURCES.map((from, i) => {
    const route = bridges.find(({ asset }) => asset === coinOf(i))
    return finalityRow(from, 'minted', STANDARD, route?.secondsToArrival ?? null, TOO_SOON.get(from) ?? null)
  })
}

/** From a rollup to Ethereum, from Ethereum to a rollup. */
function otherThan(from: string): string {
  return from === 'ethereum' ? 'base' : 'ethereum'
}

function burner(from: string, asset: string): object {
  const burn = { do: 'bridge-out', bridge: 'cctp', asset, from, to: otherThan(from), amount: '1' }
  return {
    holdings: { [from]: { [asset]: String(deedTimes.length) } },
    steps: deedTimes.map((atSeconds) => ({ ...burn, atSeconds })),
  }
}
