// The funds of two pools on a real chain under audit: they pay bad debt in the transaction that books it, a re-org takes it back, and a fund
// that pays too little or too much is caught. The rule is altered; the audit knows nothing of it.
import {
  ALL_OF_IT,
  type Call,
  contractAddress,
  insuranceFund,
  type LiquidationEngine,
  type Receipt,
  receiptToken,
} from '@solvent/protocol'
import type { SettlementRules } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { borrowed, ETHER, feeds, lendingPools, pool, post } from './audited-lending.ts'
import { AuditedNetwork, address, ORIGIN, rsEthFar, usdc } from './audited-network.ts'

const other = contractAddress('lending', 'other')
const liquidate = {
  kind: 'liquidate',
  pool,
  borrower: address('alice'),
  collateral: rsEthFar,
  debt: usdc,
  debtToCover: ALL_OF_IT,
  receive: 'underlying',
} as const satisfies Call

/** Alice's loan of 700,000, and 50 ETH fall to 700: 35,000 dollars are 350,000 units, which repay 333,333 at a bonus of 5 %. */
function fallen(
  stakes: readonly [bigint, bigint],
  rules: Partial<SettlementRules> = {},
  engine: LiquidationEngine = { kind: 'fixed-spread' },
): AuditedNetwork {
  const pools = (['main', 'other'] as const).map((name) => {
    const address = contractAddress('lending', name)
    const insurance = { fund: insuranceFund(address), premiumBps: 5_000n, mutual: 'both', mutualBps: 5_000n }
    return lendingPools(engine, name, insurance)[0]!
  })
  const balances = [pool, other].flatMap((address, index) => [
    { kind: 'POOL' as const, owner: address, token: usdc, amount: stakes[index]! },
    {
      kind: 'POOL' as const,
      owner: insuranceFund(address),
      token: receiptToken(address, usdc),
      amount: stakes[index]!,
    },
  ])
  const contracts = { oracles: feeds(), lendingPools: pools }
  const network = borrowed(new AuditedNetwork({ rules, contracts, balances }))
  post(network, 700n, 1, 3_000)
  return network
}

const paid = (network: AuditedNetwork) => paidIn(network.done(ORIGIN, 'borealis', liquidate))

const paidIn = ({ events }: Receipt): (readonly [string, bigint])[] =>
  events.flatMap((event) =>
    event.kind === 'deficit-covered' && event.pool === pool
      ? [[event.from === insuranceFund(pool) ? 'own' : 'other', event.amount] as const]
      : [],
  )

describe('insurance of lending pools under audit', () => {
  it('pays from the pool’s fund first, then half of the other’s, and leaves the rest to suppliers', () => {
    const network = fallen([10_000n, 100_000n])
    const [own, shared] = paid(network)
    expect(own![0]).toBe('own')
    // The stake, and premiums of half of a tenth of the interest of fifty minutes: some units.
    expect(own![1]).toBeGreaterThanOrEqual(10_000n)
    expect(own![1]).toBeLessThan(10_010n)
    expect(shared).toEqual(['other', 50_000n])
    network.auditor.finish()
    expect(network.broken()).toEqual([])
    expect(network.auditor.finish().checked.get('C-6')).toBeGreaterThan(3)
  })

  it('asks nobody else while the pool’s own fund reaches', () => {
    const network = fallen([400_000n, 100_000n])
    expect(paid(network).map(([from]) => from)).toEqual(['own'])
    network.done(ORIGIN, 'alice', { kind: 'supply', pool, token: usdc, amount: 1_000n })
    expect(network.broken()).toEqual([])
  })

  it('pays what an auction misses when it is settled', () => {
    const english = { kind: 'english', penaltyBps: 1_300n, raiseBps: 300n, lots: [] } as const
    const engine: LiquidationEngine = { ...english, bidSeconds: 60, auctionSeconds: 600 }
    const network = fallen([10_000n, 100_000n], {}, engine)
    const { borrower, collateral, debt } = liquidate
    network.done(ORIGIN, 'borealis', { kind: 'start-auction', pool, borrower, collateral, debt })
    const bid = { kind: 'bid-in-auction', pool, auction: 0, lot: 50n * ETHER, bid: 1n } as const
    network.done(ORIGIN, 'borealis', bid)
    const settled = network.done(ORIGIN, 'borealis', { kind: 'settle-auction', pool, auction: 0 }, 3_200)
    expect(paidIn(settled).map(([from]) => from)).toEqual(['own', 'other'])
    expect(paidIn(settled)[1]).toEqual(['other', 50_000n])
    network.auditor.finish()
    expect(network.broken()).toEqual([])
  })

  it('splits what is set aside whenever it is minted', () => {
    const network = fallen([10_000n, 1n])
    const mint = network.done(ORIGIN, 'atlas', { kind: 'mint-to-treasury', pool, token: usdc }, 90_000)
    const event = mint.events.find(({ kind }) => kind === 'premium-collected') as {
      scaled: bigint
      premium: bigint
    }
    expect(event.scaled).toBeGreaterThan(1n)
    expect(event.premium).toBe(event.scaled / 2n)
    expect(network.broken()).toEqual([])
  })

  it('takes payments back with their block', () => {
    const network = fallen([10_000n, 100_000n])
    const first = paid(network)
    network.undo(ORIGIN)
    const [receipt] = network
      .produce(ORIGIN)!
      .receipts.filter(({ events }) => events.some(({ kind }) => kind === 'bad-debt-booked'))
    expect(paidIn(receipt!)).toEqual(first)
    network.auditor.finish()
    expect(network.broken()).toEqual([])
  })

  it.each([
    ['too little', (fund: bigint) => fund - 1n],
    ['nothing', () => 0n],
  ])('catches a fund that pays %s', (_, pays) => {
    const network = fallen([10_000n, 100_000n], {
      coverLoss: (fund, loss) => ({ fund: 0n, covered: pays(fund), uncovered: loss - pays(fund) }),
    })
    paid(network)
    expect(network.broken()).toContain('C-6')
  })
})
