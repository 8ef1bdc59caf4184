// A day of five chains: a forged mint, and the bridge paused 47 minutes after it for the rest of the day, as in April 2026; ether falls by 30 %, ten thousand
// borrowers at four lenders, two thousand orders across. Twice: once the orders are proven by the bridge that is paused, so that solvers refuse all that come
// later, seven in ten; once by another, and all are filled. Processor time and memory of the whole run, audit included (goal: 15 s, 600 MB);
// each in a process of its own, so that neither stands on the other's heap.
import { spawnSync } from 'node:child_process'
import { loadScenario, runScenario } from '@solvent/experiments'

export const name = 'incident: a day, five chains, 10,000 positions, 2,000 orders'

const ROLLUPS = ['arbitrum', 'base', 'optimism', 'linea']

const chains = {
  ethereum: { kind: 'l1', id: 1, slotMs: 12_000, epochSlots: 32, baseFeeGwei: '1.5' },
  ...Object.fromEntries(
    ROLLUPS.map((chain, index) => [
      chain,
      {
        kind: 'optimistic',
        id: 100 + index,
        l1: 'ethereum',
        slotMs: 2_000,
        batchIntervalSeconds: 600,
        rootIntervalSeconds: 3_600,
        challengeWindowSeconds: 604_800,
        baseFeeGwei: '0.02',
      },
    ]),
  ),
}
const everywhere = ['ethereum', ...ROLLUPS]
const on = <T>(make: (chain: string) => T) => Object.fromEntries(ROLLUPS.map((chain) => [chain, make(chain)]))

const scenarioWith = (prover: string) => ({
  name: 'five-chains',
  title: 'A day of five chains',
  start: '2026-01-01T00:00:00Z',
  durationSeconds: 86_400,
  seed: 1,
  assets: {
    ETH: { decimals: 18, price: '2500' },
    USDC: { decimals: 6, price: '1' },
    STN: { decimals: 18, price: '2', supply: '50000000' },
  },
  prices: {
    paths: {
      ETH: [
        { atSeconds: 28_800, price: '2500' },
        { atSeconds: 43_200, price: '1750' },
      ],
    },
  },
  chains,
  bridges: {
    hub: {
      verification: { kind: 'quorum', verifiers: 3, threshold: 2 },
      finality: 'safe',
      assets: { STN: { home: 'ethereum', claims: { arbitrum: '1500000' } } },
    },
    rail: { verification: { kind: 'quorum', verifiers: 3, threshold: 2 }, finality: 'safe' },
  },
  oracles: Object.fromEntries(
    ROLLUPS.flatMap((chain) => [
      [`eth-${chain}`, { kind: 'feed', chain, asset: 'ETH' }],
      [`usdc-${chain}`, { kind: 'peg', chain, asset: 'USDC' }],
    ]),
  ),
  lending: on((chain) => ({
    chain,
    reserves: {
      ETH: { oracle: `eth-${chain}`, ltvBps: 8_000, liquidationThresholdBps: 8_300 },
      USDC: { oracle: `usdc-${chain}` },
    },
  })),
  populations: {
    ...Object.fromEntries(
      ROLLUPS.map((chain) => [
        `lend-${chain}`,
        { kind: 'suppliers', pool: chain, asset: 'USDC', count: 500, amount: '60000000' },
      ]),
    ),
    ...Object.fromEntries(
      ROLLUPS.map((chain) => [
        `owe-${chain}`,
        {
          kind: 'borrowers',
          pool: chain,
          collateral: 'ETH',
          debt: 'USDC',
          count: 2_500,
          amount: '40000',
          sizeSigma: 1.2,
          healthFactor: [
            { share: 0, value: 1.05 },
            { share: 0.5, value: 1.9 },
            { share: 1, value: 4 },
          ],
          watch: { share: 0.1, actsBelow: 1.1, target: 1.3, savings: 0.3 },
        },
      ]),
    ),
  },
  keepers: Object.fromEntries(
    ROLLUPS.map((chain) => [`keep-${chain}`, { chain, holdings: { USDC: '50000000' } }]),
  ),
  solvers: Object.fromEntries(
    ['atlas', 'borealis'].map((solver) => [
      solver,
      {
        strategy: { kind: 'cost-plus', marginBps: 8 },
        inventory: Object.fromEntries(everywhere.map((chain) => [chain, { ETH: '100', USDC: '9000000' }])),
      },
    ]),
  ),
  users: {
    retail: {
      orders: 2_000,
      untilSeconds: 80_000,
      value: { from: '500', to: '20000' },
      pairs: everywhere.map((chain, index) => ({
        from: { chain, asset: 'USDC' },
        to: { chain: everywhere[(index + 1) % everywhere.length], asset: 'USDC' },
        prover,
      })),
    },
  },
  faults: [
    {
      kind: 'forge',
      atSeconds: 20_000,
      bridge: 'hub',
      asset: 'STN',
      from: 'arbitrum',
      to: 'ethereum',
      amount: '400000',
      poisoned: 3,
    },
    { kind: 'pause', atSeconds: 22_800, bridge: 'hub', authority: 'issuer' },
  ],
})

const PROVERS = { hub: 'proven by the bridge that is paused', rail: 'proven by another' } as const
const GOALS = { processorSeconds: 15, megabytes: 600 }

export function run(): void {
  for (const prover of Object.keys(PROVERS)) {
    const { status } = spawnSync(process.execPath, [...process.execArgv, import.meta.filename, prover], {
      stdio: 'inherit',
    })
    if (status !== 0) throw new Error(`the day of orders that ${prover} proves did not come to its end`)
  }
}

async function day(prover: keyof typeof PROVERS): Promise<void> {
  const text = JSON.stringify(scenarioWith(prover))
  const loaded = loadScenario('five-chains.yaml', new TextEncoder().encode(text))
  const from = process.cpuUsage()
  const { summary } = await runScenario({ loaded, seed: 1, runtime: 'sim', nodeProgram: '' })
  const { user, system } = process.cpuUsage(from)
  const { orders, lending } = summary
  const liquidations = lending.reduce((sum, each) => sum + each.liquidations, 0)
  const processorSeconds = (user + system) / 1e6
  const megabytes = (process.resourceUsage().maxRSS * 1_024) / 1e6
  console.log(
    `${orders.signed} orders ${PROVERS[prover]}, ${orders.filled} filled; ${liquidations} liquidations; ${summary.events} events, ${summary.messages} messages; ` +
      `${summary.invariants.broken.length} invariants broken; digest ${summary.traceDigest}: ` +
      `${processorSeconds.toFixed(1)} s of processor time (goal ${GOALS.processorSeconds} ${verdict(processorSeconds <= GOALS.processorSeconds)}), ` +
      `${megabytes.toFixed(0)} MB at most (goal ${GOALS.megabytes} ${verdict(megabytes <= GOALS.megabytes)})`,
  )
}

const verdict = (isMet: boolean): string => (isMet ? 'met' : 'missed')

if (process.argv[1] === import.meta.filename) await day(process.argv[2] === 'rail' ? 'rail' : 'hub')
