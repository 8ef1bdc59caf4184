/**
 * The tests of a market as one family, with the rate of false discoveries under control. Each stands for a sign of
 * conduct: bids that are not independent, winners who take turns, a market that is divided, bids that answer to no
 * cost, prices that could have been higher for free.
 */
import { SCREENS } from '../screens/tender-screens.ts'
import { falseDiscoveryRates } from '../statistics/false-discovery.ts'
import type { MarketTest, ScreeningReport } from './screening-report.ts'

type Measured = Pick<
  ScreeningReport,
  'permutation' | 'bajariYe' | 'porterZona' | 'rebid' | 'pairs' | 'avoidance' | 'rings' | 'granger'
>

export function marketTestsOf(measured: Measured): MarketTest[] {
  const { permutation, bajariYe, porterZona, rebid } = measured
  const { screens, winners } = permutation
  const candidates: (Omit<MarketTest, 'p' | 'q'> & { readonly p: number | null | undefined })[] = [
    ...SCREENS.map((name) => ({
      name: `screen ${name}`,
      sign: 'dependence' as const,
      p: screens?.[name],
      by: 'permutation' as const,
    })),
    { name: 'transitions between winners', sign: 'turns', p: winners.transition_G, by: 'permutation' },
    { name: 'few repeated winners', sign: 'turns', p: winners.few_repeats, by: 'permutation' },
    { name: 'many repeated winners', sign: 'persistence', p: winners.many_repeats, by: 'permutation' },
    { name: 'winners by chain', sign: 'division', p: winners.division['chain'], by: 'permutation' },
    { name: 'winners by asset', sign: 'division', p: winners.division['asset'], by: 'permutation' },
    {
      name: 'independence of pairs',
      sign: 'dependence',
      p: leastRate(measured.pairs?.pairs),
      by: 'distribution',
    },
    {
      name: 'even number of bids',
      sign: 'avoidance',
      p: measured.avoidance.evenness_p,
      by: 'distribution',
    },
    {
      name: 'pairs that avoid each other',
      sign: 'avoidance',
      p: leastRate(measured.avoidance.pairs),
      by: 'distribution',
    },
    {
      name: 'turns in a possible ring',
      sign: 'turns',
      p: leastRate(measured.rings.rings),
      by: 'distribution',
    },
    {
      name: 'last bids foretell others (Granger)',
      sign: 'turns',
      p: leastRate(measured.granger),
      by: 'distribution',
    },
    { name: 'exchangeability', sign: 'costs', p: bajariYe?.exchangeability.p, by: 'distribution' },
    { name: 'lowest bid and losers by one rule', sign: 'costs', p: porterZona?.p, by: 'distribution' },
    { name: 'rank flips when bidding again', sign: 'rebids', p: rebid?.p_one_sided_less, by: 'distribution' },
  ]
  const made = candidates.flatMap(({ p, ...test }) => (p === null || p === undefined ? [] : [{ ...test, p }]))
  const rates = falseDiscoveryRates(
    made.map(({ p }) => p),
    'positive',
  )
  return made.map((test, at) => ({ ...test, q: rates[at]! }))
}

/**
 * The least rate of a family of its own, which is a p value for the whole family (R. J. Simes, Biometrika 73(3), 1986,
 * 751-754): so pairs and rings enter as one test each, however many there are.
 */
function leastRate(tests: readonly { readonly q: number | null }[] | undefined): number | undefined {
  const rates = (tests ?? []).flatMap(({ q }) => q ?? [])
  return rates.length === 0 ? undefined : Math.min(...rates)
}
