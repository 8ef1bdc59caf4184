// `solvent detector`: how good a trained detector is at cartels that it never saw.
import { type DetectorReport, detectorReport, labelledAuctionsOf } from '@solvent/collusion'
import { readBidsText } from '../bids-input.ts'
import { EXIT } from '../exit-code.ts'
import { result, resultJson } from '../output/streams.ts'
import { table } from '../output/table.ts'

export interface DetectorCommandOptions {
  readonly markets: number
  readonly seed: number
  readonly labelled?: string | undefined
  readonly json?: boolean | undefined
}

export async function detector({ markets, seed, labelled, json }: DetectorCommandOptions): Promise<number> {
  const auctions = labelled === undefined ? null : labelledAuctionsOf(labelled, await readBidsText(labelled))
  const report = detectorReport({ markets, seed }, auctions)
  if (json === true) resultJson(report)
  else print(report)
  return EXIT.ok
}

function print(report: DetectorReport): void {
  const unseen = (rows: DetectorReport['kinds'], what: string) =>
    table(
      [what, 'AUC', '±', 'power at 5 %', 'false positives'],
      rows.map(({ unseen: name, auc, se, power_at_5pct, false_positive_rate }) => [
        name,
        auc.toFixed(3),
        (2 * se).toFixed(3),
        power_at_5pct.toFixed(2),
        false_positive_rate.toFixed(3),
      ]),
    )
  const sizes = Object.keys(report.power[0]?.byTenders ?? {}).sort((a, b) => Number(a) - Number(b))
  const { calibration, labelled } = report
  result(
    [
      'Markets of a kind of cartel that the detector did not learn from:',
      unseen(report.kinds, 'kind'),
      '',
      'Markets under a pricing rule that it did not learn from:',
      unseen(report.rules, 'rule'),
      '',
      'Area under the curve where it learnt neither from the kind nor from the rule:',
      table(
        ['kind', ...Object.keys(report.both[0]?.byRule ?? {})],
        report.both.map(({ kind, byRule }) => [kind, ...Object.values(byRule).map((auc) => auc.toFixed(2))]),
      ),
      weakest(report),
      '',
      'Power at 5 % false positives by number of tenders (1: screens of one tender):',
      table(
        ['kind', ...sizes],
        report.power.map(({ kind, byTenders }) => [
          kind,
          ...sizes.map((size) => byTenders[size]!.toFixed(2)),
        ]),
      ),
      '',
      `Calibration on unseen kinds (even odds before): Brier score ${calibration.brier.toFixed(3)}`,
      table(
        ['predicted', 'mean', 'observed', 'markets'],
        calibration.bins.map(({ from, to, predicted, observed, markets }) => [
          `${from.toFixed(1)} to ${to.toFixed(1)}`,
          predicted.toFixed(3),
          observed.toFixed(3),
          String(markets),
        ]),
      ),
      '',
      'Markets whose bidders share shocks to their costs (σ of ln cost); 5 % false positives are meant, and shocks up to 0.1 were learnt. Where the level of bids moves by more than that, it says nothing:',
      table(
        ['σ', 'honest accused', 'honest, nothing said', 'unseen cartels found', 'cartels, nothing said'],
        report.shared_costs.map(({ sigma, ...shares }) => [
          sigma.toFixed(2),
          shares.false_positive_rate.toFixed(3),
          shares.abstained.toFixed(3),
          shares.power.toFixed(3),
          shares.cartels_abstained.toFixed(3),
        ]),
      ),
      '',
      'These are simulated cartels. On real auctions expect far less:',
      labelled === null
        ? 'on the labelled Tsuchiura auctions screens of single tenders have an AUC of about 0.55, near chance (--labelled computes it).'
        : `on ${labelled.auctions} labelled auctions (${labelled.collusive} collusive) its AUC is ${labelled.auc.toFixed(3)} ± ${(2 * labelled.se).toFixed(3)}, power at 5 % ${labelled.power_at_5pct.toFixed(2)}${labelled.auc < NEAR_CHANCE ? ': near chance' : ''}.`,
    ].join('\n'),
  )
}

/** Where it does badly, in words. */
function weakest({ both, kinds }: DetectorReport): string {
  const cells = both.flatMap(({ kind, byRule }) =>
    Object.entries(byRule).map(([rule, auc]) => ({ what: `${kind} under ${rule}`, auc })),
  )
  const worst = cells.sort((a, b) => a.auc - b.auc).slice(0, SHOWN_CELLS)
  const missed = kinds.filter(({ power_at_5pct }) => power_at_5pct < 0.5)
  return [
    `It does worst on ${worst.map(({ what, auc }) => `${what} (${auc.toFixed(2)})`).join(', ')}.`,
    ...(missed.length === 0
      ? []
      : [
          `Of unseen kinds it misses more than half at 5 % false positives: ${missed.map(({ unseen }) => unseen).join(', ')}.`,
        ]),
  ].join('\n')
}

const SHOWN_CELLS = 3
const NEAR_CHANCE = 0.6
