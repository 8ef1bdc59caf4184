// `solvent disclose`: balance sheets that are committed to and not shown.
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  aggregateReports,
  makeReport,
  readProofFile,
  readReportFile,
  reportText,
  verifyProofs,
} from '@solvent/experiments'
import { formatUnits, SolventError } from '@solvent/primitives'
import { EXIT } from '../exit-code.ts'
import { readNetwork } from '../input.ts'
import { note, result, resultJson } from '../output/streams.ts'
import { table } from '../output/table.ts'
import { userPath } from '../user-path.ts'

const E8_DECIMALS = 8
const SECRET_BYTES = 32

export interface MakeOptions {
  readonly node: string
  readonly out: string
  readonly secret?: string | undefined
}

/** One report, and one file for each counterparty, into a new directory. */
export async function makeDisclosure(file: string, options: MakeOptions): Promise<number> {
  const secret = options.secret ?? randomBytes(SECRET_BYTES).toString('hex')
  const { report, proofs } = makeReport(await readNetwork(file, undefined), { node: options.node, secret })
  const directory = userPath(options.out)
  const taken = new Set<string>()
  const files = [...proofs].map(([name, proof]) => [fileName(name, taken), name, proof] as const)
  try {
    await mkdir(directory)
    await writeFile(join(directory, 'report.json'), reportText(report), { flag: 'wx' })
    for (const [name, , proof] of files)
      await writeFile(join(directory, name), reportText(proof), { flag: 'wx', mode: 0o600 })
  } catch (cause) {
    throw new SolventError({
      code: 'E_RESULTS_WRITE',
      message: 'The report could not be written.',
      details: { directory: options.out, system: (cause as NodeJS.ErrnoException).code },
      hint: 'Name a directory that does not exist, below one that does.',
      cause,
    })
  }
  result(
    table(
      ['file', 'for', 'positions'],
      [
        ['report.json', 'everyone', '-'],
        ...files.map(([name, counterparty, { proofs: each }]) => [name, counterparty, String(each.length)]),
      ],
    ),
  )
  return EXIT.ok
}

/** Letters, digits, points and dashes of a name, numbered where two names look alike so. */
function fileName(name: string, taken: Set<string>): string {
  const plain = `for-${name.replaceAll(/[^A-Za-z0-9.-]/g, '_')}`
  let file = plain
  for (let number = 2; taken.has(file); number++) file = `${plain}-${number}`
  taken.add(file)
  return `${file}.json`
}

export async function verifyDisclosure(
  reportFile: string,
  proofFile: string,
  { json }: { readonly json?: boolean | undefined },
): Promise<number> {
  const report = await readReportFile({ path: userPath(reportFile), shownAs: reportFile })
  const proofs = await readProofFile({ path: userPath(proofFile), shownAs: proofFile })
  const verified = verifyProofs(report, proofs)
  const rows = verified.map(({ position, verdict }) => ({
    ...position,
    amountE8: String(position.amountE8),
    ...verdict,
  }))
  if (json === true) resultJson({ reporter: report.reporter, atMs: report.atMs, proofs: rows })
  else
    result(
      table(
        [`${report.reporter}`, 'counterparty', 'layer', 'amount', 'verdict'],
        verified.map(({ position: { side, counterparty, layer, amountE8 }, verdict }) => [
          side,
          counterparty,
          layer,
          formatUnits(amountE8, E8_DECIMALS),
          verdict.status === 'included' ? 'included' : `refused: ${verdict.reason}`,
        ]),
      ),
    )
  return verified.every(({ verdict }) => verdict.status === 'included') ? EXIT.ok : EXIT.expectation
}

/** Always JSON: an exposure network for `clear` and `stress`. */
export async function aggregateDisclosures(
  reports: readonly string[],
  { shown = [] }: { readonly shown?: readonly string[] | undefined },
): Promise<number> {
  const named = (file: string) => ({ path: userPath(file), shownAs: file })
  const { network, residual } = await aggregateReports(reports.map(named), shown.map(named))
  note(`${reports.length} reports; totals are met within ${residual.toExponential(1)} of the largest`)
  resultJson(network)
  return EXIT.ok
}
