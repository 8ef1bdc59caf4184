// Fills that deliver to a contract of purchases, on a chain with a cover fund, an option desk and a clearing house.
import {
  type CoverSpec,
  contractAddress,
  derivativeAddress,
  type NetworkSpec,
  type OptionDeskSpec,
  type Order,
  type PerpetualSpec,
  type Purchase,
  purchaseAddress,
} from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import {
  address,
  DESTINATION,
  GENESIS_SECONDS,
  genesisOf,
  network,
  ORIGIN,
  order,
  usdcDestination,
} from '../../testing/small-network.ts'
import { createTestChain } from '../../testing/test-chain.ts'

const [cover, desk, house] = [
  derivativeAddress('cover', 'depeg'),
  derivativeAddress('option-desk', 'desk'),
  derivativeAddress('perpetual', 'house'),
]
const feed = contractAddress('oracle', 'sol')
const index = { oracle: feed, maxAgeSeconds: 2 ** 40, floorE8: 1n, capE8: 10n ** 12n }
const here = { chainId: DESTINATION, token: usdcDestination }
const coverSpec: CoverSpec = {
  ...{ kind: 'cover', name: 'depeg', address: cover, ...here, capital: 10n ** 9n, index },
  ...{ levelE8: 1n, forSeconds: 60, until: GENESIS_SECONDS + 10_000 },
  ...{ premiumBps: 300n, leverageBps: 100_000n, payment: 'pro-rata' },
}
const option: OptionDeskSpec = {
  ...{ kind: 'option-desk', name: 'desk', address: desk, ...here, capital: 10n ** 12n, index },
  ...{ baseUnit: 10n ** 9n, quoteUnit: 10n ** 6n, spreadBps: 0n, callReserveBps: 10_000n, rateBps: 0n },
  volatility: { startPriceE8: 10n ** 10n, startBps: 100n, perFallBps: 0n, floorBps: 1n, capBps: 100n },
  series: [{ name: 'deep', option: 'call', strikeE8: 50n * 10n ** 8n, expiry: GENESIS_SECONDS + 40 }],
  hedgers: [],
}
const perpetual: PerpetualSpec = {
  ...{ kind: 'perpetual', name: 'house', address: house, ...here, fund: 0n },
  markets: [
    {
      ...{ name: 'sol', index, startPriceE8: 10n ** 10n, venue: { kind: 'virtual-amm', depth: 10n ** 18n } },
      ...{ baseUnit: 10n ** 9n, quoteUnit: 10n ** 6n, initialMarginBps: 1_000n, maintenanceMarginBps: 500n },
      ...{ tradeFeeBps: 0n, liquidationFeeBps: 0n, mark: 'index' },
      funding: { intervalSeconds: 3_600, interestE18: 0n, clampE18: 0n, capE18: 0n },
    },
  ],
}
const buys: Readonly<Record<string, Purchase>> = {
  cover: { kind: 'cover', cover },
  option: { kind: 'option', desk, series: 'deep' },
  short: { kind: 'perpetual', house, market: 'sol', side: 'short', leverageBps: 30_000n },
}
const source = { kind: 'peg', priceE8: 10n ** 10n } as const
const spec: NetworkSpec = {
  ...network,
  oracles: [{ name: 'sol', address: feed, chainId: DESTINATION, symbol: 'SOL', source }],
  derivatives: [coverSpec, option, perpetual],
  purchases: Object.entries(buys).map(([name, bought]) => ({
    address: purchaseAddress(name),
    ...here,
    buys: bought,
  })),
}
const toBuy = (name: string): Order => {
  const usual = order()
  return order({ output: { ...usual.output, recipient: purchaseAddress(name) } })
}
const fill = (theOrder: Order, amount: bigint) =>
  ({ kind: 'fill', order: theOrder, award: null, amount, payee: address('solver') }) as const
const open = () => createTestChain(DESTINATION, { spec, genesis: genesisOf(DESTINATION) })
const amount = order().output.minAmount + 7n

describe('a fill that buys', () => {
  test.each<[string, object]>([
    // ⌊amount / 3 %⌋ costs the amount, rounded up.
    [
      'cover',
      { kind: 'cover-bought', holder: address('user'), amount: (amount * 10_000n) / 300n, premium: amount },
    ],
    // 50 of the coin for one whole unit: 20 units a coin's base unit.
    ['option', { kind: 'option-bought', holder: address('user'), units: amount * 20n, premium: amount }],
    // Three times the margin at 100: 30 units a coin's base unit.
    ['short', { kind: 'perpetual-traded', account: `${address('user')}/sol`, units: -amount * 30n }],
  ])('%s: for the user, with all that is delivered', (name, event) => {
    const chain = open()
    const filled = chain.call('solver', fill(toBuy(name), amount), 10)
    expect(filled.status).toBe('ok')
    expect(filled.events).toContainEqual(expect.objectContaining(event))
    expect(filled.events).toContainEqual(
      expect.objectContaining({ kind: 'order-filled', outputAmount: amount }),
    )
    expect(chain.engine.balance('USER', purchaseAddress(name), usdcDestination)).toBe(0n)
  })

  test('is no fill when the contract refuses: nothing moves, and it can be tried again', () => {
    const chain = open()
    const before = chain.engine.balance('SOLVER', address('solver'), usdcDestination)
    // The series is over at second 40.
    expect(chain.call('solver', fill(toBuy('option'), amount), 42).reason).toBe('expired')
    expect(chain.engine.balance('SOLVER', address('solver'), usdcDestination)).toBe(before)
    expect(chain.call('solver', fill(toBuy('option'), amount), 44).reason).toBe('expired')
  })

  test('needs the chain and the coin of the purchase', () => {
    const elsewhere = (change: object): NetworkSpec => ({
      ...spec,
      purchases: spec.purchases!.map((purchase) => ({ ...purchase, ...change })),
    })
    for (const change of [{ chainId: ORIGIN }, { token: feed }]) {
      const chain = createTestChain(DESTINATION, { spec: elsewhere(change), genesis: genesisOf(DESTINATION) })
      expect(chain.call('solver', fill(toBuy('cover'), amount), 10).reason).toBe('invalid-order')
    }
  })
})
