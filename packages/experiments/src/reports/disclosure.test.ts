import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExposureNetwork } from '@solvent/contagion'
import { isSolventError } from '@solvent/primitives'
import { describe, expect, it, onTestFinished } from 'vitest'
import { clearNetwork } from '../networks/clear-network.ts'
import { aggregateReports, makeReport, verifyProofs } from './disclosure.ts'
import { readProofFile, readReportFile, reportText } from './report-files.ts'

// bank owes a 40 and b 20, and has 30 outside: half of each is paid.
const network: ExposureNetwork = {
  format: 'solvent-exposures',
  version: 2,
  atMs: 5,
  nodes: [
    { id: 'bank', externalAssets: 30, externalLiabilities: 0 },
    { id: 'a', externalAssets: 1, externalLiabilities: 0 },
    { id: 'b', externalAssets: 2, externalLiabilities: 0 },
  ],
  claims: [
    { debtor: 'bank', creditor: 'a', amount: 40, layer: 'lending' },
    { debtor: 'bank', creditor: 'b', amount: 20, layer: 'lending' },
  ],
}
const source = { form: 'exposures', file: 'x.json', network } as const
const made = (node: string) => makeReport(source, { node, secret: node })

function saved(text: string) {
  const directory = mkdtempSync(join(tmpdir(), 'solvent-reports-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const path = join(directory, 'file.json')
  writeFileSync(path, text)
  return { path, shownAs: 'file.json' }
}

async function refusal(run: () => Promise<unknown>): Promise<string> {
  try {
    await run()
  } catch (error) {
    if (isSolventError(error)) return error.message
    throw error
  }
  return 'taken'
}

describe('private reports as files', () => {
  it('are read as they were written, and what they prove holds', async () => {
    const { report, proofs } = made('bank')
    expect([...proofs.keys()]).toEqual(['a', 'b'])
    const read = await readReportFile(saved(reportText(report)))
    expect(read).toEqual(report)
    const proof = await readProofFile(saved(reportText(proofs.get('a')!)))
    expect(verifyProofs(read, proof)).toMatchObject([
      {
        position: { side: 'owes', counterparty: 'a', amountE8: 4_000_000_000n },
        verdict: { status: 'included' },
      },
    ])
    expect(reportText(made('bank').report)).toBe(reportText(report))
  })

  it('one proof given twice proves one position', () => {
    const { report, proofs } = made('bank')
    const { proofs: listed, ...rest } = proofs.get('a')!
    const verdicts = verifyProofs(report, { ...rest, proofs: [...listed, ...listed] })
    expect(verdicts.map(({ verdict }) => verdict.status)).toEqual(['included', 'refused'])
    expect(verifyProofs(made('a').report, proofs.get('a')!)[0]?.verdict).toEqual({
      status: 'refused',
      reason: 'other-report',
    })
  })

  it('put together they clear as the network that nobody has shown', async () => {
    const files = ['bank', 'a', 'b'].map((node) => saved(reportText(made(node).report)))
    const aggregate = await aggregateReports(files, [])
    const cleared = clearNetwork(
      { form: 'exposures', file: 'y.json', network: aggregate.network },
      { alpha: 1, beta: 1 },
    )
    expect(cleared.recoveryRate[0]).toBeCloseTo(0.5, 12)
    expect([...cleared.equity.slice(0, 3)].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0, 21, 12])
  })

  it('a proof that does not hold, or of nobody, is not put in', async () => {
    const files = ['bank', 'a'].map((node) => saved(reportText(made(node).report)))
    const other = makeReport(source, { node: 'bank', secret: 'another' }).proofs.get('a')!
    expect(await refusal(() => aggregateReports(files, [saved(reportText(other))]))).toContain(
      'does not hold',
    )
    const stranger = saved(reportText(made('b').proofs.get('bank')!))
    expect(await refusal(() => aggregateReports(files, [stranger]))).toContain('none of the reports')
  })

  it('what is no report is refused with its place', async () => {
    const text = reportText(made('bank').report)
    const said = (edited: string) => refusal(() => readReportFile(saved(edited)))
    expect(await said(text)).toBe('taken')
    expect(await said(text.replace('"6000000000"', '"-6000000000"'))).toContain('sums.owes.lending')
    expect(await said(text.replace('"6000000000"', '6000000000'))).toContain('sums.owes.lending')
    expect(await said(text.replace('"6000000000"', `"${2n ** 127n}"`))).toContain('2^127')
    expect(await said(text.replace('lending', 'lendings'))).toContain('sums.owes')
    expect(await said(text.slice(0, 30))).toContain('not JSON')
    expect(await refusal(async () => makeReport(source, { node: 'c', secret: '' }))).toContain('no such node')
  })
})
