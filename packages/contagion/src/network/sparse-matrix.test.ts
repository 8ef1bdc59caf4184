import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  claimsFromColumns,
  claimsNetwork,
  type Entry,
  MAX_ENTRIES,
  MAX_NODES,
  portfolioMatrix,
  rowSums,
  transpose,
} from './sparse-matrix.ts'

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

  it('are the same from columns, which are refused for the same reasons', () => {
    const columns = (list: readonly Entry[]) => ({
      n: N,
      from: Int32Array.from(list, ([from]) => from),
      to: Int32Array.from(list, ([, to]) => to),
      amounts: Float64Array.from(list, ([, , amount]) => amount),
    })
    fc.assert(
      fc.property(entries, (list) => {
        expect(claimsFromColumns(columns(list))).toEqual(claimsNetwork(N, list))
      }),
    )
    expect(() => claimsFromColumns(columns([[1, 1, 5]]))).toThrow('cannot owe itself')
    expect(() => claimsFromColumns(columns([[0, N, 5]]))).toThrow('unknown node')
    expect(() => claimsFromColumns(columns([[0, 1, -5]]))).toThrow('must not be negative')
    expect(() => claimsFromColumns({ ...columns([[0, 1, 5]]), to: new Int32Array(2) })).toThrow('one length')
    const tooMany = { ...columns([]), amounts: new Float64Array(MAX_ENTRIES + 1) }
    expect(() => claimsFromColumns(tooMany)).toThrow('too many entries')
  })

  it('refuse ragged rows and more nodes than the limit', () => {
    expect(() => portfolioMatrix([[1, 2], [3]], 2)).toThrow('one amount for each column')
    expect(() => claimsNetwork(MAX_NODES + 1, [])).toThrow('within the limit')
    expect(() => claimsNetwork(1.5, [])).toThrow('whole number')
  })
})
