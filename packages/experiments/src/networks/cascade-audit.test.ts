// C-7 and C-8 on what the models of contagion come to, by the audit's own code; planted bug 25: a cascade that counts a creditor twice.
import { type AuditedClaim, cascadeBreaches, clearingBreaches, monotoneBreaches } from '@solvent/audit'
import {
  cascadeAlong,
  claimsNetwork,
  createStressSystem,
  debtRank,
  type Entry,
  rogersVeraart,
  thresholdCascade,
} from '@solvent/contagion'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const networks = fc.integer({ min: 2, max: 7 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    entries: fc
      .array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.integer({ min: 1, max: 30 })), { maxLength: 3 * n })
      .map((rows) => rows.filter(([from, to]) => from !== to)),
    amounts: fc.array(fc.nat(60), { minLength: n, maxLength: n }),
    outside: fc.array(fc.nat(20), { minLength: n, maxLength: n }),
    rate: fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10),
  }),
)
/** Rows are lenders. */
const claimsOf = (entries: readonly Entry[]): AuditedClaim[] =>
  entries.map(([creditor, debtor, amount]) => ({ creditor, debtor, amount }))

describe('C-7 on default cascades', () => {
  it('holds for every cascade', () => {
    fc.assert(
      fc.property(networks, fc.constantFrom('geq', 'gt'), ({ n, entries, amounts, rate }, tie) => {
        const input = {
          claims: claimsNetwork(n, entries),
          buffers: amounts,
          initialDefaults: [0],
          lossGivenDefault: rate,
          tie,
        }
        const facts = { n, claims: claimsOf(entries), buffers: amounts, lossGivenDefault: rate }
        expect(cascadeBreaches({ ...facts, ...thresholdCascade(input) })).toEqual([])
      }),
    )
  })

  // 1 and 2 have 6 of 0, and can lose 10. Counted twice, 1 would lose 12 and fail.
  it('catches a cascade that counts a creditor twice (planted bug 25)', () => {
    const entries: Entry[] = [
      [1, 0, 6],
      [2, 0, 6],
      [2, 1, 4],
    ]
    const input = {
      claims: claimsNetwork(3, entries),
      buffers: [5, 10, 10],
      initialDefaults: [0],
      lossGivenDefault: 1,
      tie: 'geq',
    } as const
    const facts = { n: 3, claims: claimsOf(entries), buffers: input.buffers, lossGivenDefault: 1 }
    const byDebtor = claimsNetwork(3, [
      [0, 1, 6],
      [0, 2, 6],
      [1, 2, 4],
    ])
    expect(cascadeBreaches({ ...facts, ...cascadeAlong(input, byDebtor) })).toEqual([])
    const twice = {
      ...byDebtor,
      offsets: Int32Array.of(0, 3, 4, 4),
      columnOf: Int32Array.of(1, 1, 2, 2),
      amounts: Float64Array.of(6, 6, 6, 4),
    }
    const [breach] = cascadeBreaches({ ...facts, ...cascadeAlong(input, twice) })
    expect(breach).toMatch(/institution 1 lost 12, and its claims on the failed were marked down by 6/)
  })

  it('catches rounds beyond one for each institution, and rounds in which nobody fails', () => {
    const facts = { n: 2, claims: [], buffers: [1, 1], lossGivenDefault: 1, finalLoss: [0, 0] }
    expect(cascadeBreaches({ ...facts, defaultRound: [0, -1], rounds: 4 })[0]).toMatch(/4 rounds among 2/)
    expect(cascadeBreaches({ ...facts, defaultRound: [0, -1], rounds: 1 })).toEqual([
      'nobody fails in round 1 of 1',
    ])
  })
})

describe('C-7 on clearing', () => {
  const cleared = ({
    n,
    entries,
    amounts,
    outside,
    rate,
  }: {
    n: number
    entries: Entry[]
    amounts: number[]
    outside: number[]
    rate: number
  }) => {
    const rates = { alpha: rate, beta: rate }
    const outcome = rogersVeraart(
      { liabilities: claimsNetwork(n, entries), externalAssets: amounts, externalLiabilities: outside },
      rates,
    )
    return {
      n,
      claims: entries.map(([debtor, creditor, amount]) => ({ debtor, creditor, amount })),
      externalAssets: amounts,
      externalDebts: outside,
      ...rates,
      payments: outcome.clearingVector,
      equity: outcome.equity,
      externalReceived: outcome.externalCreditorsReceive,
      rounds: outcome.rounds,
    }
  }

  it('holds for every clearing vector', () => {
    fc.assert(
      fc.property(networks, (network) => {
        expect(clearingBreaches(cleared(network))).toEqual([])
      }),
    )
  })

  it('catches a payment that is not all that is left, and equity that nobody has', () => {
    const facts = cleared({ n: 2, entries: [[0, 1, 10]], amounts: [6, 1], outside: [0, 0], rate: 1 })
    expect(clearingBreaches({ ...facts, payments: [5, 0] })[0]).toMatch(
      /institution 0 pays 5; it owes 10 and has 6 left/,
    )
    expect(clearingBreaches({ ...facts, equity: [0, 8] })[0]).toMatch(/owners and outside creditors have 8/)
  })
})

describe('C-8', () => {
  it('holds for DebtRank, cascades of more failures, and clearing', () => {
    fc.assert(
      fc.property(networks, ({ n, entries, amounts, outside, rate }) => {
        const buffers = amounts.map((amount) => amount + 200)
        const system = createStressSystem({ exposures: claimsNetwork(n, entries), buffers, weights: buffers })
        const byDebtRank = [0.1, 0.4, 1].map((shock) => {
          const { originalLosses, additionalLosses } = debtRank(
            system,
            [shock, ...new Array<number>(n - 1).fill(0)],
            'linear',
          )
          return { shock, loss: originalLosses + additionalLosses }
        })
        expect(monotoneBreaches(byDebtRank)).toEqual([])
        const byCascade = [1, 2, n].map((failures) => {
          const { finalLoss } = thresholdCascade({
            claims: claimsNetwork(n, entries),
            buffers: amounts,
            initialDefaults: Array.from({ length: failures }, (_, node) => node),
            lossGivenDefault: rate,
            tie: 'geq',
          })
          return { shock: failures, loss: finalLoss.reduce((sum, loss) => sum + loss, 0) }
        })
        expect(monotoneBreaches(byCascade)).toEqual([])
        const byClearing = [0, 0.3, 1].map((shock) => {
          const left = amounts.map((amount, node) => (node === 0 ? amount * (1 - shock) : amount))
          const { totals } = rogersVeraart(
            { liabilities: claimsNetwork(n, entries), externalAssets: left, externalLiabilities: outside },
            { alpha: rate, beta: rate },
          )
          return { shock, loss: -totals.equity - totals.externalPaid }
        })
        expect(monotoneBreaches(byClearing)).toEqual([])
      }),
    )
  })

  it('catches a larger shock that costs less', () => {
    expect(
      monotoneBreaches([
        { shock: 2, loss: 5 },
        { shock: 1, loss: 6 },
      ]),
    ).toEqual(['a shock of 2 costs 5, one of 1 costs 6'])
  })
})
