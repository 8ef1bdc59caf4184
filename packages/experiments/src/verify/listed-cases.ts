// Files that list their cases, each with an input and what is expected of it, under one tolerance.
import { EXACT, type FixtureCase, type Tolerance } from './fixture-kind.ts'

interface ListedContent<Input> {
  readonly cases: readonly { readonly name?: string; readonly input: Input; readonly expected: unknown }[]
  /** Files of integers have none. */
  readonly tolerance?: Tolerance
}

/** The `split` of such a file. */
export function listedCases<Input>(content: Record<string, unknown>): FixtureCase<Input>[] {
  const { cases, tolerance = EXACT } = content as unknown as ListedContent<Input>
  return cases.map(({ name, input, expected }, index) => ({
    name: name ?? `case ${index}`,
    input,
    want: expected,
    tolerance,
  }))
}
