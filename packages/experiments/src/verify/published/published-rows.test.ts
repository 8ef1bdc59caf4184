import { calvanoBaseline } from '@solvent/collusion'
import { expect, it } from 'vitest'
import { auctionFormRows } from './auction-forms.ts'
import { PUBLISHED_AUCTIONS } from './banchio-skrzypacz-figures.ts'
import { batchRows } from './batch-rows.ts'
import { PUBLISHED_PRICING } from './calvano-variants.ts'
import { entryRows, patienceRows } from './patience-forms.ts'
import { meanFigure, plainFigure, publishedRow } from './published-row.ts'

it('closed forms are what auctions, rings, entry and batches that are played come to', () => {
  const rows = [...auctionFormRows(), ...patienceRows(), ...entryRows(), ...batchRows()]
  expect(rows.filter(({ ok }) => !ok)).toEqual([])
  expect(rows.map(({ quantity }) => quantity)).toContain('price at second-price, ring of 3 among 4 bidders')
})

it('a figure is the same when its range meets three standard errors about ours, or holds it where it has none', () => {
  const ok = (value: number, interval: readonly [number, number] | null) =>
    publishedRow(
      'x',
      {
        quantity: 'x',
        published: 1,
        accept: [0.9, 1.1],
        of: () => (interval === null ? plainFigure(value) : meanFigure({ mean: value, interval })),
      },
      null,
      [],
    ).ok
  expect(ok(1.1, null)).toBe(true)
  expect(ok(1.11, null)).toBe(false)
  // 1.96 standard errors of 0.05: three are 0.15.
  expect(ok(1.24, [1.24 - 0.098, 1.24 + 0.098])).toBe(true)
  expect(ok(1.26, [1.26 - 0.098, 1.26 + 0.098])).toBe(false)
})

it('a figure that is known to miss says why, unless it does not miss', () => {
  const row = (value: number, knownMiss?: string) =>
    publishedRow(
      'x',
      {
        quantity: 'x',
        published: 1,
        accept: [0.9, 1.1],
        of: () => plainFigure(value),
        ...(knownMiss && { knownMiss }),
      },
      null,
      [],
    )
  expect(row(2, 'a misprint')).toMatchObject({ ok: false, reason: 'a misprint' })
  expect(row(1, 'a misprint')).toMatchObject({ ok: true, reason: null })
  expect(row(2)).toMatchObject({ ok: false, reason: null })
})

it('studies have names of their own, and the full table all of the quick one', () => {
  const studies = [...PUBLISHED_PRICING, ...PUBLISHED_AUCTIONS]
  expect(new Set(studies.map(({ name }) => name)).size).toBe(studies.length)
  for (const { quick, full } of studies) expect(full).toBeGreaterThan(quick)
  // Every variant but the first differs from the baseline.
  const baseline = JSON.stringify(calvanoBaseline())
  expect(PUBLISHED_PRICING.filter(({ study }) => JSON.stringify(study) === baseline)).toHaveLength(1)
})
