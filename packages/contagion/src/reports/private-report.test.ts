import { asHash32, isSolventError } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aggregateExposures, UNREPORTED } from './aggregate-exposures.ts'
import { MAX_AMOUNT_E8, type Position, REPORT_LAYERS, SIDES } from './position.ts'
import { commitReport, type InclusionProof, proveInclusion, verifyInclusion } from './private-report.ts'
import { reportPositions } from './report-positions.ts'
import { addSums, isSameSums, NO_SUMS, sumsOf, totalOf } from './sums.ts'

const about = { reporter: 'pool', atMs: 1_000, secret: 'a secret' }

const positions: fc.Arbitrary<Position[]> = fc.array(
  fc.record({
    side: fc.constantFrom(...SIDES),
    counterparty: fc.constantFrom('a', 'b', 'c', 'd'),
    layer: fc.constantFrom(...REPORT_LAYERS),
    amountE8: fc.bigInt({ min: 0n, max: 10n ** 30n }),
  }),
  { maxLength: 40 },
)

const owes = (counterparty: string, amountE8: bigint): Position => ({
  side: 'owes',
  counterparty,
  layer: 'lending',
  amountE8,
})

/** The same value with another amount, hash or number somewhere: every change that a forger could try on a proof. */
function tampered(proof: InclusionProof): InclusionProof[] {
  const { path, position, index, salt } = proof
  const other = asHash32(`0x${'5'.repeat(64)}`)
  const more = (amountE8: bigint) => ({ ...position, amountE8 })
  return [
    { ...proof, position: more(position.amountE8 + 1n) },
    { ...proof, position: { ...position, counterparty: `${position.counterparty}'` } },
    { ...proof, position: { ...position, side: position.side === 'owns' ? 'owes' : 'owns' } },
    { ...proof, index: index ^ 1 },
    { ...proof, index: index + (1 << path.length) },
    { ...proof, salt: salt === other ? asHash32(`0x${'6'.repeat(64)}`) : other },
    { ...proof, path: path.slice(1) },
    { ...proof, path: [...path, ...path.slice(0, 1)] },
    ...path.map((sibling, at) => ({ ...proof, path: path.with(at, { ...sibling, hash: other }) })),
    // Part of what is owed is moved into a sibling's sum, or out of it: totals stay what they were.
    ...path.map((sibling, at) => ({
      ...proof,
      position: more(position.amountE8 + 1n),
      path: path.with(at, {
        ...sibling,
        sums: { ...sibling.sums, [position.side]: { [position.layer]: -1n } },
      }),
    })),
  ]
}

describe('a private report', () => {
  it('every position is proven, and the sums are those of the balance sheet', () => {
    fc.assert(
      fc.property(positions, (sheet) => {
        const report = commitReport(sheet, about)
        const { commitment } = report
        expect(isSameSums(commitment.sums, sheet.map(sumsOf).reduce(addSums, NO_SUMS))).toBe(true)
        const proofs = [...new Set(sheet.map(({ counterparty }) => counterparty))].flatMap((name) =>
          proveInclusion(report, name),
        )
        expect(proofs).toHaveLength(sheet.length)
        expect(new Set(proofs.map(({ index }) => index)).size).toBe(sheet.length)
        for (const proof of proofs) expect(verifyInclusion(commitment, proof)).toEqual({ status: 'included' })
      }),
    )
  })

  it('a proof that was altered anywhere is refused, as is one of another report', () => {
    fc.assert(
      fc.property(positions, fc.nat(), (sheet, pick) => {
        fc.pre(sheet.length > 0)
        const report = commitReport(sheet, about)
        const proofs = proveInclusion(report, sheet[pick % sheet.length]!.counterparty)
        const proof = proofs[pick % proofs.length]!
        for (const forged of tampered(proof))
          expect(verifyInclusion(report.commitment, forged).status).toBe('refused')
        for (const other of [{ atMs: 1_001 }, { reporter: 'pond' }, { secret: 'another' }]) {
          const { commitment } = commitReport(sheet, { ...about, ...other })
          expect(verifyInclusion(commitment, proof).status).toBe('refused')
        }
      }),
    )
  })

  it('smaller totals than the sum are bound by no root: the attack on the tree of sums of 2018', () => {
    // Hu, Zhang, Guo, ePrint 2018/1139: with H(sum, hashes) both customers of 10 accept a total of 10. Here the top is the
    // hash of both sums, so that a commitment to 10 fits neither proof.
    const report = commitReport([owes('a', 10n), owes('b', 10n)], about)
    const sums = { owns: {}, owes: { lending: 10n } }
    for (const name of ['a', 'b'])
      for (const proof of proveInclusion(report, name)) {
        expect(verifyInclusion({ ...report.commitment, sums }, proof)).toEqual({
          status: 'refused',
          reason: 'other-sums',
        })
        const hidden = proof.path.map((sibling) => ({ ...sibling, sums: NO_SUMS }))
        expect(verifyInclusion({ ...report.commitment, sums }, { ...proof, path: hidden })).toEqual({
          status: 'refused',
          reason: 'other-root',
        })
      }
  })

  it('what one sibling is said to owe cannot be moved to another, although the totals stay what they are', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    const report = commitReport(
      names.map((name) => owes(name, 10n)),
      about,
    )
    for (const { path, ...proof } of names.flatMap((name) => proveInclusion(report, name))) {
      const owed = path.map(({ sums }) => sums.owes.lending ?? 0n)
      const from = owed.findIndex((amountE8) => amountE8 > 0n)
      const to = owed.findIndex((_, at) => at !== from)
      const moved = path.map((sibling, at) => {
        const lending = owed[at]! + (at === to ? 1n : at === from ? -1n : 0n)
        return { ...sibling, sums: { owns: {}, owes: lending === 0n ? {} : { lending } } }
      })
      expect(verifyInclusion(report.commitment, { ...proof, path: moved })).toEqual({
        status: 'refused',
        reason: 'other-root',
      })
    }
  })

  it('negative amounts and sums that are too large are refused, in reports and in proofs', () => {
    const code = (sheet: Position[]) => {
      try {
        commitReport(sheet, about)
      } catch (error) {
        return isSolventError(error) ? error.code : 'other'
      }
      return 'taken'
    }
    expect(code([owes('a', -1n), owes('b', 5n)])).toBe('E_REPORT')
    expect(code([owes('a', MAX_AMOUNT_E8), owes('b', 1n)])).toBe('E_REPORT')
    expect(code([owes('a', MAX_AMOUNT_E8)])).toBe('taken')
    const report = commitReport([owes('a', 10n)], about)
    const [proof] = proveInclusion(report, 'a')
    const path = proof!.path.map((sibling) => ({ ...sibling, sums: { owns: {}, owes: { lending: -10n } } }))
    expect(verifyInclusion(report.commitment, { ...proof!, path })).toEqual({
      status: 'refused',
      reason: 'bad-sum',
    })
  })

  it('the same balance sheet under another secret has the same totals and nothing else in common', () => {
    const sheet = [owes('a', 10n), owes('b', 7n)]
    const [one, two] = ['x', 'y'].map((secret) => commitReport(sheet, { ...about, secret }))
    expect(one!.commitment.sums).toEqual(two!.commitment.sums)
    const hashes = new Set(one!.levels.flat().map(({ hash }) => hash))
    expect(two!.levels.flat().some(({ hash }) => hashes.has(hash))).toBe(false)
  })
})

describe('exposures from commitments', () => {
  // Three that owe each other: a owes b 3 and c 1, b owes c 2, c owes a 4.
  const network = {
    format: 'solvent-exposures',
    version: 2,
    nodes: ['a', 'b', 'c'].map((id) => ({ id, externalAssets: 10, externalLiabilities: 1 })),
    claims: [
      { debtor: 'a', creditor: 'b', amount: 3, layer: 'lending' },
      { debtor: 'a', creditor: 'c', amount: 1, layer: 'lending' },
      { debtor: 'b', creditor: 'c', amount: 2, layer: 'lending' },
      { debtor: 'c', creditor: 'a', amount: 4, layer: 'receivable' },
    ],
  } as const
  const reports = ['a', 'b', 'c'].map((reporter) =>
    commitReport(reportPositions(network, reporter), { reporter, atMs: 0, secret: reporter }),
  )
  const commitments = reports.map(({ commitment }) => commitment)
  const sum = (claims: readonly { amount: number }[]) => claims.reduce((all, { amount }) => all + amount, 0)

  it('totals of every node and layer are those of the network', () => {
    const { network: estimated, certificate } = aggregateExposures(commitments)
    expect(certificate.residual).toBeLessThan(1e-11)
    for (const { id } of network.nodes)
      for (const layer of ['lending', 'receivable'] as const)
        for (const side of ['debtor', 'creditor'] as const) {
          const of = (claims: typeof estimated.claims) =>
            sum(claims.filter((claim) => claim[side] === id && claim.layer === layer))
          expect(of(estimated.claims), `${id} ${layer} ${side}`).toBeCloseTo(of(network.claims), 9)
        }
    expect(estimated.claims.some(({ debtor, creditor }) => debtor === creditor)).toBe(false)
  })

  it('a position that was shown is taken as it is, and the rest follows', () => {
    const shown = { debtor: 'a', creditor: 'b', layer: 'lending', amountE8: 300_000_000n } as const
    const { network: estimated } = aggregateExposures(commitments, [shown])
    // With it nothing else is possible.
    const found = (debtor: string, creditor: string) =>
      sum(estimated.claims.filter((claim) => claim.debtor === debtor && claim.creditor === creditor))
    expect(found('a', 'b')).toBeCloseTo(3, 9)
    expect(found('a', 'c')).toBeCloseTo(1, 9)
    expect(found('b', 'c')).toBeCloseTo(2, 9)
    expect(() => aggregateExposures(commitments, [{ ...shown, amountE8: 10n ** 9n }])).toThrow(
      'more than the report',
    )
  })

  it('who does not report is a node of its own that owes and owns the difference', () => {
    const { network: estimated } = aggregateExposures(commitments.slice(0, 2))
    const owedTo = sum(estimated.claims.filter(({ creditor }) => creditor === UNREPORTED))
    const owedBy = sum(estimated.claims.filter(({ debtor }) => debtor === UNREPORTED))
    // a and b owe six in lending, and b owns three of it; a owns four receivables.
    expect(owedTo).toBeCloseTo(3, 9)
    expect(owedBy).toBeCloseTo(4, 9)
  })

  it('reports of two moments, or two of one reporter, are no network', () => {
    const [a, b] = commitments
    expect(() => aggregateExposures([a!, { ...b!, atMs: 5 }])).toThrow('different moments')
    expect(() => aggregateExposures([a!, a!])).toThrow('one reporter')
  })

  it('what a node reports adds up to its balance sheet', () => {
    const { owns, owes: debts } = reports[0]!.commitment.sums
    expect([totalOf(owns), totalOf(debts)]).toEqual([1_400_000_000n, 500_000_000n])
  })
})
