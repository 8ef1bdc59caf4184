import { createSecp256k1Verifier, transactionDigest } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { assemble } from '../assembly/assemble.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { spoiled } from '../scenario/small-scenario.testing.ts'

const PAUSE = '  - { kind: pause, atSeconds: 100, bridge: hub, authority: issuer }\n'

/** The small scenario with this fault, and these keys more at its L1. */
function load(fault: string, l1 = '') {
  const text = new TextDecoder().decode(
    spoiled(PAUSE, `  - { kind: finality-violation, atSeconds: 100, chain: ethereum, ${fault} }\n`),
  )
  return loadScenario('s.yaml', new TextEncoder().encode(text.replace('kind: l1, ', `kind: l1, ${l1}`)))
}

const validators = (share: number) =>
  `validators: { total: 900, groups: { both: { share: ${share} }, rest: { share: ${1 - share} } } }, `

describe('a finality violation in a scenario', () => {
  it('splits those who do not vote twice into two halves, and tells every follower of the decision afterwards', () => {
    const { scenario, hash } = load('group: both, depth: 200', validators(0.5))
    const { spec, faults, nodes } = assemble({ scenario, hash, seed: 7, signatures: 'stand-in' })
    const consensus = spec.chains[0]?.consensus
    expect(consensus?.kind === 'l1' && consensus.validators?.groups.map(({ name }) => name)).toEqual([
      'both',
      'rest 0-0.5',
      'rest 0.5-1',
    ])
    const controls = faults.flatMap(({ fault, atMs }) =>
      fault.kind === 'control' ? [{ atMs, to: fault.to, message: fault.message }] : [],
    )
    expect(controls[0]).toMatchObject({
      to: 'seq-ethereum',
      message: { kind: 'violate-finality', violation: { followed: 0b011, hidden: 0b101 } },
    })
    const told = controls.filter(({ message }) => message.kind === 'overrule-finality')
    // An auctioneer follows no chain.
    const followers = nodes.filter(({ role }) => role !== 'auctioneer')
    expect(told.map(({ to }) => to).toSorted()).toEqual(followers.map(({ init }) => init.node).toSorted())
    expect(told[0]).toMatchObject({ to: 'watcher' })
  })

  it('gives the hidden branch what accounts do there that spend twice', () => {
    const spends = 'spends: [{ by: alice, asset: USDC, amount: "5", to: atlas, nonce: 2 }]'
    const { scenario, hash } = load(`share: 0.5, depth: 200, ${spends}`)
    const { spec, faults } = assemble({ scenario, hash, seed: 7, signatures: 'secp256k1' })
    const { fault } = faults.find((each) => each.fault.kind === 'control')!
    const message = fault.kind === 'control' && fault.message
    if (message === false || message.kind !== 'violate-finality') throw new Error('a violation')
    const [signed] = message.violation.conflicting
    const { transaction, signature } = signed!
    expect(transaction).toMatchObject({ nonce: 2, call: { kind: 'transfer', amount: 5_000_000n } })
    expect(message.violation.without).toEqual([transaction.from])
    expect(spec.signatures).toBe('secp256k1')
    const hashOf = transactionDigest(transaction)
    expect(createSecp256k1Verifier().verify(hashOf, signature, transaction.from)).toBe(true)
  })

  // Casper FFG: each branch has the ones that vote on both and half of the rest, and needs two thirds: s + (1 - s)/2 >= 2/3.
  it.each([
    ['a share of a third', 'share: 0.34, depth: 200', '', null],
    ['a share below a third', 'share: 0.33, depth: 200', '', 'less than a third of the stake'],
    ['a group below a third', 'group: both, depth: 200', validators(0.3), 'less than a third of the stake'],
    ['nobody', 'depth: 200', '', 'nobody is named'],
    ['a group and a share', 'group: both, share: 0.5, depth: 200', validators(0.5), 'nobody is named'],
    ['no time to become final', 'share: 0.5, depth: 5', '', 'before either branch is final'],
    ['a stranger who spends twice', 'share: 0.5, depth: 200, without: [mallory]', '', 'mallory'],
    [
      'validators at other producers',
      'share: 0.34, depth: 200',
      'producers: 3, ',
      'too few validators vote at it',
    ],
  ])('with %s', (_what, fault, l1, problem) => {
    if (problem === null) expect(() => load(fault, l1)).not.toThrow()
    else expect(() => load(fault, l1)).toThrow(problem)
  })

  it('of a rollup is refused: its L1 decides what is final', () => {
    expect(() => load('share: 0.5, depth: 200').scenario).not.toThrow()
    const text = new TextDecoder().decode(
      spoiled(
        PAUSE,
        '  - { kind: finality-violation, atSeconds: 100, chain: arbitrum, share: 0.5, depth: 200 }\n',
      ),
    )
    expect(() => loadScenario('s.yaml', new TextEncoder().encode(text))).toThrow('l1 chain')
  })
})
