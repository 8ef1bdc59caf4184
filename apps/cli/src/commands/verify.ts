// `solvent verify --fixtures DIR`: worked cases from elsewhere, computed here from their inputs, then compared.
import { type FixtureOutcome, verifyFixtures } from '@solvent/experiments'
import { EXIT } from '../exit-code.ts'
import { green, note, red, result, resultJson, yellow } from '../output/streams.ts'
import { table } from '../output/table.ts'
import { userPath } from '../user-path.ts'

export async function verify(options: {
  readonly fixtures: string
  readonly json?: boolean | undefined
}): Promise<number> {
  const outcomes = await verifyFixtures(userPath(options.fixtures))
  if (options.json === true) resultJson(outcomes)
  else printOutcomes(outcomes)
  return outcomes.some(({ status }) => status === 'mismatch') ? EXIT.expectation : EXIT.ok
}

function printOutcomes(outcomes: readonly FixtureOutcome[]): void {
  const word = { ok: green('ok'), mismatch: red('mismatch'), unknown: yellow('not known yet') }
  result(
    table(
      ['file', 'kind', 'cases', 'result'],
      outcomes.map(({ file, kind, cases, status, hint }) => [
        file,
        kind,
        String(cases),
        hint === undefined ? word[status] : `${word[status]}: ${hint}`,
      ]),
    ),
  )
  for (const { file, mismatches } of outcomes) {
    for (const { name, got, want } of mismatches) result(`${file}, ${name}\n  got  ${got}\n  want ${want}`)
  }
  const count = (status: FixtureOutcome['status']) =>
    outcomes.filter((outcome) => outcome.status === status).length
  note(`${count('ok')} agree, ${count('mismatch')} differ, ${count('unknown')} of kinds not known yet`)
}
