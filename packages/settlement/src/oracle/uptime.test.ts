// A flag of three reporters, of whom one says what is not so: a pool that asks it lends on, and waits its 100 s only after a majority has
// said that the sequencer was down.
import type { Call } from '@solvent/protocol'
import { expect, test } from 'vitest'
import {
  E8,
  ETHER,
  feed,
  lendingGenesis,
  lendingNetwork,
  poolAddress,
  poolSpec,
  USD,
} from '../testing/lending-network.ts'
import { ORIGIN, rsEthOrigin, usdcOrigin } from '../testing/small-network.ts'
import { createTestChain } from '../testing/test-chain.ts'

const flag = feed('up', E8, { reporters: ['reporter', 'reporter-2', 'reporter-3'], quorum: 2 })
const spec = {
  ...lendingNetwork,
  oracles: [...lendingNetwork.oracles, flag],
  lendingPools: [{ ...poolSpec, uptime: { oracle: flag.address, graceSeconds: 100 } }],
}
const says = (round: number, answerE8: bigint): Call => ({
  kind: 'post-price',
  oracle: flag.address,
  round,
  answerE8,
})
const pool = poolAddress

test('reporters of a flag who disagree leave it up, and start no grace period', () => {
  const chain = createTestChain(ORIGIN, { spec, genesis: lendingGenesis() })
  chain.call('other-user', {
    kind: 'supply',
    pool,
    token: usdcOrigin,
    amount: 1_000n * USD,
  })
  chain.call('user', { kind: 'supply', pool, token: rsEthOrigin, amount: ETHER })
  const borrow = (second?: number) =>
    chain.call('user', { kind: 'borrow', pool, token: usdcOrigin, amount: USD }, second).reason
  expect(borrow(200)).toBeNull()
  chain.call('reporter', says(1, 0n))
  const [event] = chain.call('reporter-2', says(1, E8)).events.slice(-1)
  expect(event).toMatchObject({ kind: 'price-updated', answerE8: E8 / 2n })
  expect(borrow()).toBeNull()
  chain.call('reporter-3', says(1, E8))
  expect(borrow()).toBeNull()
  chain.call('reporter', says(2, 0n))
  chain.call('reporter-2', says(2, 0n))
  expect(borrow()).toBe('sequencer-down')
  chain.call('reporter-2', says(3, E8), 300)
  chain.call('reporter-3', says(3, E8), 310)
  expect(borrow(410)).toBe('sequencer-down')
  expect(borrow(411)).toBeNull()
})
