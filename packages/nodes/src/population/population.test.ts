// People at a lending pool on a real chain: what they send, and what it costs the others. Numbers by hand beside each.
import { asAddress, RAY } from '@solvent/primitives'
import {
  type Call,
  contractAddress,
  debtToken,
  type GenesisBalance,
  type LendingTerms,
  type NetworkSpec,
  receiptToken,
} from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createActor } from '../actor/actor.ts'
import { createRunningNetwork, smallGenesis } from '../testing/running-network.ts'
import { address, L1, node, party, smallNetwork, tokens } from '../testing/small-network.ts'
import { createPopulation } from './population.ts'
import type { BorrowersPlan, SuppliersPlan } from './population-init.ts'

const E8 = 10n ** 8n
const ETHER = 10n ** 18n
const USD = 10n ** 6n
const PEOPLE = node('user-1')
const pool = contractAddress('lending', 'main')
const feed = contractAddress('oracle', 'rseth-usd')
const dollar = contractAddress('oracle', 'usdc-usd')
const terms: LendingTerms = {
  decimals: 18,
  ltvBps: 8_000n,
  liquidationThresholdBps: 8_300n,
  liquidationBonusBps: 10_500n,
  liquidationProtocolFeeBps: 0n,
  reserveFactorBps: 0n,
  supplyCap: 0n,
  borrowCap: 0n,
  borrowing: 'enabled',
  status: 'active',
  liquidationGraceUntil: 0,
  // No interest: the numbers stay round.
  rateCurve: { optimalUsageRay: (RAY * 9n) / 10n, baseRay: 0n, slope1Ray: 0n, slope2Ray: 0n },
}
const rule = (oracle: typeof feed) => ({ oracle, maxAgeSeconds: 10_000_000, floorE8: 1n, capE8: 10n ** 14n })
const spec: NetworkSpec = {
  ...smallNetwork,
  oracles: [
    {
      ...{ name: 'rseth-usd', address: feed, chainId: L1, symbol: 'rsETH' },
      source: {
        kind: 'feed',
        reporters: [party('borealis')],
        quorum: 1,
        heartbeatSeconds: 3_600,
        deviationBps: 50,
        minAnswerE8: 0n,
        maxAnswerE8: 10n ** 20n,
        genesisE8: 2_600n * E8,
      },
    },
    {
      ...{ name: 'usdc-usd', address: dollar, chainId: L1, symbol: 'USDC' },
      source: { kind: 'peg', priceE8: E8 },
    },
  ],
  lendingPools: [
    {
      name: 'main',
      address: pool,
      chainId: L1,
      treasury: address('issuer'),
      reserves: [
        { token: tokens.rsEthL1, symbol: 'rsETH', price: rule(feed), terms },
        { token: tokens.usdcL1, symbol: 'USDC', price: rule(dollar), terms: { ...terms, decimals: 6 } },
      ],
      eModes: [],
      engine: { kind: 'fixed-spread' },
      insurance: null,
      uptime: null,
    },
  ],
}
const debtor = asAddress(`0x${'d1'.repeat(20)}`)

/** A million lent by the people, so much of it borrowed against 1,000 rsETH. */
function poolWith(borrowed: bigint): GenesisBalance[] {
  return [
    {
      kind: 'USER',
      owner: address('user-1'),
      token: receiptToken(pool, tokens.usdcL1),
      amount: 1_000_000n * USD,
    },
    { kind: 'POOL', owner: pool, token: tokens.usdcL1, amount: 1_000_000n * USD - borrowed },
    { kind: 'COLLATERAL', owner: debtor, token: receiptToken(pool, tokens.rsEthL1), amount: 1_000n * ETHER },
    { kind: 'POOL', owner: pool, token: tokens.rsEthL1, amount: 1_000n * ETHER },
    { kind: 'BORROWER', owner: debtor, token: debtToken(pool, tokens.usdcL1), amount: borrowed },
  ]
}

function networkWith(
  plan: SuppliersPlan | BorrowersPlan,
  borrowed: bigint,
  prices: readonly { readonly atSeconds: number; readonly dollars: bigint }[] = [],
) {
  const genesis = smallGenesis.map((each) =>
    each.chainId === L1 ? { ...each, balances: [...each.balances, ...poolWith(borrowed)] } : each,
  )
  const network = createRunningNetwork({}, genesis, spec)
  network.add(PEOPLE, createPopulation({ spec, node: PEOPLE, genesis: genesis[0]!, plan }))
  const steps = prices.map(({ atSeconds, dollars }, index) => ({
    label: `price-${index}`,
    atMs: atSeconds * 1_000,
    waits: [],
    delayMs: 0,
    chainId: L1,
    action: {
      kind: 'call' as const,
      call: { kind: 'post-price', oracle: feed, round: index + 1, answerE8: dollars * E8 } satisfies Call,
    },
    priorityFeePerGas: null,
    gasLimit: null,
    skipNonces: 0,
  }))
  network.add(node('borealis'), createActor({ spec, node: node('borealis'), steps }))
  network.start()
  return network
}

const suppliers: SuppliersPlan = {
  kind: 'suppliers',
  chainId: L1,
  pool,
  token: tokens.usdcL1,
  members: Array.from({ length: 10 }, (_, i) => ({
    threshold: (5 + i) / 10 - 0.001,
    amount: 100_000n * USD,
  })),
  herding: 0,
  fall: null,
  lossAversion: null,
  returns: null,
  weights: { utilisation: 1, badDebt: 0 },
  news: [],
  sells: null,
  checkMs: 120_000,
}

describe('suppliers', () => {
  it('run when so much is lent out, until nothing is left to take, and then wait', () => {
    const network = networkWith(suppliers, 600_000n * USD)
    network.seconds(1_200)
    // Lent out 0.6: thresholds 0.5 and 0.6 leave. Then 600 of 800: 0.7. Then 600 of 700 = 0.857: 0.8. Then all: nothing to pay.
    const paid = network.chainEvents(L1, 'withdrawn').map(({ amount }) => amount / USD)
    expect(paid).toEqual([200_000n, 100_000n, 100_000n])
    expect(network.receipts(L1).filter(({ reason }) => reason !== null)).toEqual([])
  })

  it('stay where less is lent out than any of them minds', () => {
    const network = networkWith(suppliers, 400_000n * USD)
    network.seconds(600)
    expect(network.chainEvents(L1, 'withdrawn')).toEqual([])
  })

  it('run on news, and after each other', () => {
    const plan = {
      ...suppliers,
      weights: { utilisation: 0, badDebt: 0 },
      // News move the first; each that leaves moves the share gone by a tenth, which is what the next one needs.
      herding: 1,
      news: [{ elapsedMs: 300_000, level: 0.5 }],
    }
    const network = networkWith(plan, 400_000n * USD)
    network.seconds(290)
    expect(network.chainEvents(L1, 'withdrawn')).toEqual([])
    network.seconds(910)
    // Looks at 360, 480, … 1200 s: one more leaves at each, until the 600,000 that are not lent out are gone.
    const paid = network.chainEvents(L1, 'withdrawn').map(({ amount }) => amount / USD)
    expect(paid).toEqual([100_000n, 100_000n, 100_000n, 100_000n, 100_000n, 100_000n])
  })
})

const borrowers: BorrowersPlan = {
  kind: 'borrowers',
  chainId: L1,
  pool,
  collateral: tokens.rsEthL1,
  debt: tokens.usdcL1,
  watchers: [{ address: debtor, actsBelow: 1.2, target: 1.5, savings: 500_000n * USD }],
}

describe('borrowers', () => {
  it('pay back to their target when the price has come to where they act, and again with what they have left', () => {
    const prices = [
      { atSeconds: 100, dollars: 2_200n },
      { atSeconds: 200, dollars: 2_000n },
      { atSeconds: 400, dollars: 1_500n },
    ]
    const network = networkWith(borrowers, 999_999n * USD, prices)
    network.seconds(600)
    // 1,000 rsETH · 0.83 over 999,999: health 2.158 at 2,600, 1.826 at 2,200, 1.66 at 2,000: nothing yet; 1.245 at 1,500.
    expect(network.chainEvents(L1, 'repaid')).toEqual([])
    const deeper = networkWith(borrowers, 999_999n * USD, [
      { atSeconds: 100, dollars: 1_400n },
      { atSeconds: 300, dollars: 1_000n },
    ])
    deeper.seconds(600)
    // 1.162 at 1,400: 1,162,000 / 1.5 = 774,666.666666 may be owed: 225,332.333334 are paid. 830,000 / 774,666.66 = 1.0714 at 1,000:
    // 553,333.33 may be owed: 221,333.333333 more, of 274,667.67 left.
    const paid = deeper.chainEvents(L1, 'repaid').map(({ amount }) => amount)
    expect(paid).toEqual([225_332_333_334n, 221_333_333_333n])
  })

  it('pay what they have when it does not reach, and then no more', () => {
    const poor = { ...borrowers, watchers: [{ ...borrowers.watchers[0]!, savings: 1_000n * USD }] }
    const network = networkWith(poor, 999_999n * USD, [
      { atSeconds: 100, dollars: 1_400n },
      { atSeconds: 300, dollars: 1_300n },
    ])
    network.seconds(600)
    expect(network.chainEvents(L1, 'repaid').map(({ amount }) => amount)).toEqual([1_000n * USD])
  })
})
