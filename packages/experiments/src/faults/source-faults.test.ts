import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { runScenario } from '../run/run-scenario.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { spoiled } from '../scenario/small-scenario.testing.ts'

const FILE = new URL('../../../../configs/scenarios/bridge/source-lies.yaml', import.meta.url)
const START_MS = Date.parse('2026-01-01T00:00:00Z')
const PAUSE = '  - { kind: pause, atSeconds: 100, bridge: hub, authority: issuer }\n'

interface Signing {
  readonly verifier: string
  readonly seconds: number
  readonly digest: string
}

/** By the sequence of the message: who has signed it, when. */
const signings = new Map<number, Signing[]>()

beforeAll(async () => {
  const loaded = loadScenario('source-lies.yaml', readFileSync(FILE))
  const { events } = await runScenario({ loaded, seed: 1, runtime: 'sim', nodeProgram: '' })
  for (const line of events.trim().split('\n')) {
    const { kind, node, atMs, slot, digest } = JSON.parse(line) as Record<string, string>
    if (kind !== 'commitment' || slot === undefined || !slot.startsWith('attestation/')) continue
    // attestation/<bridge>/<chain>/<emitter>/<sequence>/<set>
    const sequence = Number(slot.split('/')[4])
    const signing = { verifier: node!, seconds: (Number(atMs) - START_MS) / 1_000, digest: digest! }
    signings.set(sequence, [...(signings.get(sequence) ?? []), signing])
  }
})

const signersOf = (sequence: number) =>
  signings
    .get(sequence)!
    .map(({ verifier }) => verifier.slice(-1))
    .sort()

describe('data sources that lie', () => {
  it('make verifiers wait while their head stands still, and sign when it goes on', () => {
    const late = signings.get(0)!.filter(({ verifier }) => verifier !== 'hub-verifier-4')
    expect(signersOf(0)).toEqual(['1', '2', '3', '4'])
    // The lie lasts until second 350; the fourth reads from elsewhere.
    for (const { seconds } of late) expect(seconds).toBeGreaterThanOrEqual(350)
    expect(signings.get(0)!.find(({ verifier }) => verifier === 'hub-verifier-4')!.seconds).toBeLessThan(200)
  })

  it('on another branch make a verifier sign what no other signs', () => {
    const digests = signings.get(1)!.map(({ digest }) => digest)
    expect(signersOf(1)).toEqual(['1', '2', '3', '4'])
    expect(new Set(digests).size).toBe(2)
  })

  it('that leave logs out leave their verifiers out', () => {
    expect(signersOf(2)).toEqual(['3', '4'])
  })

  it('of another chain are refused until they are the right one again', () => {
    const late = signings.get(3)!.filter(({ verifier }) => verifier !== 'hub-verifier-4')
    expect(late).toHaveLength(3)
    for (const { seconds } of late) expect(seconds).toBeGreaterThanOrEqual(1_390)
  })
})

it.each([
  ['bridge: nowhere, chain: ethereum, lie: fork', 'no such bridge with verifiers (got nowhere'],
  ['bridge: hub, chain: mars, lie: stale-head', 'no such chain (got mars'],
  [
    'bridge: hub, chain: ethereum, lie: fork, verifiers: 2',
    'that is a forge (got 2 verifiers on another branch; allowed: fewer than the 2',
  ],
  [
    'bridge: hub, chain: ethereum, lie: stale-head, verifiers: 4',
    'more verifiers than the bridge has (got 4; allowed: at most 3',
  ],
  ['bridge: hub, chain: ethereum, lie: stale-head, domain: cloud', 'failure domain of the bridge (got cloud'],
  ['bridge: hub, chain: ethereum, lie: half-truth', 'faults[0].lie'],
])('is refused: %s', (fault, why) => {
  const bytes = spoiled(PAUSE, `  - { kind: source-lie, atSeconds: 50, forSeconds: 60, ${fault} }\n`)
  expect(() => loadScenario('s.yaml', bytes)).toThrow(why)
})
