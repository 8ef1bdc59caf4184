/**
 * Bids as JSON: `tenders`, each with `bids` in the order of `bidders`, null where someone did not bid; what else the
 * object has (as the reference bid matrices do) is left alone.
 */
import { z } from 'zod'
import { beyondLimits, LEAST_AMOUNT, MOST_AMOUNT } from './bid-limits.ts'
import type { ReadBids } from './bids-csv.ts'
import { bidsError } from './bids-error.ts'
import { secondsOf } from './date-time.ts'

const amount = z.number().positive().gte(LEAST_AMOUNT).lte(MOST_AMOUNT)
const bids = z.array(amount.nullable())
const name = z.union([z.string(), z.number()])
const time = z.union([z.number(), z.string()]).transform((written, context) => {
  const seconds = typeof written === 'number' ? written : secondsOf(written)
  if (seconds !== null) return seconds
  context.addIssue(`a number, a date, or a date and time with its zone (got ${JSON.stringify(written)})`)
  return z.NEVER
})

const tenderSchema = z.strictObject({
  id: name.optional(),
  chain: name.nullish(),
  asset: name.nullish(),
  time: time.nullish(),
  base: amount.nullish(),
  reserve: amount.nullish(),
  bids,
  rebids: bids.nullish(),
  costs: bids.nullish(),
  utilisation: z.array(z.number().nullable()).nullish(),
  designated: z.number().int().nullish(),
})

const fileSchema = z.object({
  bidders: z.array(z.string().min(1)).optional(),
  tenders: z.array(tenderSchema).min(1),
})

/**
 * Tenders in the order in which they stand, or of their time where all have one.
 *
 * @throws SolventError E_BIDS with the place of everything that does not fit
 */
export function bidsFromJson(file: string, value: unknown): ReadBids {
  const parsed = fileSchema.safeParse(value)
  if (!parsed.success)
    throw bidsError(
      file,
      parsed.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`),
      'An object with tenders: [{ "bids": [101.5, null, 99] }, …]; docs/command-line.md has all fields.',
    )
  const { tenders } = parsed.data
  const width = parsed.data.bidders?.length ?? tenders[0]?.bids.length ?? 0
  const excess = beyondLimits(tenders.length, width)
  if (excess !== undefined) throw bidsError(file, [excess])
  const problems = tenders.flatMap((tender, at) =>
    (['bids', 'rebids', 'costs', 'utilisation'] as const).flatMap((list) => {
      const length = tender[list]?.length
      return length === undefined || length === width
        ? []
        : [`tenders[${at}].${list}: ${width} entries are needed, one a bidder (got ${length})`]
    }),
  )
  const names = parsed.data.bidders ?? Array.from({ length: width }, (_, column) => String(column))
  if (new Set(names).size < names.length) problems.push('bidders: a name stands twice')
  const timed = tenders.filter(({ time }) => typeof time === 'number').length
  if (timed > 0 && timed < tenders.length)
    problems.push(`tenders: ${timed} of ${tenders.length} have a time; all or none is needed`)
  if (problems.length > 0) throw bidsError(file, problems)
  const records = timed === 0 ? tenders : [...tenders].sort((a, b) => (a.time ?? 0) - (b.time ?? 0))
  return { bidders: names, records }
}

function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file'
  return path
    .map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at === 0 ? '' : '.'}${String(key)}`))
    .join('')
}
