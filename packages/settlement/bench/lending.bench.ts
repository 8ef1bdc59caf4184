// What a population of borrowers costs when the price of its collateral moves: 100,000 accounts with one collateral and one
// debt, 1,000 steps of the price down, 5 % of them liquidated on the way. The index names whom a move touches; everyone else
// costs nothing.
import {
  borrow,
  LiquidationIndex,
  liquidate,
  newReserve,
  plainLevelQueues,
  plainPool,
  type ReserveConfig,
  supply,
} from '@solvent/settlement'

export const name = 'lending: 100,000 positions under a moving price'

const ACCOUNTS = 100_000
const STEPS = 1_000
const RAY = 10n ** 27n
const E8 = 10n ** 8n

const config: ReserveConfig = {
  decimals: 18,
  ltvBps: 8_000n,
  liquidationThresholdBps: 8_300n,
  liquidationBonusBps: 10_500n,
  liquidationProtocolFeeBps: 1_000n,
  reserveFactorBps: 1_500n,
  supplyCap: 0n,
  borrowCap: 0n,
  borrowing: 'enabled',
  status: 'active',
  liquidationGraceUntil: 0,
  rateCurve: {
    optimalUsageRay: (RAY * 9n) / 10n,
    baseRay: 0n,
    slope1Ray: (RAY * 4n) / 100n,
    slope2Ray: (RAY * 60n) / 100n,
  },
}

export function run(): void {
  const pool = plainPool({ eModes: new Map(), treasury: 'treasury' })
  pool.reserves.set('ETH', newReserve(config, 0))
  pool.reserves.set('USDC', newReserve({ ...config, decimals: 6 }, 0))
  let price = 2_000n * E8
  const priceOf = (asset: string): bigint => (asset === 'ETH' ? price : E8)
  const start = { atSeconds: 0, priceOf }
  const fill = process.cpuUsage()
  supply(pool, { owner: 'bank', asset: 'USDC', amount: 10n ** 16n }, start)
  const index = new LiquidationIndex(plainLevelQueues(), pool, { collateralAsset: 'ETH', debtAsset: 'USDC' })
  for (let i = 0; i < ACCOUNTS; i++) {
    const owner = `account-${i}`
    supply(pool, { owner, asset: 'ETH', amount: 5n * 10n ** 18n }, start)
    // From 20 % to 79 % of what is there, spread evenly.
    const amount = (10_000n * (2_000n + BigInt((i * 7_919) % 5_900)) * 10n ** 6n) / 10_000n
    const borrowed = borrow(pool, { owner, asset: 'USDC', amount }, start)
    if (borrowed.status !== 'ok' || !index.note(owner)) throw new Error('not indexed')
  }
  const filled = process.cpuUsage(fill)
  console.log(`${ACCOUNTS} accounts supplied, borrowed and indexed: ${milliseconds(filled)} ms`)

  const walk = process.cpuUsage()
  let liquidated = 0
  let weighed = 0
  for (let step = 0; step < STEPS; step++) {
    price = 2_000n * E8 - (BigInt(step) * E8 * 17n) / 100n
    const moment = { atSeconds: step * 12, priceOf }
    for (const borrower of index.atRisk(moment)) {
      weighed++
      const done = liquidate(
        pool,
        {
          liquidator: 'keeper',
          borrower,
          collateralAsset: 'ETH',
          debtAsset: 'USDC',
          debtToCover: 10n ** 30n,
          receive: 'underlying',
        },
        moment,
      )
      if (done.status === 'refused') continue
      liquidated++
      index.note(borrower)
    }
  }
  const took = milliseconds(process.cpuUsage(walk))
  const share = ((100 * liquidated) / ACCOUNTS).toFixed(1)
  console.log(
    `${STEPS} price steps, ${liquidated} liquidations (${share} % of the accounts), ${weighed} weighed: ${took} ms of processor time`,
  )
}

function milliseconds({ user, system }: NodeJS.CpuUsage): string {
  return ((user + system) / 1_000).toFixed(0)
}
