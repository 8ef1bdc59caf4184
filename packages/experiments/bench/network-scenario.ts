/**
 * The network that the whole-network benchmarks run, as a scenario document: one L1 and three rollups, two bridges,
 * five solvers of different strategies, three users who swap between all chains both ways.
 */
import { type LoadedScenario, loadScenario } from '@solvent/experiments'

export interface NetworkLoad {
  readonly orders: number
  readonly durationSeconds: number
}

const SOLVERS = {
  atlas: { kind: 'cost-plus', marginBps: 5 },
  borealis: { kind: 'inventory-aware', marginBps: 9, skewBps: 4 },
  cygnus: { kind: 'undercutter', marginBps: 12, floorBps: 5, shaveBps: 1 },
  draco: { kind: 'risk-averse', marginBps: 4, premiumBps: 4 },
  eridani: { kind: 'cost-plus', marginBps: 7 },
}
const CHAINS = ['ethereum', 'arbitrum', 'base', 'linea']
const USERS = ['retail', 'funds', 'desk']
/** The last order is signed this long before the end, so that most are settled by then. */
const TAIL_SECONDS = 1_500

/** Twenty nodes: four sequencers, an auctioneer, two bridges' six nodes, five solvers, three users, the watcher. */
export function networkScenario({ orders, durationSeconds }: NetworkLoad): LoadedScenario {
  const document = {
    name: 'bench-network',
    title: 'Four chains under load',
    start: '2026-04-18T00:00:00Z',
    durationSeconds,
    assets: { ETH: { decimals: 18, price: '2340' }, USDC: { decimals: 6, price: '1' } },
    chains: {
      ethereum: { kind: 'l1', id: 1, slotMs: 12_000, baseFeeGwei: '1' },
      arbitrum: rollup(42_161, 'optimistic', 1_000),
      base: rollup(8_453, 'optimistic', 2_000),
      linea: rollup(59_144, 'zk', 2_000),
    },
    bridges: {
      fast: { verification: { kind: 'quorum', verifiers: 2, threshold: 2 }, finality: 'unsafe' },
      careful: { verification: { kind: 'quorum', verifiers: 2, threshold: 2 }, finality: 'safe' },
    },
    auctioneers: 1,
    solvers: Object.fromEntries(
      Object.entries(SOLVERS).map(([name, strategy]) => [name, { strategy, inventory: inventory() }]),
    ),
    users: Object.fromEntries(
      USERS.map((name, index) => [name, user(share(orders, index), durationSeconds)]),
    ),
  }
  return loadScenario('bench-network', new TextEncoder().encode(JSON.stringify(document)))
}

function rollup(id: number, kind: 'optimistic' | 'zk', slotMs: number): object {
  const shared = { kind, id, l1: 'ethereum', slotMs, batchIntervalSeconds: 240, baseFeeGwei: '0.02' }
  return kind === 'zk'
    ? { ...shared, proofIntervalSeconds: 960, provingSeconds: 480 }
    : { ...shared, rootIntervalSeconds: 3_600, challengeWindowSeconds: 604_800 }
}

function inventory(): object {
  return Object.fromEntries(CHAINS.map((chain) => [chain, { ETH: '2000', USDC: '5000000' }]))
}

function user(orders: number, durationSeconds: number): object {
  const pairs = CHAINS.flatMap((from) => CHAINS.filter((to) => to !== from).map((to) => ({ from, to })))
  return {
    orders,
    fromSeconds: 30,
    untilSeconds: durationSeconds - TAIL_SECONDS,
    value: { from: '200', to: '5000' },
    auctionSeconds: 30,
    pairs: pairs.map(({ from, to }, index) => ({
      from: { chain: from, asset: 'USDC' },
      to: { chain: to, asset: index % 3 === 0 ? 'ETH' : 'USDC' },
      prover: index % 4 === 0 ? 'careful' : 'fast',
    })),
  }
}

/** Whole orders that add up. */
function share(orders: number, index: number): number {
  return Math.floor((orders * (index + 1)) / USERS.length) - Math.floor((orders * index) / USERS.length)
}
