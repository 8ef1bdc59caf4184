/**
 * What the tests come to, in words: which signs there are, how sure they are, and what else could have made them. A
 * screen never shows an agreement, only bids that independent competitors would rarely make.
 */
import type { PairTests } from './pair-tests.ts'
import type { RingTests } from './ring-tests.ts'
import type { MarketTest, ScreeningReport, Sign, Verdict } from './screening-report.ts'

/** Rate of false discoveries at which something is flagged. */
const FLAGGED_AT = 0.05

/** Signs that costs which all share make, too. */
const SHARED: ReadonlySet<Sign> = new Set(['dependence'])

const SHARED_COSTS =
  ' Costs are not in the file, and costs that all bidders share (gas, one source of prices or liquidity) make the same likeness of bids: give them in a column cost before you believe it.'

const NAMES: Readonly<Record<Sign, string>> = {
  dependence:
    'bids are closer together, or the winner stands farther off, than if everyone bid by themselves',
  turns: 'the next winner or bid can be foretold from the last one',
  persistence: 'winners repeat more often than by chance',
  division: 'winners keep to their own part of the market',
  avoidance: "bidders keep out of each other's tenders, or as many bid every time",
  costs: 'bids do not answer to costs by one rule for all',
  rebids: 'when all bid again, nobody undercuts the lowest bidder of the first round',
}

const INNOCENT: Readonly<Record<Sign, string>> = {
  dependence:
    'common shocks that the scale does not carry (gas, latency, a shared source of prices or liquidity), a reserve that all bid towards, or one firm behind several names',
  turns: 'capacity and inventory: who has just won is busy or out of stock, so that others win next',
  persistence: 'lasting cost advantages, or demand that suits one solver for a while',
  division: 'inventory, licences or links that make a solver cheaper on some chains or assets',
  avoidance:
    'bidders who serve other chains, assets or sizes, who take shifts, or a buyer who always asks the same number',
  costs:
    'solvers that differ (size, technology), costs that are measured with error, or an omitted driver of costs',
  rebids: 'a winner whose cost is lower by far, so that nobody else could follow',
}

type Measured = Pick<
  ScreeningReport,
  'bidders' | 'tenders' | 'permutations' | 'permutation' | 'pairs' | 'rings' | 'demand' | 'bajariYe'
> & { readonly tests: readonly MarketTest[] }

export function verdictOf(measured: Measured): Verdict {
  const flagged = measured.tests.filter(({ q }) => q <= FLAGGED_AT)
  const signs = [...new Set(flagged.map(({ sign }) => sign))]
  // A shock to everyone's costs makes bids alike: without costs that is told from no agreement.
  const isShared = measured.bajariYe === null && signs.some((sign) => SHARED.has(sign))
  const own = isShared ? signs.filter((sign) => !SHARED.has(sign)).length : signs.length
  const level = signs.length === 0 ? 'none' : own < 2 ? 'weak' : 'strong'
  const name = (bidder: number) => measured.bidders[bidder] ?? String(bidder)
  const findings = [
    ...signs.map((sign) => {
      const tests = flagged.filter((test) => test.sign === sign)
      return `${NAMES[sign]} (${tests.map((test) => `${test.name}, q ${rate(test.q)}`).join('; ')})`
    }),
    ...pairFindings(measured.pairs, name),
    ...ringFindings(measured.rings, name),
    ...(measured.demand?.free_price_rise === true
      ? ['a higher bid would have won as often: no cost makes these bids best replies (Chassang et al. 2022)']
      : []),
  ]
  return {
    level,
    signs,
    summary: summaryOf(level, signs.length, measured) + (isShared ? SHARED_COSTS : ''),
    findings,
    innocentExplanations: signs.map((sign) => INNOCENT[sign]),
    limits: limitsOf(measured),
  }
}

function summaryOf(level: Verdict['level'], signs: number, { tenders, tests }: Measured): string {
  const basis = `${tests.length} tests of ${tenders} tenders at a false discovery rate of ${100 * FLAGGED_AT} %`
  if (level === 'none')
    return `No sign of collusion in ${basis}. That is no proof of competition: see what is hard to see.`
  if (level === 'weak')
    return `${signs === 1 ? 'One kind of sign' : `${signs} kinds of signs`} in ${basis}: worth a look, not an accusation; one cause other than collusion can make it.`
  return `${signs} kinds of signs in ${basis}: independent competitors rarely bid like this. It does not show an agreement.`
}

const FEW_TENDERS = 40

function limitsOf({ tenders, permutations, permutation, bajariYe }: Measured): string[] {
  return [
    `p values by ${permutations} permutations: none is below ${rate(1 / (1 + permutations))}`,
    ...(permutation.screens === null
      ? ['neither base nor reserve is known: screens are shown, and have no p values']
      : []),
    ...(tenders < FEW_TENDERS
      ? [`${tenders} tenders are few: solvent detector shows how many each kind of cartel takes`]
      : []),
    ...(bajariYe !== null
      ? []
      : [
          'costs are not known: cover bids near the reserve, each by itself, show only in how bids answer to costs',
        ]),
    'rings of fewer than half of the bidders, and cartels that mimic competition, are hard to see in bids',
    'on real, labelled auctions (Tsuchiura) single screens are near chance: AUC 0.47 to 0.55',
  ]
}

function pairFindings(pairs: PairTests | null, name: (bidder: number) => string): string[] {
  const flagged = (pairs?.pairs ?? []).filter(({ q }) => q !== null && q <= FLAGGED_AT)
  const [strongest] = [...flagged].sort((a, b) => (a.p ?? 1) - (b.p ?? 1))
  if (strongest === undefined) return []
  return [
    `${flagged.length} of ${pairs?.pairs.length} pairs of bidders are not independent; first ${name(strongest.i)} and ${name(strongest.j)} (r ${strongest.r?.toFixed(2)}, q ${rate(strongest.q ?? 1)})`,
  ]
}

function ringFindings({ rings, tested }: RingTests, name: (bidder: number) => string): string[] {
  const [clearest] = rings
  if (clearest === undefined || clearest.q > FLAGGED_AT) return []
  const { members, wins, repeat_rate, q } = clearest
  return [
    `taking turns is clearest among ${members.map(name).join(', ')}: ${wins} wins, ${(100 * repeat_rate).toFixed(0)} % of them by the same again, q ${rate(q)} over ${tested} possible rings`,
  ]
}

/** As much of a small number as says something. */
function rate(value: number): string {
  if (value < 1e-15) return 'below 1e-15'
  return value >= 0.001 ? value.toFixed(3) : value.toExponential(0)
}
