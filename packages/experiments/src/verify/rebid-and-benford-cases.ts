// Kind `rebid-and-benford`: auctions of two rounds, and lists of values by their first digits.
import { benfordOf, type RebidAuction, rebidTestOf } from '@solvent/collusion'
import type { FixtureCase, FixtureKind } from './fixture-kind.ts'

interface Content {
  readonly competitive: RebidFile
  readonly collusive: RebidFile
  readonly benford: Readonly<
    Record<string, { readonly values: readonly number[]; readonly expected: unknown }>
  >
}

interface RebidFile {
  readonly auctions: readonly RebidAuction[]
  readonly expected: { readonly near_tie_eps: number }
}

type Input =
  | { readonly auctions: readonly RebidAuction[]; readonly eps: number }
  | { readonly values: readonly number[] }

/** The file states none; its companions do (bids-*.json, closed_form). */
const CLOSED_FORM = { relative: 1e-9, absolute: 1e-9 }

export const rebidAndBenfordKind: FixtureKind<Input> = {
  kind: 'rebid-and-benford',
  split: (content) => {
    const { competitive, collusive, benford } = content as unknown as Content
    const rounds = Object.entries({ competitive, collusive }).map(
      ([name, { auctions, expected }]): FixtureCase<Input> => ({
        name,
        input: { auctions, eps: expected.near_tie_eps },
        want: expected,
        tolerance: CLOSED_FORM,
      }),
    )
    const digits = Object.entries(benford).map(
      ([name, { values, expected }]): FixtureCase<Input> => ({
        name: `benford: ${name}`,
        input: { values },
        want: expected,
        tolerance: CLOSED_FORM,
      }),
    )
    return [...rounds, ...digits]
  },
  compute: (input) => ('values' in input ? benfordOf(input.values) : rebidTestOf(input.auctions, input.eps)),
}
