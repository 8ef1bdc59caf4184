// The page of a study: the answer first, then pictures with their tables.

import { axis, chart, short } from '../../page/chart.ts'
import { htmlTable, page, paragraph, section } from '../../page/html.ts'
import { numberText } from '../../page/text/number-text.ts'
import { waterfall } from '../../page/waterfall.ts'
import type { ContagionReport } from '../contagion-report.ts'
import { controlSection } from './control-section.ts'
import { exposureSection } from './exposure-section.ts'
import { fallsSection } from './falls-section.ts'
import { warningSection } from './warning-section.ts'
import { waveSection } from './wave-section.ts'

export function contagionPage(report: ContagionReport): string {
  return page(
    report.title,
    `<div class="answer">${paragraph(answer(report))}</div>`,
    about(report),
    lossSection(report),
    channelSection(report),
    waveSection(report),
    fallsSection(report),
    exposureSection(report),
    distributionSection(report),
    warningSection(report),
    controlSection(report),
    reverseSection(report),
  )
}

const amount = (value: string | number): string => numberText(value)

function answer({ loss, numeraire, attribution, runs, interventions }: ContagionReport): string {
  const insolvent = [...new Set(runs.flatMap((run) => run.insolvent))]
  const largest = attribution?.channels.toSorted((a, b) => Number(b.parts.total) - Number(a.parts.total))[0]
  const best = interventions?.controls
    .filter(({ avoided }) => avoided !== null)
    .toSorted((a, b) => b.avoided!.mean - a.avoided!.mean)[0]
  return [
    `The shock costs ${amount(loss.total)} ${numeraire}; ${insolvent.length === 0 ? 'no solver is insolvent' : `insolvent: ${insolvent.join(', ')}`}.`,
    largest === undefined ? '' : `Most of it came through ${largest.title}.`,
    best === undefined
      ? ''
      : `Of the controls, ${best.name} alone avoids most: ${amount(best.avoided!.mean)}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

function about({ scenario, seeds }: ContagionReport): string {
  const which = seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds[0]} to ${seeds.at(-1)}`
  return paragraph(
    `Scenario ${scenario}, ${which}. Every run stands beside the same run without the shock; losses are what each has in the end without it, less what it has with it.`,
  )
}

function lossSection({ classes, loss, byChain, numeraire }: ContagionReport): string {
  const rows = Object.entries(classes)
    .map(([each, title]) => ({ title, value: loss[each as keyof typeof loss] }))
    .filter(({ value }) => Number(value) !== 0)
  return section(
    'Who loses',
    htmlTable(
      `Loss by kind of holder, ${numeraire}`,
      ['who', 'loss'],
      [...rows.map(({ title, value }) => [title, amount(value)]), ['all', amount(loss.total)]],
    ),
    htmlTable(
      `Loss by where it lies, ${numeraire}`,
      ['where', 'loss'],
      byChain.map((part) => [part.chain ?? 'orders, fills and transfers', amount(part.loss)]),
    ),
  )
}

function channelSection({ attribution, numeraire, classes, seeds }: ContagionReport): string {
  if (attribution === null) return ''
  const { channels, rest, whole, method } = attribution
  const steps = [
    ...channels.map(({ name, parts }) => ({ name, value: Number(parts.total) })),
    { name: 'none of these', value: Number(rest.total) },
  ]
  const columns = Object.keys(classes).filter((each) => Number(whole[each as keyof typeof whole]) !== 0)
  const isSampled = method === 'sampled'
  const row = (name: string, parts: typeof whole, error?: number) => [
    name,
    ...columns.map((each) => amount(parts[each as keyof typeof parts])),
    amount(parts.total),
    ...(isSampled ? [error === undefined ? '' : `± ${amount(error)}`] : []),
  ]
  return section(
    'Through which channels',
    chart('Loss waterfall by channel', 360, waterfall(steps, 'whole')),
    htmlTable(
      `Shapley values (${method}), ${numeraire}, added up over ${seeds.length} run${seeds.length === 1 ? '' : 's'}; rows sum to the whole`,
      ['channel', ...columns, 'total', ...(isSampled ? ['standard error of the total'] : [])],
      [
        ...channels.map(({ name, parts, standardErrors }) => row(name, parts, standardErrors.total)),
        row('through none of these', rest),
        row('whole', whole),
      ],
    ),
    htmlTable(
      'What the channels are, and how each is closed',
      ['channel', 'is', 'closed when'],
      channels.map(({ name, title, closedBy }) => [name, title, closedBy]),
    ),
  )
}

/** Bars of the histogram. */
const BINS = 12

function distributionSection({ runs, distribution, numeraire }: ContagionReport): string {
  const { mean, valueAtRisk, expectedShortfall, worst, confidence } = distribution
  if (runs.length < 2) return ''
  const losses = runs.map(({ loss }) => Number(loss.total))
  const [least, most] = [Math.min(...losses), Math.max(...losses)]
  const width = (most - least) / BINS || 1
  const counts = new Array<number>(BINS).fill(0)
  for (const loss of losses) counts[Math.min(BINS - 1, Math.floor((loss - least) / width))]! += 1
  return section(
    'How large it gets',
    chart('Distribution of losses over the runs', 300, (palette) => ({
      grid: { left: 60, right: 20, top: 20, bottom: 50 },
      xAxis: {
        type: 'category',
        name: numeraire,
        data: binNames(counts.map((_, bin) => least + (bin + 0.5) * width)),
        ...axis(palette),
      },
      yAxis: { type: 'value', name: 'runs', minInterval: 1, ...axis(palette) },
      series: [{ type: 'bar', data: counts, barCategoryGap: '5%' }],
    })),
    htmlTable(
      `Losses of ${runs.length} runs, ${numeraire}`,
      ['mean', `value at risk, ${confidence * 100} %`, 'expected shortfall', 'worst'],
      [[amount(mean), amount(valueAtRisk), amount(expectedShortfall), amount(worst)]],
    ),
    htmlTable(
      'By run',
      ['seed', 'loss', 'insolvent'],
      runs.map(({ seed, loss, insolvent }) => [String(seed), amount(loss.total), insolvent.join(', ')]),
    ),
  )
}

/** With as many digits as it takes to tell the bins apart. */
function binNames(middles: readonly number[]): string[] {
  const names = middles.map(short)
  return new Set(names).size === names.length ? names : middles.map(amount)
}

function reverseSection({ reverse }: ContagionReport): string {
  if (reverse === null) return ''
  const { target, brokenWhen, most, bySeed, byBridge, byTime } = reverse
  const row = (
    what: string,
    {
      breaksAt,
      holdsAt,
      monotone,
    }: (typeof bySeed)[number] | (typeof byBridge)[number] | (typeof byTime)[number],
  ) => [
    what,
    breaksAt === null ? `not up to ${most}` : String(Number(breaksAt.toPrecision(4))),
    holdsAt === null ? '–' : String(Number(holdsAt.toPrecision(4))),
    monotone ? 'yes' : 'no: a larger one held',
  ]
  return section(
    `How little breaks ${target}`,
    paragraph(`It is broken when ${brokenWhen}. Sizes are multiples of the shock of the file.`),
    htmlTable(
      'Smallest shock',
      ['shock', 'breaks at', 'holds at', 'monotone'],
      [
        ...bySeed.map((found) => row(`the file's, seed ${found.seed}`, found)),
        ...byBridge.map((found) => row(`the same value at ${found.place}`, found)),
        ...byTime.map((found) => row(`from second ${found.atSeconds} on`, found)),
      ],
    ),
  )
}
