import { describe, expect, it } from 'vitest'
import { accountOf } from '../assembly/addresses.ts'
import { assemble } from '../assembly/assemble.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { spoiled } from '../scenario/small-scenario.testing.ts'

const PAUSE = '  - { kind: pause, atSeconds: 100, bridge: hub, authority: issuer }\n'
const MORE = `custodians:
  vault: { chain: ethereum, asset: USDC, claims: "1000", affiliate: lara, customers: { count: 2, thresholds: [{ share: 0, value: 1 }, { share: 1, value: 2 }] } }
actors:
  lara: { steps: [] }
  winner: { steps: [] }
`

/** The small scenario, whose solvers are atlas and others, with this fault in place of its own. */
function load(fault: string) {
  const text = new TextDecoder().decode(spoiled(PAUSE, `  - { atSeconds: 50, ${fault} }\n`))
  return loadScenario('s.yaml', new TextEncoder().encode(text.replace('solvers:\n', `${MORE}solvers:\n`)))
}

const START_MS = Date.parse(load('kind: solver-run, forSeconds: 9').scenario.start)

function faultsOf(fault: string, seed = 7) {
  const { scenario, hash } = load(fault)
  return assemble({ scenario, hash, seed, signatures: 'stand-in' }).faults.map(({ fault: each }) => each)
}

describe('distress of solvers', () => {
  it('is told to all of them, to those that are named, or to so many that the seed draws', () => {
    const all = Object.keys(load('kind: solver-run, forSeconds: 9').scenario.solvers)
    const distress = { kind: 'stand-aside', untilMs: START_MS + 59_000 }
    const told = (to: string) => ({ kind: 'control', to, message: { kind: 'distress', distress } })
    expect(faultsOf('kind: solver-run, forSeconds: 9')).toEqual(all.map(told))
    expect(faultsOf('kind: solver-run, forSeconds: 9, solvers: [atlas]')).toEqual([told('atlas')])
    const drawn = Array.from({ length: 20 }, (_, seed) =>
      faultsOf('kind: solver-run, forSeconds: 9, count: 1', seed),
    )
    expect(drawn.every((each) => each.length === 1)).toBe(true)
    expect(new Set(drawn.map(([each]) => JSON.stringify(each))).size).toBe(all.length)
  })

  it('has the depth of a fee war, and the creditor of a default', () => {
    expect(faultsOf('kind: fee-war, solvers: [atlas], bps: 40, forSeconds: 9')[0]).toMatchObject({
      message: { distress: { kind: 'undercut', bps: 40, untilMs: START_MS + 59_000 } },
    })
    expect(faultsOf('kind: solver-default, solver: atlas')[0]).toMatchObject({
      to: 'atlas',
      message: { distress: { kind: 'default', creditor: null } },
    })
    expect(faultsOf('kind: solver-default, solver: atlas, creditor: lara')[0]).toMatchObject({
      message: { distress: { creditor: accountOf('7', 'lara') } },
    })
  })

  it.each([
    ['kind: solver-run, forSeconds: 9, solvers: [atlass]', 'no such solver (got atlass'],
    ['kind: solver-run, forSeconds: 9, solvers: []', 'faults[0].solvers'],
    ['kind: solver-run, forSeconds: 9, solvers: [atlas], count: 1', 'solvers are named or drawn, not both'],
    ['kind: fee-war, forSeconds: 9, bps: 5, count: 200', 'more solvers than the network has (got 200'],
    ['kind: fee-war, forSeconds: 9, bps: 0', 'faults[0].bps'],
    ['kind: fee-war, forSeconds: 9', 'faults[0].bps: this key is missing'],
    ['kind: solver-default, solver: lara', 'no such solver (got lara'],
    [
      'kind: solver-default, solver: atlas, creditor: atlas',
      'no such participant other than the solver (got atlas',
    ],
    ['kind: manager-loss, custodian: volt, amount: "1", to: winner', 'no such custodian (got volt'],
    [
      'kind: manager-loss, custodian: vault, amount: "1", to: lara',
      'no such participant other than it and its affiliate (got lara',
    ],
    ['kind: manager-loss, custodian: vault, amount: "0", to: winner', 'nothing is lost (got 0'],
    ['kind: manager-loss, custodian: vault, amount: "0.0000001", to: winner', 'faults[0].amount'],
    ['kind: manager-loss, custodian: vault, amount: "1", to: winner, news: 0.001', 'finer than a hundredth'],
  ])('is refused where it makes no sense: %s', (fault, complaint) => {
    expect(() => load(fault)).toThrow(complaint)
  })

  it('of a manager is a loss in base units, with what becomes public', () => {
    expect(faultsOf('kind: manager-loss, custodian: vault, amount: "400", to: winner, news: 0.6')).toEqual([
      {
        kind: 'control',
        to: 'vault',
        message: {
          kind: 'manager-loss',
          amount: 400_000_000n,
          to: accountOf('7', 'winner'),
          newsPercent: 60,
        },
      },
    ])
  })
})
