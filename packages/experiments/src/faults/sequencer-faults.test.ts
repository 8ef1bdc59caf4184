import { describe, expect, it } from 'vitest'
import { assemble } from '../assembly/assemble.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { spoiled } from '../scenario/small-scenario.testing.ts'
import { recordedOutageMinutes } from './sequencer-faults.ts'

const PAUSE = '  - { kind: pause, atSeconds: 100, bridge: hub, authority: issuer }\n'
const START_MS = Date.parse('2026-01-01T00:00:00Z')

/** The small scenario with this fault, its rollup sequenced as `sequencing` says. */
function load(fault: string, sequencing = '') {
  const text = new TextDecoder().decode(spoiled(PAUSE, `  - { kind: sequencer-outage, ${fault} }\n`))
  return loadScenario(
    's.yaml',
    new TextEncoder().encode(text.replace('bridges:\n', `${sequencing}bridges:\n`)),
  )
}

const shared = 'sharedSequencers: { espresso: { nodes: 2, chains: [arbitrum] } }\n'

function schedule(fault: string, sequencing = '', seed = 7) {
  const { scenario, hash } = load(fault, sequencing)
  return assemble({ scenario, hash, seed, signatures: 'stand-in' }).faults
}

describe('a sequencer outage in a scenario', () => {
  it('is told to the watcher and to every producer of the chain', () => {
    const outage = {
      chainId: 42_161,
      mode: 'near-empty',
      fromMs: START_MS + 50_000,
      untilMs: START_MS + 110_000,
    }
    const faults = schedule('atSeconds: 50, chain: arbitrum, mode: near-empty, forSeconds: 60', shared)
    expect(faults.map(({ fault }) => fault)).toEqual(
      ['espresso-1', 'espresso-2'].flatMap((producer) => [
        {
          kind: 'control',
          to: 'watcher',
          message: { kind: 'declare-outage', outage: { ...outage, producer } },
        },
        {
          kind: 'control',
          to: producer,
          message: { kind: 'sequencer-outage', outage: { ...outage, producer } },
        },
      ]),
    )
    expect(faults[0]).toMatchObject({ atMs: 50_000, label: 'sequencer-outage arbitrum' })
  })

  it('of a node is its own alone', () => {
    const faults = schedule('atSeconds: 50, node: espresso-2, forSeconds: 60', shared)
    expect(faults.map(({ fault }) => 'to' in fault && fault.to)).toEqual(['watcher', 'espresso-2'])
  })

  it('of recorded length is one of those, the same for a seed and another for others', () => {
    const lengths = [...Array(40).keys()].map((seed) => {
      const [first] = schedule('atSeconds: 50, chain: arbitrum, forSeconds: recorded', '', seed)
      const fault = first?.fault
      if (fault?.kind !== 'control' || fault.message.kind !== 'declare-outage') throw new Error('no outage')
      return (fault.message.outage.untilMs - fault.message.outage.fromMs) / 60_000
    })
    expect(new Set(lengths).size).toBeGreaterThan(5)
    for (const minutes of lengths) expect(recordedOutageMinutes).toContain(minutes)
    const again = schedule('atSeconds: 50, chain: arbitrum, forSeconds: recorded', '', 3)
    expect(again).toEqual(schedule('atSeconds: 50, chain: arbitrum, forSeconds: recorded', '', 3))
  })

  it.each([
    ['atSeconds: 5, forSeconds: 60', 'an outage is of a chain or of a node (got neither'],
    ['atSeconds: 5, chain: arbitrum, node: seq-arbitrum, forSeconds: 60', 'of a node (got both'],
    ['atSeconds: 5, chain: ethereum, forSeconds: 60', 'no such rollup (got ethereum; allowed: arbitrum)'],
    ['atSeconds: 5, node: atlas, forSeconds: 60', 'no such sequencer of a rollup (got atlas'],
    ['atSeconds: 5, chain: arbitrum, forSeconds: 0', 'faults[0].forSeconds'],
    ['atSeconds: 5, chain: arbitrum, forSeconds: long', 'faults[0].forSeconds'],
    ['atSeconds: 5, chain: arbitrum, mode: slow, forSeconds: 9', 'not one of the allowed values (got "slow"'],
    ['atSeconds: 601, chain: arbitrum, forSeconds: 9', 'the fault comes after the end of the run'],
  ])('is refused when it makes no sense: %s', (fault, complaint) => {
    expect(() => load(fault)).toThrow(complaint)
  })
})

describe('several producers', () => {
  const fault = 'atSeconds: 5, chain: arbitrum, forSeconds: 9'

  it('of one chain are numbered, and a shared sequencer has all its chains', () => {
    const own = load(fault).scenario
    const text = new TextDecoder().decode(
      spoiled('    slotMs: 1000\n', '    slotMs: 1000\n    sequencers: 3\n'),
    )
    const three = loadScenario('s.yaml', new TextEncoder().encode(text))
    const producers = (scenario: typeof own, hash: typeof three.hash) =>
      assemble({ scenario, hash, seed: 1, signatures: 'stand-in' }).spec.chains.map((chain) =>
        chain.producers.map(({ node }) => node),
      )
    expect(producers(three.scenario, three.hash)).toEqual([
      ['seq-ethereum'],
      ['seq-arbitrum-1', 'seq-arbitrum-2', 'seq-arbitrum-3'],
    ])
    const { scenario, hash } = load(fault, shared)
    expect(producers(scenario, hash)).toEqual([['seq-ethereum'], ['espresso-1', 'espresso-2']])
  })

  it.each([
    ['sharedSequencers: { a: { chains: [ethereum] } }\n', 'no such rollup (got ethereum'],
    ['sharedSequencers: { a: { chains: [arbitrum, arbitrum] } }\n', 'already sequenced by a'],
    [
      'sharedSequencers: { a: { chains: [arbitrum] }, b: { chains: [arbitrum] } }\n',
      'already sequenced by a',
    ],
    ['sharedSequencers: { a: { chains: [] } }\n', 'too short'],
    ['sharedSequencers: { a: { nodes: 0, chains: [arbitrum] } }\n', 'too small'],
  ])('are refused when they contradict each other: %s', (sequencing, complaint) => {
    expect(() => load(fault, sequencing)).toThrow(complaint)
  })
})
