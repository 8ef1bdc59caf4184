import { debtToken, receiptToken } from '@solvent/protocol'
import { expect, it } from 'vitest'
import { UndoLog } from '../../ledger/undo-log.ts'
import { ETHER, lendingGenesis, poolSpec, USD } from '../../testing/lending-network.ts'
import { address, rsEthOrigin, usdcOrigin } from '../../testing/small-network.ts'
import { LendingContract } from './lending-contract.ts'
import { openLendingPool } from './lending-genesis.ts'

const other = { ...poolSpec, address: address('other-pool') }

/** The user has pledged so much ether in each pool, and owes as much in dollars. */
const genesis = () => {
  const bare = lendingGenesis()
  const of = (pool: typeof poolSpec.address, amount: bigint) => [
    {
      kind: 'COLLATERAL' as const,
      owner: address('user'),
      token: receiptToken(pool, rsEthOrigin),
      amount: amount * ETHER,
    },
    {
      kind: 'BORROWER' as const,
      owner: address('user'),
      token: debtToken(pool, usdcOrigin),
      amount: amount * USD,
    },
  ]
  return { ...bare, balances: [...bare.balances, ...of(poolSpec.address, 3n), ...of(other.address, 7n)] }
}

function opened(spec: typeof poolSpec, from: ReturnType<typeof genesis>): LendingContract {
  const contract = new LendingContract(new UndoLog(), spec)
  openLendingPool(contract, from, 0)
  return contract
}

const supplies = (contract: LendingContract) =>
  contract.accounts.get(address('user'))?.positions.map(({ scaledSupply }) => scaledSupply)

it('gives each pool of a chain its own accounts, and each chain that it opens on', () => {
  const chain = genesis()
  expect(supplies(opened(poolSpec, chain))).toEqual([3n * ETHER, 0n])
  expect(supplies(opened(other, chain))).toEqual([7n * ETHER, 0n])
  expect(supplies(opened(poolSpec, lendingGenesis() as typeof chain))).toBeUndefined()
})

it('leaves what another follower reads as it was, whatever one writes', () => {
  const chain = genesis()
  const [one, two] = [opened(poolSpec, chain), opened(poolSpec, chain)]
  one.accounts.delete(address('user'))
  one.reserves.set(usdcOrigin, { ...one.reserves.get(usdcOrigin)!, cash: 1n })
  expect(supplies(two)).toEqual([3n * ETHER, 0n])
  expect(two.reserves.get(usdcOrigin)!.cash).not.toBe(1n)
  expect(supplies(opened(poolSpec, chain))).toEqual([3n * ETHER, 0n])
})
