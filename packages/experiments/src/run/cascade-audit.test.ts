// C-7 on the falls of a run, by the audit's own code; planted bug 25: a cascade that counts a creditor twice.
import { type ExposureNetwork, fallsOf } from '@solvent/contagion'
import { bridgeChain } from '@solvent/contagion/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auditCascade } from './cascade-audit.ts'

const IDS = ['a', 'b', 'c', 'd', 'e']
const moments = fc
  .record({
    claims: fc.array(fc.tuple(fc.nat(4), fc.nat(4), fc.integer({ min: 1, max: 40 }), fc.nat(2)), {
      maxLength: 14,
    }),
    assets: fc.array(fc.array(fc.nat(60), { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 3 }),
    outside: fc.array(fc.nat(30), { minLength: 5, maxLength: 5 }),
    written: fc.nat(10),
    promised: fc.nat(20),
  })
  .map(({ claims, assets, outside, written, promised }) =>
    assets.map(
      (own, at): ExposureNetwork => ({
        format: 'solvent-exposures',
        version: 3,
        atMs: at,
        nodes: IDS.map((id, node) => ({
          id,
          externalAssets: own[node]!,
          externalLiabilities: outside[node]!,
        })),
        claims: claims.flatMap(([from, to, amount, seniority]) =>
          from === to ? [] : [{ debtor: IDS[from]!, creditor: IDS[to]!, amount, seniority }],
        ),
        operators: [{ id: 'prover', kind: 'prover' }],
        writtenOff: [{ node: 'b', because: 'prover', amount: written * at }],
        guarantees: [{ guarantor: 'e', beneficiary: 'a', amount: promised, call: 'shortfall' }],
      }),
    ),
  )

describe('C-7 at the end of a run', () => {
  it('holds for the falls of any exposures, with ranks, cycles, write-offs and guarantees', () => {
    fc.assert(
      fc.property(moments, (exposures) => {
        expect(auditCascade(exposures, fallsOf(exposures), 0).broken).toEqual([])
      }),
    )
  })

  it('is evaluated once a moment, and C-8 for each of four larger shocks', () => {
    const exposures = [bridgeChain(0, 100), bridgeChain(7, 25)]
    expect(auditCascade(exposures, fallsOf(exposures), 1_000)).toEqual({
      checked: { 'C-7': 2, 'C-8': 4 },
      broken: [],
    })
  })

  it('catches a cascade that counts a creditor twice (planted bug 25)', () => {
    const exposures = [bridgeChain(0, 100), bridgeChain(7, 25)]
    const twice = exposures.map((network) => ({
      ...network,
      claims: [...network.claims, { debtor: 'bridge', creditor: 'escrow', amount: 60 }],
    }))
    const { broken } = auditCascade(exposures, fallsOf(twice), 1_000)
    expect(broken.map(({ id, atMs }) => [id, atMs])).toContainEqual(['C-7', 1_007])
    expect(broken.map(({ detail }) => detail).join('\n')).toMatch(/creditors of bridge lose/)
  })

  it('catches a fall that is left out, told twice, or of somebody who stands', () => {
    const exposures = [bridgeChain(0, 100), bridgeChain(7, 25)]
    const falls = fallsOf(exposures)
    const details = (told: typeof falls) =>
      auditCascade(exposures, told, 0).broken.map(({ detail }) => detail)
    expect(details(falls.slice(0, 2))).toEqual([
      expect.stringMatching(/^solver cannot pay 25 .* is not told/),
    ])
    expect(details([...falls, falls[0]!])).toEqual(['bridge fell more than once'])
    expect(details([...falls, { ...falls[0]!, id: 'fund' }])[0]).toMatch(/^creditors of fund lose 75/)
  })

  it('catches a cause that is counted twice, and a round beyond institutions or after no cause', () => {
    const exposures = [bridgeChain(0, 100), bridgeChain(7, 25)]
    const [bridge, escrow, solver] = fallsOf(exposures)
    const details = (last: Partial<typeof solver>) =>
      auditCascade(exposures, [bridge!, escrow!, { ...solver!, ...last }], 0).broken.map(
        ({ detail }) => detail,
      )
    expect(details({ causes: [...solver!.causes, ...solver!.causes] })).toEqual([
      'solver fell because of one of escrow, escrow twice',
    ])
    expect(details({ causes: [{ id: 'escrow', amount: 90 }] })[0]).toMatch(
      /lost 90 because of escrow; .* by 45/,
    )
    expect(details({ round: 6 })).toEqual(['solver fell in round 6 among 4 institutions'])
    expect(details({ round: 2 })[0]).toMatch(/none of its causes in the round before/)
  })
})
