import { describe, expect, it } from 'vitest'
import { accountOf, bridgeAddress } from '../assembly/addresses.ts'
import { assemble } from '../assembly/assemble.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { spoiled } from '../scenario/small-scenario.testing.ts'

const PAUSE = '  - { kind: pause, atSeconds: 100, bridge: hub, authority: issuer }\n'
const QUORUM = 'kind: quorum,'
const FORGED =
  'do: deliver-forged, atSeconds: 10, bridge: hub, asset: rsETH, from: arbitrum, to: ethereum, amount: "1", signatures: broken-scheme'

/** The small scenario with a break of this scheme, and an attacker of this step. */
function load({
  scheme = 'ecdsa',
  actor = 'mallory',
  standby = 'standby: 1,',
  step = FORGED,
  more = '',
} = {}) {
  const text = new TextDecoder()
    .decode(spoiled(PAUSE, `  - { kind: scheme-break, atSeconds: 50, scheme: ${scheme}, actor: ${actor} }\n`))
    .replace(QUORUM, `${QUORUM} ${standby}`)
  return loadScenario(
    's.yaml',
    new TextEncoder().encode(
      `${text}\nactors:\n  mallory:\n    steps:\n      - { ${step} }\n  trudy: { steps: [] }\n${more}\n`,
    ),
  )
}

/** Whose keys are told to be broken, and to whom. */
function broken(options: Parameters<typeof load>[0]) {
  const { scenario, hash } = load(options)
  return assemble({ scenario, hash, seed: 1, signatures: 'stand-in' }).faults.map(({ fault }) => {
    if (fault.kind !== 'control' || fault.message.kind !== 'scheme-broken') throw new Error('another fault')
    expect(fault.message.bridge).toBe(bridgeAddress('hub'))
    for (const { node, address } of fault.message.keys) expect(address).toBe(accountOf('1', node))
    return { to: fault.to, nodes: fault.message.keys.map(({ node }) => node) }
  })
}

describe('a signature scheme that breaks', () => {
  it('is told to the audit first and then to the attacker, with the keys of that scheme and no others', () => {
    const other = 'standby: 1, standbyScheme: ml-dsa,'
    const first = broken({ standby: other })
    expect(first.map(({ to }) => to)).toEqual(['watcher', 'mallory'])
    const second = broken({ standby: other, scheme: 'ml-dsa' })[0]!.nodes
    expect(second).toEqual([`hub-verifier-${first[0]!.nodes.length + 1}`])
    // Standby keys are of the first set's scheme unless the file says otherwise.
    expect(broken({})[0]!.nodes).toEqual([...first[0]!.nodes, ...second])
  })

  it('reaches the accounts of that scheme that the attacker drains', () => {
    const drain = 'do: drain, victim: trudy, chain: ethereum, asset: ETH, amount: "1"'
    const accountsOf = (scheme: string, own: string) => {
      const { scenario, hash } = load({
        scheme,
        standby: 'standby: 1, standbyScheme: ml-dsa,',
        step: drain,
        more: `accountSchemes: { trudy: ${own} }`,
      })
      return assemble({ scenario, hash, seed: 1, signatures: 'stand-in' }).faults.flatMap(({ fault }) =>
        fault.kind === 'control' && fault.message.kind === 'accounts-broken'
          ? [[fault.to, ...fault.message.accounts.map(({ node }) => node), fault.message.by]]
          : [],
      )
    }
    const told = ['watcher', 'mallory'].map((to) => [to, 'trudy', accountOf('1', 'mallory')])
    expect(accountsOf('ecdsa', 'ecdsa')).toEqual(told)
    expect(accountsOf('ml-dsa', 'ml-dsa')).toEqual(told)
    expect(accountsOf('ecdsa', 'ml-dsa')).toEqual([])
  })

  it.each([
    [{ more: 'accountSchemes: { eve: ml-dsa }' }, 'no such node (got eve'],
    [
      { step: 'do: drain, victim: mallory, chain: ethereum, asset: ETH, amount: "1"' },
      'no such other node (got mallory',
    ],
    [
      { step: 'do: drain, victim: trudy, chain: ethereum, asset: ETH, amount: "1"', actor: 'trudy' },
      'the step would wait for ever (got no fault scheme-break of actor mallory, and no key-theft of trudy',
    ],
    [{ scheme: 'rsa' }, 'no such signature scheme of verifiers or drained accounts (got rsa'],
    [{ actor: 'nobody' }, 'no such actor (got nobody'],
    [{ step: `${FORGED}, outcome: accepted` }, 'the audit judges by the keys that are broken'],
    [{ actor: 'trudy' }, 'the step would wait for ever (got no fault scheme-break of actor mallory'],
  ])('is refused where it makes no sense: %j', (options, complaint) => {
    expect(() => load(options)).toThrow(complaint)
  })
})
