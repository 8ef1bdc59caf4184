import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimsNetwork, type Entry, MAX_NODES, portfolioMatrix, rowSums, transpose } from './sparse-matrix.ts'

const N = 6
const entries = fc
  .array(fc.tuple(fc.nat(N - 1), fc.nat(N - 1), fc.nat(20)), { maxLength: 40 })
  .map((list) => list.filter(([from, to]) => from !== to))

function dense(list: readonly Entry[]): number[][] {
  const rows = Array.from({ length: N }, () => new Array<number>(N).fill(0))
  for (const [row, column, amount] of list) rows[row]![column]! += amount
  return rows
}

describe('sparse networks', () => {
  it('hold the same amounts as the dense matrix, columns ascending, no zeros, no pair twice', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const network = claimsNetwork(N, list)
        const expected = dense(list)
        const got = dense([])
        for (let row = 0; row < N; row++) {
          let last = -1
          for (let at = network.offsets[row]!; at < network.offsets[row + 1]!; at++) {
            expect(network.columnOf[at]).toBeGreaterThan(last)
            expect(network.amounts[at]).toBeGreaterThan(0)
            last = network.columnOf[at]!
            got[row]![last] = network.amounts[at]!
          }
        }
        expect(got).toEqual(expected)
        expect([...rowSums(network)]).toEqual(expected.map((row) => row.reduce((a, b) => a + b, 0)))
      }),
    )
  })

  it('are themselves again after two transpositions', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const network = claimsNetwork(N, list)
        expect(transpose(transpose(network))).toEqual(network)
      }),
    )
  })

  it('refuse ragged rows and more nodes than the limit', () => {
    expect(() => portfolioMatrix([[1, 2], [3]], 2)).toThrow('one amount for each column')
    expect(() => claimsNetwork(MAX_NODES + 1, [])).toThrow('within the limit')
    expect(() => claimsNetwork(1.5, [])).toThrow('whole number')
  })
})
