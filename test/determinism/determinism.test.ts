import { readFileSync } from 'node:fs'
import { gatherAudits, loadScenario, runScenario } from '@solvent/experiments'
import { beforeAll, describe, expect, test } from 'vitest'
import { CIRCUMSTANCES, type Circumstance, type ProcessOutcome, runIn } from './circumstances.ts'
import { sightingsByCompletion } from './completion-order.ts'
import { GOLDEN_DIGESTS, GOLDEN_SEED } from './golden-digests.ts'
import { type Breach, breachesOf, describeBreach, type Reference, type Sighting } from './harness.ts'
import { playAuctions, soundParts } from './subjects/auction-network.ts'
import { PLANTED, SOUND } from './subjects/index.ts'
import { gatherAsRead, NODE_AUDITS } from './subjects/node-audits.ts'
import { canary, powSampler, randomTieBreak, sharedGenerator } from './subjects/planted-bugs.ts'
import type { Subject } from './subjects/subject.ts'

const SEED = GOLDEN_SEED
const OTHER_RUNS = 20
/** A first run fetches two Node releases of about 50 MB. */
const FETCH_LIMIT_MS = 300_000
const AT_ONCE = 2

const references = new Map<Subject, Reference>()
const outcomes = new Map<Circumstance, ProcessOutcome>()

beforeAll(async () => {
  for (const subject of [...SOUND, ...PLANTED]) references.set(subject, await referenceOf(subject))
  const waiting = [...CIRCUMSTANCES]
  const runAll = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      outcomes.set(next, await runIn(next, SEED))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, runAll))
  for (const outcome of outcomes.values()) {
    if (outcome.status === 'skipped') process.stderr.write(`skipped: ${outcome.reason}\n`)
  }
}, FETCH_LIMIT_MS)

async function referenceOf(subject: Subject): Promise<Reference> {
  const again = `node test/determinism/digest-program.ts --seed ${SEED} --subject '${subject.name}'`
  return { subject: subject.name, digest: await subject.run({ seed: SEED, isObserved: false }), again }
}

/** What the other processes made of a subject; a process that could not be started says nothing. */
function sightingsElsewhere(subject: Subject, chosen: readonly Circumstance[] = CIRCUMSTANCES): Sighting[] {
  return chosen.flatMap((circumstance) => {
    const outcome = outcomes.get(circumstance)!
    if (outcome.status === 'skipped' || (subject.needsWasm && !circumstance.hasWasm)) return []
    const { name, invariant } = circumstance
    return [{ invariant, circumstance: name, digest: outcome.digests.get(subject.name) ?? 'none' }]
  })
}

/** What this process makes of a subject again, and with all that looks on. */
async function sightingsHere(subject: Subject): Promise<Sighting[]> {
  const digest = await subject.run({ seed: SEED, isObserved: false })
  const observed = await subject.run({ seed: SEED, isObserved: true })
  return [
    { invariant: 'D-1', circumstance: 'again in this process', digest },
    { invariant: 'D-6', circumstance: 'observed', digest: observed },
  ]
}

const breachesHere = async (subject: Subject) =>
  breachesOf(references.get(subject)!, await sightingsHere(subject))
const breachesElsewhere = (subject: Subject, chosen?: readonly Circumstance[]) =>
  breachesOf(references.get(subject)!, sightingsElsewhere(subject, chosen))
const invariantsOf = (breaches: readonly Breach[]) =>
  [...new Set(breaches.map(({ invariant }) => invariant))].sort()

describe.each(SOUND)('$name', (subject) => {
  test('gives the same digest again in this process, and with observers, a log and progress attached', async () => {
    expect((await breachesHere(subject)).map(describeBreach)).toEqual([])
  })

  test('gives another digest for another seed, and the same one after those runs', async () => {
    const otherRuns = subject.needsWasm ? 1 : OTHER_RUNS
    const digests = new Set([references.get(subject)!.digest])
    for (let run = 1; run <= otherRuns; run += 1) {
      digests.add(await subject.run({ seed: SEED + run, isObserved: false }))
    }
    expect(digests.size).toBe(1 + otherRuns)
    const digest = await subject.run({ seed: SEED, isObserved: false })
    const sightings: Sighting[] = [{ invariant: 'D-1', circumstance: 'after other runs', digest }]
    expect(breachesOf(references.get(subject)!, sightings).map(describeBreach)).toEqual([])
  })

  test.for(CIRCUMSTANCES)('gives the same digest $name', (circumstance, { skip }) => {
    const outcome = outcomes.get(circumstance)!
    if (outcome.status === 'skipped') skip(outcome.reason)
    if (subject.needsWasm && !circumstance.hasWasm) skip('its keys are of secp256k1, which is WebAssembly')
    expect(sightingsElsewhere(subject, [circumstance])).toHaveLength(1)
    expect(breachesElsewhere(subject, [circumstance]).map(describeBreach)).toEqual([])
  })
})

test.each(Object.entries(GOLDEN_DIGESTS))('%s gives the digest that it gave before', (name, golden) => {
  const reference = [...references.values()].find(({ subject }) => subject === name)
  expect(reference?.digest).toBe(golden)
})

test('a node that does nothing changes nothing that others do', () => {
  const alone = playAuctions(soundParts, { seed: SEED, isObserved: false })
  const withIdle = playAuctions(soundParts, { seed: SEED, isObserved: false, hasIdleNode: true })
  expect(withIdle).toEqual(alone)
})

describe('what processes leave is gathered alike in whatever order it is read (D-7)', () => {
  const file = new URL('../../configs/scenarios/quick.yaml', import.meta.url)

  async function breachesOfGathering(gather: typeof gatherAudits): Promise<Breach[]> {
    const loaded = loadScenario('quick.yaml', readFileSync(file))
    const { report } = await runScenario({ loaded, seed: SEED, runtime: 'sim', nodeProgram: '' })
    const sightings = await sightingsByCompletion(NODE_AUDITS, (files) => gather(report, files))
    expect(sightings).toHaveLength(24)
    const again = 'vitest run test/determinism'
    return breachesOf({ subject: 'audits of the processes', digest: sightings[0]!.digest, again }, sightings)
  }

  test('by the product', async () => {
    expect((await breachesOfGathering(gatherAudits)).map(describeBreach)).toEqual([])
  })

  test('planted bug 27, a fold in the order of completion, is reported as D-7', async () => {
    const breaches = await breachesOfGathering(gatherAsRead)
    expect(invariantsOf(breaches)).toEqual(['D-7'])
    expect(describeBreach(breaches[0]!)).toContain('completed in the order 0, 1, 3, 2')
  })
})

describe('a planted bug is reported', () => {
  test('26, a tie broken by Math.random, as D-1', async () => {
    const breaches = [...(await breachesHere(randomTieBreak)), ...breachesElsewhere(randomTieBreak)]
    expect(breaches.map(({ circumstance }) => circumstance)).toEqual(
      expect.arrayContaining(['again in this process', 'in a fresh process']),
    )
    expect(invariantsOf(breaches)).toContain('D-1')
  })

  test('28, Math.pow in a sampler, as D-3 between Node 22 and 24 and nowhere else', async ({ skip }) => {
    const old = CIRCUMSTANCES.find(({ version }) => version?.startsWith('22.'))!
    const outcome = outcomes.get(old)!
    if (outcome.status === 'skipped') skip(outcome.reason)
    const breaches = [...(await breachesHere(powSampler)), ...breachesElsewhere(powSampler)]
    expect(breaches.map(({ invariant, circumstance }) => [invariant, circumstance])).toEqual([
      ['D-3', old.name],
    ])
  })

  test('29, a generator shared with the log, as D-6 and nothing else', async () => {
    const breaches = [...(await breachesHere(sharedGenerator)), ...breachesElsewhere(sharedGenerator)]
    expect(breaches.map(({ invariant, circumstance }) => [invariant, circumstance])).toEqual([
      ['D-6', 'observed'],
    ])
  })

  test('35, a canary that never sings the same, in every circumstance, with the line that runs it again', async () => {
    const sightings = [...(await sightingsHere(canary)), ...sightingsElsewhere(canary)]
    const breaches = breachesOf(references.get(canary)!, sightings)
    expect(breaches).toHaveLength(sightings.length)
    expect(breaches.map(({ circumstance }) => circumstance)).toContain('with --jitless')
    const [first] = breaches
    expect(describeBreach(first!)).toBe(
      `D-1 broken: trace and results are equal when repeated in the process, in a fresh process and after other runs.

subject: canary
where: again in this process
got: ${first!.digest}
want: ${references.get(canary)!.digest}
again: node test/determinism/digest-program.ts --seed ${SEED} --subject 'canary'`,
    )
  })
})
