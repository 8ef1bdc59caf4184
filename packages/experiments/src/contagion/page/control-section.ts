// What each control alone would have avoided, and the cheapest set of them.

import { axis, chart, legend, short } from '../../page/chart.ts'
import { htmlTable, paragraph, section } from '../../page/html.ts'
import { numberText } from '../../page/text/number-text.ts'
import type { ContagionReport } from '../contagion-report.ts'

const BOUNDED = { loss: 'the loss', unpaid: 'unpaid claims' } as const

export function controlSection({ interventions, numeraire }: ContagionReport): string {
  if (interventions === null) return ''
  const { controls } = interventions
  const judged = controls.filter(({ refused }) => refused === null)
  return section(
    'What controls would have avoided',
    chart('Loss without and with each control', 360, (palette) => ({
      legend: legend(palette),
      grid: { left: 90, right: 20, top: 40, bottom: 100 },
      xAxis: {
        type: 'category',
        data: judged.map(({ name }) => name),
        ...axis(palette),
        // Every name, however many there are.
        axisLabel: { color: palette.ink, interval: 0, rotate: 35 },
      },
      yAxis: { type: 'value', ...axis(palette), axisLabel: { color: palette.ink, formatter: short } },
      series: [
        { type: 'bar', name: 'without', data: judged.map(({ lossWithout }) => lossWithout) },
        { type: 'bar', name: 'with', data: judged.map(({ lossWith }) => lossWith) },
      ],
    })),
    htmlTable(
      `Each control alone, ${numeraire}; intervals of 95 %`,
      ['control', 'loss without', 'loss with', 'avoided', 'half width', 'unpaid claims avoided', 'setting'],
      judged.map(({ name, lossWithout, lossWith, avoided, unpaidAvoided, inFile, setting }) => [
        name,
        numberText(lossWithout),
        lossWith === null ? '–' : numberText(lossWith),
        avoided === null ? '–' : numberText(avoided.mean),
        avoided?.halfWidth == null ? '–' : numberText(avoided.halfWidth),
        unpaidAvoided === null ? '–' : numberText(unpaidAvoided.mean),
        inFile ? "the file's own" : setting,
      ]),
    ),
    ...refusals(controls),
    cheapestSet(interventions),
  )
}

type Interventions = NonNullable<ContagionReport['interventions']>

/** One sentence for each reason. */
function refusals(controls: Interventions['controls']): string[] {
  const namesOf = new Map<string, string[]>()
  for (const { name, refused } of controls) {
    if (refused !== null) namesOf.set(refused, [...(namesOf.get(refused) ?? []), name])
  }
  return [...namesOf].map(([reason, names]) => paragraph(`Not tried: ${names.join(', ')}. ${reason}`))
}

function cheapestSet({ cheapest }: Interventions): string {
  if (cheapest === null) return ''
  const { controls, bound, boundOn, method, cost } = cheapest
  return paragraph(
    controls === null
      ? `No set keeps ${BOUNDED[boundOn]} to ${numberText(bound)} (${method} search).`
      : `Cheapest set that keeps ${BOUNDED[boundOn]} to ${numberText(bound)}: ${controls.join(' + ') || 'none is needed'} (${method} search, cost ${cost}).`,
  )
}
