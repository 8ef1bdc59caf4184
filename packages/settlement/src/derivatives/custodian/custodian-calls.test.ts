import { derivativeAddress, type NetworkSpec } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { address, genesisOf, network, ORIGIN, usdcOrigin } from '../../testing/small-network.ts'
import { createTestChain } from '../../testing/test-chain.ts'

const custodian = derivativeAddress('custodian', 'vault')
const spec: NetworkSpec = {
  ...network,
  derivatives: [
    {
      kind: 'custodian',
      name: 'vault',
      address: custodian,
      chainId: ORIGIN,
      token: usdcOrigin,
      account: address('user'),
      customers: address('other-user'),
    },
  ],
}
const [ada, bo] = [address('ada'), address('bo')]
const halt = { kind: 'halt-withdrawals', custodian } as const
const claim = (holder = ada) => ({ kind: 'claim-estate', custodian, holder }) as const
const windUp = (...claims: { holder: typeof ada; amount: bigint }[]) =>
  ({ kind: 'wind-up-custodian', custodian, claims }) as const

const open = () => createTestChain(ORIGIN, { spec, genesis: genesisOf(ORIGIN) })
const held = (chain: ReturnType<typeof open>, name: string) =>
  chain.engine.balance('USER', address(name), usdcOrigin)

describe('a custodian’s contract', () => {
  test('takes all that lies at the address and shares it by the list', () => {
    const chain = open()
    const coins = held(chain, 'user')
    expect(chain.call('user', halt).events).toEqual([{ kind: 'withdrawals-halted', custodian }])
    // Twice as much is owed as there is, a third of it to bo: he gets a sixth of what he is owed, ada a third.
    const owed = 2n * coins
    const done = chain.call(
      'user',
      windUp({ holder: ada, amount: owed - owed / 3n }, { holder: bo, amount: owed / 3n }),
    )
    expect(done.events).toMatchObject([{ kind: 'custodian-wound-up', assets: coins, owed }])
    expect(held(chain, 'user')).toBe(0n)
    // Anyone may ask for a creditor.
    chain.call('other-user', claim())
    chain.call('other-user', claim(bo))
    expect(held(chain, 'ada')).toBe((owed - owed / 3n) / 2n)
    expect(held(chain, 'bo')).toBe(owed / 3n / 2n)
  })

  test('does nothing out of turn', () => {
    const chain = open()
    const listed = windUp({ holder: ada, amount: 1n })
    expect(chain.call('other-user', halt).reason).toBe('not-authorised')
    expect(chain.call('user', listed).reason).toBe('not-halted')
    expect(chain.call('user', claim()).reason).toBe('not-wound-up')
    expect(chain.call('user', { ...halt, custodian: usdcOrigin }).reason).toBe('unknown-derivative')
    chain.call('user', halt)
    expect(chain.call('user', halt).reason).toBe('already-halted')
    expect(chain.call('other-user', listed).reason).toBe('not-authorised')
    const twice = windUp({ holder: ada, amount: 1n }, { holder: ada, amount: 1n })
    for (const bad of [
      windUp(),
      twice,
      windUp({ holder: ada, amount: 0n }),
      windUp({ holder: custodian, amount: 1n }),
    ])
      expect(chain.call('user', bad).reason).toBe('bad-claims')
    chain.call('user', listed)
    expect(chain.call('user', claim(bo)).reason).toBe('nothing-claimed')
    expect(chain.call('user', claim()).reason).toBeNull()
    expect(chain.call('user', claim()).reason).toBe('nothing-claimed')
  })

  test('stands after a block that is taken back as before it', () => {
    const [chain, never] = [open(), open()]
    for (const each of [chain, never]) each.call('user', halt, 2)
    chain.call('user', windUp({ holder: ada, amount: 5n }), 4)
    chain.engine.undo()
    // It comes back from the pool.
    chain.produce(6)
    never.call('user', windUp({ holder: ada, amount: 5n }), 6)
    expect(chain.engine.stateRoot()).toBe(never.engine.stateRoot())
    for (const each of [chain, never]) each.call('user', claim(), 8)
    expect(chain.engine.balances()).toEqual(never.engine.balances())
  })
})
