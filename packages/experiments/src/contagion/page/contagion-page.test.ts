import { describe, expect, it } from 'vitest'
import type { ContagionReport, LossColumns } from '../contagion-report.ts'
import { lossClasses, lossClassTitles } from '../loss-sheet.ts'
import { contagionPage } from './contagion-page.ts'

const columns = (holders: string): LossColumns =>
  ({ ...Object.fromEntries(lossClasses.map((each) => [each, '0'])), holders, total: holders }) as LossColumns
const noErrors = Object.fromEntries(lossClasses.map((each) => [each, 0])) as never

const report: ContagionReport = {
  scenario: 'small',
  title: 'A <script>alert(1)</script> & more',
  numeraire: 'USD',
  seeds: [1, 2],
  classes: lossClassTitles,
  runs: [
    { seed: 1, loss: columns('100'), insolvent: ['atlas'] },
    { seed: 2, loss: columns('300'), insolvent: [] },
  ],
  loss: columns('200'),
  byChain: [
    { chain: 'arbitrum', loss: '150' },
    { chain: null, loss: '50' },
  ],
  distribution: { mean: 200, valueAtRisk: 300, expectedShortfall: 300, worst: 300, confidence: 0.95 },
  wave: [
    { atSeconds: 10, kind: 'shock', who: 'hub', what: 'forge', value: '0' },
    { atSeconds: 20, kind: 'stranded', who: 'atlas', what: 'receivable over hub', value: '50' },
    { atSeconds: 20, kind: 'insolvent', who: 'atlas', what: 'equity of the start is gone', value: '40' },
  ],
  falls: [
    {
      id: 'atlas',
      kind: 'solver',
      atSeconds: 60,
      round: 2,
      shortfall: '10.00',
      loss: '40.00',
      because: [{ id: 'hub', amount: '40.00' }],
    },
  ],
  exposures: {
    atSeconds: 15,
    label: '',
    nodes: [
      { id: 'hub', kind: 'bridge', owed: 5, owns: 0 },
      { id: 'atlas', kind: 'solver', owed: 0, owns: 5 },
    ],
    claims: [{ debtor: 'hub', creditor: 'atlas', layer: 'receivable', amount: 5 }],
  },
  attribution: {
    method: 'exact',
    channels: [
      {
        name: 'backing',
        title: 'wraps',
        closedBy: 'refill',
        parts: columns('390'),
        standardErrors: noErrors,
      },
    ],
    rest: columns('10'),
    whole: columns('400'),
  },
  warning: {
    everySeconds: 60,
    runs: 2,
    any: { points: [{ level: 3, detected: 1, falseAlarms: 0.5, leadSeconds: 90 }], area: 0.75 },
    tuned: {
      levels: [{ signal: 'backing', level: 3 }],
      runs: 2,
      detected: 1,
      falseAlarms: 0.5,
      leadSeconds: { least: 20, median: 30, most: 50 },
    },
    signals: [
      {
        signal: 'backing',
        points: [{ level: 3, detected: 0.5, falseAlarms: 0, leadSeconds: 60 }],
        area: 0.75,
      },
    ],
  },
  interventions: {
    controls: [
      {
        name: 'limiter',
        title: 'limits',
        setting: '1 %',
        inFile: false,
        lossWithout: 200,
        lossWith: 20,
        avoided: { mean: 180, halfWidth: 12.5 },
        unpaidWithout: 90,
        unpaidWith: 0,
        unpaidAvoided: { mean: 90, halfWidth: 7.5 },
        refused: null,
      },
    ],
    cheapest: {
      ...{
        method: 'exact',
        bound: 50,
        boundOn: 'loss',
        controls: ['limiter'],
        loss: 20,
        cost: 1,
        evaluations: 2,
      },
    },
  },
  reverse: {
    target: 'atlas',
    brokenWhen: 'it owes more than it has',
    most: 2,
    bySeed: [{ seed: 1, breaksAt: 0.5, holdsAt: 0.4, monotone: true, tried: [] }],
    byBridge: [],
    byTime: [],
  },
}

describe('the page of a study', () => {
  const page = contagionPage(report)

  it('needs nothing from elsewhere, and shows text as text', () => {
    expect(page).not.toMatch(/<script|<link|<img|src=|@import|url\((?!#)/)
    expect(page).toContain('A &lt;script&gt;alert(1)&lt;/script&gt; &amp; more')
    expect([...page.matchAll(/https?:\/\/[^"' <]+/g)].map(([address]) => new URL(address).host)).toSatisfy(
      (hosts: string[]) => hosts.every((host) => host === 'www.w3.org'),
    )
  })

  it('has every picture in light and dark, named for screen readers, and a table in the same section', () => {
    const pictures = [...page.matchAll(/<div class="(light|dark)" role="img" aria-label="([^"]+)">/g)]
    const named = (theme: string) => pictures.filter(([, each]) => each === theme).map(([, , label]) => label)
    expect(named('light')).toHaveLength(7)
    expect(named('dark')).toEqual(named('light'))
    for (const part of page.split('<section>').slice(1)) expect(part).toContain('<table>')
  })

  it('says who fell in which round because of whom', () => {
    expect(page).toMatch(/<td class="number">2<\/td>.*atlas.*hub 40/)
  })

  it('answers first', () => {
    const text = page.slice(page.indexOf('class="answer"'))
    expect(text.slice(0, 300)).toMatch(
      /The shock costs 200 USD; insolvent: atlas\. Most of it came through wraps\./,
    )
  })

  it('gives sampled parts with their errors, and exact ones without', () => {
    expect(page).not.toContain('standard error')
    const [backing] = report.attribution!.channels
    const channels = [{ ...backing!, standardErrors: { ...backing!.standardErrors, total: 12 } }]
    const sampled = contagionPage({
      ...report,
      attribution: { ...report.attribution!, method: 'sampled', channels },
    })
    expect(sampled).toMatch(/standard error of the total.*<td>backing<\/td>.*± 12/s)
  })

  it('says in one sentence which controls were not tried for the same reason', () => {
    const [limiter] = report.interventions!.controls
    const refused = ['disputers', 'key-rotation'].map((name) => ({
      ...{ ...limiter!, name, lossWith: null, avoided: null, unpaidAvoided: null },
      refused: 'The scenario has nothing for it to act on.',
    }))
    const tried = contagionPage({
      ...report,
      interventions: { ...report.interventions!, controls: [limiter!, ...refused] },
    })
    expect(tried).toContain('Not tried: disputers, key-rotation. The scenario has nothing for it to act on.')
    expect(tried).not.toContain('<td>disputers</td>')
    // The pictures name those that were tried.
    expect(tried.match(/>limiter<\/text>/g)).toHaveLength(2)
  })

  it('shows no minus before nothing', () => {
    const nothing = contagionPage({
      ...report,
      loss: { ...columns('-0.00000001'), holders: '-0' },
      byChain: [{ chain: 'arbitrum', loss: '-0.00000001' }],
      wave: [{ atSeconds: 10, kind: 'stranded', who: 'atlas', what: 'dust', value: '-0.00000001' }],
    })
    expect(nothing).toMatch(/<td>arbitrum<\/td><td class="number">0<\/td>/)
    expect(nothing).not.toMatch(/>[-−]0(\.0*)?</)
  })

  it('numbers shocks that are close to each other at one line, and names them beside the chart', () => {
    const wave = ['forge', 'pause', 'forge again'].map((what, place) => ({
      ...{ atSeconds: 500 + place, kind: 'shock' as const, who: 'hub', what, value: '0' },
    }))
    const close = contagionPage({ ...report, wave: [...wave, ...report.wave.slice(1)] })
    expect(close).toContain('Dashed: 1 forge (second 500); 2 pause (second 501); 3 forge again (second 502).')
    const [wavePart = ''] = close.split('<h2>The wave</h2>')[1]!.split('</svg>')
    const texts = [...wavePart.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)
    expect(texts.filter((text) => text === '1–3')).toHaveLength(1)
    expect(texts).not.toContain('pause')
  })

  it('leaves out what was not asked for', () => {
    const bare = contagionPage({
      ...report,
      attribution: null,
      interventions: null,
      reverse: null,
      exposures: null,
      wave: [],
      falls: [],
    })
    expect(bare.match(/<section>/g)).toHaveLength(3)
  })
})
