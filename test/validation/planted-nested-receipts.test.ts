// Receipts of receipts as collateral on a real chain under audit: the audit looks through every level, for what lies behind a loan (G-5) and
// for how old the price at the bottom is (C-5).
import {
  type Call,
  contractAddress,
  controlAddress,
  type LendingPoolSpec,
  NO_CONTROLS,
  type OracleSpec,
  receiptToken,
} from '@solvent/protocol'
import type { SettlementRules } from '@solvent/settlement'
import { expect, it } from 'vitest'
import { ETHER, ethOracle, feeds, HEARTBEAT, lendingPools } from './audited-lending.ts'
import { AuditedNetwork, ORIGIN, rsEthFar, usdc } from './audited-network.ts'

const [main, side, top] = ['main', 'side', 'top'].map((name) => contractAddress('lending', name)) as [
  ReturnType<typeof contractAddress>,
  ReturnType<typeof contractAddress>,
  ReturnType<typeof contractAddress>,
]
const first = receiptToken(main, rsEthFar)
const second = receiptToken(side, first)

const receiptOracle = (name: string, of: typeof main, pool: typeof main, token: typeof main): OracleSpec => ({
  name,
  address: contractAddress('oracle', name),
  chainId: ORIGIN,
  symbol: name,
  source: { kind: 'receipt', of, pool, token },
})
const one = receiptOracle('one', ethOracle, main, rsEthFar)
const two = receiptOracle('two', one.address, side, first)

/** A pool whose first reserve is of another token, by another oracle; the price of the coin never ages. */
function poolOf(name: string, token: typeof main, oracle: typeof main): LendingPoolSpec {
  const [pool] = lendingPools({ kind: 'fixed-spread' }, name) as [LendingPoolSpec]
  const [pledged, coin] = pool.reserves as [
    LendingPoolSpec['reserves'][number],
    LendingPoolSpec['reserves'][number],
  ]
  return {
    ...pool,
    reserves: [
      { ...pledged, token, price: { ...pledged.price, oracle } },
      { ...coin, price: { ...coin.price, maxAgeSeconds: 100 * HEARTBEAT } },
    ],
  }
}

const free = (pool: typeof main, token: typeof main): Call => ({
  ...{ kind: 'set-collateral', pool, token },
  use: 'not-as-collateral',
})
const borrow: Call = { kind: 'borrow', pool: top, token: usdc, amount: 100_000n }

/** Alice pledges 20 ether two receipts up and 20 more at the bottom; so much may stand behind her loans. */
function lend(most: bigint, rules: Partial<SettlementRules> = {}): AuditedNetwork {
  const check = {
    ...{ name: 'view', address: controlAddress('view'), chainId: ORIGIN },
    ...{ places: [main, side, top], token: rsEthFar, most },
  }
  const network = new AuditedNetwork({
    rules,
    contracts: {
      oracles: [...feeds(), one, two],
      lendingPools: [
        ...lendingPools({ kind: 'fixed-spread' }, 'main'),
        poolOf('side', first, one.address),
        poolOf('top', second, two.address),
      ],
      controls: { ...NO_CONTROLS, collateralChecks: [check] },
    },
  })
  const done = (who: string, call: Call) => network.done(ORIGIN, who, call)
  const supply = (pool: typeof main, token: typeof main, amount: bigint): Call => ({
    ...{ kind: 'supply', pool, token },
    amount,
  })
  done('atlas', supply(top, usdc, 400_000n))
  done('alice', supply(main, rsEthFar, 20n * ETHER))
  done('alice', free(main, rsEthFar))
  done('alice', supply(side, first, 20n * ETHER))
  done('alice', free(side, first))
  done('alice', supply(top, second, 20n * ETHER))
  done('alice', supply(main, rsEthFar, 20n * ETHER))
  return network
}

it('gives a loan on a receipt of a receipt, and refuses it where too much of the coin lies behind', () => {
  const within = lend(40n * ETHER)
  within.done(ORIGIN, 'alice', borrow)
  expect(within.broken()).toEqual([])
  expect(lend(40n * ETHER - 1n).call(ORIGIN, 'alice', borrow).reason).toBe('pledged-elsewhere')
})

it('a check that lets everything through is caught through two receipts', () => {
  const network = lend(40n * ETHER - 1n, { mayPledge: () => true })
  network.done(ORIGIN, 'alice', borrow)
  expect(network.broken()).toEqual(['G-5'])
})

it('a stale price two receipts below the decision is caught', () => {
  const network = lend(40n * ETHER, { acceptedPrice: (rule, _now, answerOf) => answerOf(rule.oracle) })
  network.done(ORIGIN, 'alice', borrow, HEARTBEAT + 601)
  expect(network.broken()).toEqual(['C-5'])
})
