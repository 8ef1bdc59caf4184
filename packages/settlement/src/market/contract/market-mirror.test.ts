import type { MarketCall } from '@solvent/protocol'
import { expect, test } from 'vitest'
import { market, marketGenesis, marketNetwork } from '../../testing/market-network.ts'
import { address, GENESIS_SECONDS, gas, ORIGIN, rsEthOrigin } from '../../testing/small-network.ts'
import { createTestChain } from '../../testing/test-chain.ts'
import { MarketMirror } from './market-mirror.ts'

const ETHER = 10n ** 18n
const spec = marketNetwork({ kind: 'constant-product', feePips: 3_000 })
const genesis = marketGenesis('provided')
const terms = { market, recipient: address('user'), deadline: GENESIS_SECONDS + 100 }
const sale = (amountIn: bigint): MarketCall => ({
  kind: 'swap',
  ...terms,
  tokenIn: rsEthOrigin,
  amountIn,
  minAmountOut: 0n,
})

test('a mirror stands where the market stands, says what it would pay, and goes back with a block', () => {
  const chain = createTestChain(ORIGIN, { spec, genesis })
  const mirror = new MarketMirror(spec.markets[0]!, [genesis])
  const start = mirror.price()
  const quoted = mirror.quote('sell-0', ETHER / 2n)
  const halves = [ETHER / 4n, ETHER / 4n]
  expect(mirror.priceAfter('sell-0', halves)!.priceX96).toBeLessThan(
    mirror.priceAfter('sell-0', [ETHER / 4n])!.priceX96,
  )
  expect(mirror.priceAfter('sell-0', [ETHER / 2n, 0n])).toBeNull()
  const after = mirror.priceAfter('sell-0', [ETHER / 2n])
  expect(mirror.price()).toEqual(start)

  const receipt = chain.call('user', sale(ETHER / 2n))
  const swap = chain.engine.head()
  expect(receipt.events[0]).toMatchObject({ kind: 'swapped', amountOut: quoted })
  mirror.followed(swap)
  const { reserve0, reserve1, priceX96 } = mirror.price()
  expect(after).toEqual(mirror.price())
  expect(receipt.events[1]).toMatchObject({ kind: 'market-synced', reserve0, reserve1, priceX96 })

  const added = chain.call('user', {
    kind: 'add-liquidity',
    ...terms,
    amount0: ETHER / 10n,
    amount1: ETHER / 10n,
    minAmount0: 0n,
    minAmount1: 0n,
  })
  const addition = chain.engine.head()
  mirror.followed(addition)
  expect(added.events[1]).toMatchObject({ reserve0: mirror.price().reserve0 })
  expect(chain.engine.balance('POOL', market, gas)).toBe(mirror.price().reserve1)
  mirror.orphaned(addition)
  expect(mirror.price()).toEqual({ reserve0, reserve1, priceX96 })
  mirror.orphaned(swap)
  expect(mirror.price()).toEqual(start)
})
