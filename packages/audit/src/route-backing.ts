// What stands behind one asset of one bridge, as reports show it: base units of its home token.
import type { PoolBacking, RouteBacking } from './auditor.ts'
import type { HashLockRules } from './hash-lock-rules.ts'
import type { PoolLedger } from './pool-ledger.ts'
import type { RouteLedger } from './route-ledger.ts'

export function routeBacking(ledger: RouteLedger, locks: HashLockRules): RouteBacking {
  const { chainId, token } = ledger.route.home
  const scale = ledger.scale(chainId, token)
  const inTransit = ledger.transit < 0n ? 0n : ledger.transit
  return {
    bridge: ledger.bridge.address,
    symbol: ledger.route.symbol,
    locked: ledger.locked / scale,
    issued: ledger.custody === 'burn-mint' ? ledger.issued / scale : 0n,
    minted: ledger.minted / scale,
    inTransit: inTransit / scale,
    deficit: ledger.deficit / scale,
    arrived: ledger.arrived,
    asked: ledger.asked / scale,
    paid: (ledger.paidOut - ledger.released) / scale,
    queued: ledger.queued,
    releasedByTimeout: ledger.releasedByTimeout,
    censored: ledger.censored,
    recovered: ledger.recovered / scale,
    borne: ledger.borne / scale,
    swaps: locks.swaps(ledger.bridge.address, (at, each) => ledger.has(at, each)),
    pools: ledger.pools.map((pool) => poolBacking(pool, ledger.deficitOn.get(pool.chainId) ?? 0n, ledger)),
  }
}

/** A pool as reports show it: base units of its token. */
function poolBacking(pool: PoolLedger, forged: bigint, ledger: RouteLedger): PoolBacking {
  const { chainId, token, shareToken, cash, claims, value, shares, queue, fees, rateLoss } = pool
  return {
    chainId,
    token,
    shareToken,
    cash,
    claims,
    value,
    shares,
    forged: forged / ledger.scale(chainId, token),
    waiting: queue.length,
    queued: pool.queued,
    oldestSince: queue[0]?.since ?? null,
    longestWaitSeconds: pool.longestWait,
    fees,
    rateLoss,
  }
}
