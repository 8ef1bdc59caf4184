import { describe, expect, it } from 'vitest'
import { assemble } from '../assembly/assemble.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { spoiled } from '../scenario/small-scenario.testing.ts'

const PAUSE = '  - { kind: pause, atSeconds: 100, bridge: hub, authority: issuer }\n'
const ACTORS = `
actors:
  mallory: { steps: [{ do: drain, victim: trudy, chain: ethereum, asset: ETH, amount: "1" }] }
  trudy: { steps: [] }
`

function load(account: string) {
  const theft = `  - { kind: key-theft, atSeconds: 50, account: ${account}, actor: mallory }\n`
  const text = new TextDecoder().decode(spoiled(PAUSE, theft)) + ACTORS
  return loadScenario('s.yaml', new TextEncoder().encode(text))
}

describe('a key that is stolen', () => {
  it('is told to the audit first and then to the thief, and no other key with it', () => {
    const { scenario, hash } = load('trudy')
    const { faults } = assemble({ scenario, hash, seed: 1, signatures: 'stand-in' })
    const told = faults.flatMap(({ fault }) =>
      fault.kind === 'control' && fault.message.kind === 'accounts-broken'
        ? [[fault.to, ...fault.message.accounts.map(({ node }) => node)]]
        : [],
    )
    expect(told).toEqual([
      ['watcher', 'trudy'],
      ['mallory', 'trudy'],
    ])
  })

  it('is refused where nobody would use it', () => {
    expect(() => load('atlas')).toThrow('no such node that the actor drains (got atlas')
    expect(() => load('atlas')).toThrow('no key-theft of trudy')
  })
})
