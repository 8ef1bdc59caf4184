import { describe, expect, it } from 'vitest'
import { effectTables } from './effect-tables.ts'

const nothing = {
  chains: [{ name: 'arbitrum', reverts: [] }],
  oracles: [],
  bundles: [],
  rotations: [],
  evidence: { awards: 0, headers: 0, attestations: 0, earlyOpenings: 0 },
}

describe('what faults have done, in tables', () => {
  it('is nothing where nothing happened and no part of the kind is there', () => {
    expect(effectTables(nothing)).toEqual([])
  })

  it('is a table for each kind of which there is something', () => {
    const tables = effectTables({
      chains: [{ name: 'arbitrum', reverts: [{ call: 'deliver', reason: 'out-of-gas', count: 2 }] }],
      oracles: [
        {
          id: 'wrong',
          asset: 'ETH',
          priceE8: 220_050_000_000n,
          updates: 77,
          longestSeconds: 76,
          ageSeconds: 26,
        },
        { id: 'mute', asset: 'ETH', priceE8: null, updates: 0, longestSeconds: 0, ageSeconds: null },
      ],
      bundles: [
        { id: 'across', proposed: 52, disputed: 3, upheld: 2, rejected: 1, believed: 48, toBelief: null },
      ],
      rotations: [{ id: 'hub', rotated: 2, refused: 0, inGrace: 6 }],
      evidence: { awards: 0, headers: 0, attestations: 11, earlyOpenings: 2 },
    })
    const lines = Object.fromEntries(
      tables.map(({ title, text }) => [title, text.split('\n').map((line) => line.trim().split(/\s{2,}/))]),
    )
    expect(Object.keys(lines)).toEqual(['Reverted', 'Oracles', 'Bundles', 'Sets of verifiers', 'Evidence'])
    expect(lines.Reverted?.[1]).toEqual(['arbitrum', 'deliver', 'out-of-gas', '2'])
    expect(lines.Oracles?.slice(1)).toEqual([
      ['wrong', 'ETH', '2200.5', '77', '26 s'],
      ['mute', 'ETH', '-', '0', '-'],
    ])
    expect(lines.Bundles?.[1]).toEqual(['across', '52', '3', '2', '1', '48'])
    expect(lines['Sets of verifiers']?.[1]).toEqual(['hub', '2', '0', '6'])
    expect(lines.Evidence?.slice(1)).toEqual([
      ['attestations', '11'],
      ['earlyOpenings', '2'],
    ])
  })
})
