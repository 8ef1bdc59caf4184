// What a rollup's times must leave room for: a challenge, a batch, an inclusion. Windows that nobody can meet are refused,
// those that only a lucky one meets are warned about.
import { checkRollupFlaw } from './check-flaws.ts'
import type { Findings } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'
import type { ScenarioWarning } from './scenario-warning.ts'

type Chain = Scenario['chains'][string]
type Rollup = Exclude<Chain, { kind: 'l1' }>
type L1 = Extract<Chain, { kind: 'l1' }>

/** A root is read from one L1 block, and the challenge stands in a later one at the earliest. */
const CHALLENGE_SLOTS = 2
/** A transaction is in one of the next two blocks. */
const INCLUSION_SLOTS = 2

export function checkRollups(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  for (const [name, chain] of Object.entries(scenario.chains)) {
    if (chain.kind === 'l1') continue
    const l1 = scenario.chains[chain.l1]
    if (l1?.kind !== 'l1') continue
    chain.flaws.forEach((flaw, i) =>
      checkRollupFlaw(flaw, chain.kind, ['chains', name, 'flaws', i], findings),
    )
    checkSequencing(name, chain, { l1, findings })
    checkDelayBuffer(name, chain, { findings, warnings })
    checkBatches(name, chain, warnings)
    if (chain.kind !== 'optimistic') continue
    checkChallenges(name, chain, { l1, findings, warnings })
    checkChallengers(scenario, name, chain, warnings)
  }
}

function checkSequencing(
  name: string,
  chain: Rollup,
  { l1, findings }: { readonly l1: L1; readonly findings: Findings },
): void {
  const leastSeconds = chain.batchIntervalSeconds + slotsInSeconds(l1, INCLUSION_SLOTS)
  if (chain.sequencingWindowSeconds >= leastSeconds) return
  findings.add(
    'E_RANGE',
    ['chains', name, 'sequencingWindowSeconds'],
    'the window ends before a batch on schedule is on the L1: every block would be dropped',
    {
      got: String(chain.sequencingWindowSeconds),
      allowed: `at least batchIntervalSeconds and two slots of ${chain.l1}: ${leastSeconds}`,
    },
  )
}

/** The contract takes no buffer whose threshold is above its most (isValidBufferConfig). */
function checkDelayBuffer(
  name: string,
  { delayBuffer, forcedDelaySeconds }: Rollup,
  { findings, warnings }: { readonly findings: Findings; readonly warnings: ScenarioWarning[] },
): void {
  if (delayBuffer === undefined) return
  const { thresholdSeconds, maxSeconds } = delayBuffer
  if (thresholdSeconds > maxSeconds)
    findings.add(
      'E_RANGE',
      ['chains', name, 'delayBuffer', 'thresholdSeconds'],
      'the buffer is never that full',
      {
        got: String(thresholdSeconds),
        allowed: `1 to maxSeconds: ${maxSeconds}`,
      },
    )
  if (thresholdSeconds >= forcedDelaySeconds)
    warnings.push({
      rule: 'delay-buffer',
      path: `chains.${name}.delayBuffer.thresholdSeconds`,
      message: `the delay buffer of ${name} is never below ${thresholdSeconds} s, so that forced inclusion never comes sooner than forcedDelaySeconds: ${forcedDelaySeconds}`,
    })
}

/** What is batched must be there: finality in less time than a block is none. */
function checkBatches(
  name: string,
  { batchIntervalSeconds, slotMs }: Rollup,
  warnings: ScenarioWarning[],
): void {
  if (batchIntervalSeconds * 1_000 >= slotMs) return
  warnings.push({
    rule: 'finality',
    path: `chains.${name}.batchIntervalSeconds`,
    message: `a batch every ${batchIntervalSeconds} s and a block every ${slotMs / 1_000} s: nothing of ${name} is safe in less than a block, and most batches have nothing to hold`,
  })
}

function checkChallenges(
  name: string,
  chain: Extract<Rollup, { kind: 'optimistic' }>,
  {
    l1,
    findings,
    warnings,
  }: { readonly l1: L1; readonly findings: Findings; readonly warnings: ScenarioWarning[] },
): void {
  const { challengeWindowSeconds, challengers } = chain
  const path = `chains.${name}.challengeWindowSeconds`
  const leastSeconds = slotsInSeconds(l1, CHALLENGE_SLOTS)
  if (challengeWindowSeconds < leastSeconds) {
    findings.add(
      'E_RANGE',
      ['chains', name, 'challengeWindowSeconds'],
      'no challenger can meet the window: it sees the root in one block of the L1 and answers in the next',
      { got: String(challengeWindowSeconds), allowed: `at least two slots of ${chain.l1}: ${leastSeconds}` },
    )
    return
  }
  if (challengers.count > 0 && challengers.delaySeconds >= challengeWindowSeconds) {
    warnings.push({
      rule: 'T-6',
      path: `chains.${name}.challengers.delaySeconds`,
      message: `every challenger of ${name} is ${challengers.delaySeconds} s behind and the window is ${challengeWindowSeconds} s: a wrong root becomes final`,
    })
  }
  const finalitySeconds = slotsInSeconds(l1, l1.epochSlots * l1.finalityEpochs)
  if (challengeWindowSeconds < finalitySeconds) {
    warnings.push({
      rule: 'T-6',
      path,
      message: `the window of ${challengeWindowSeconds} s is shorter than the finality of ${chain.l1} (${finalitySeconds} s): a re-org can take a challenge back after it ended`,
    })
  }
}

/** Where something is paid on a root's word, somebody must compare roots with the chain. */
function checkChallengers(
  scenario: Scenario,
  name: string,
  { challengers }: Extract<Rollup, { kind: 'optimistic' }>,
  warnings: ScenarioWarning[],
): void {
  if (challengers.count > 0) return
  const paying = Object.entries(scenario.bridges).find(
    ([, { verification, finality, assets }]) =>
      finality === 'exitable' ||
      (verification.kind === 'canonical' && Object.values(assets).some(({ claims }) => name in claims)),
  )?.[0]
  const isTested = scenario.faults.some((fault) => fault.kind === 'invalid-root' && fault.chain === name)
  if (paying === undefined && !isTested) return
  const who = paying === undefined ? 'an invalid root is proposed' : `bridge ${paying} pays on its roots`
  warnings.push({
    rule: 'T-6',
    path: `chains.${name}.challengers.count`,
    message: `nobody compares the roots of ${name} with the chain, and ${who}: a wrong root becomes final`,
  })
}

function slotsInSeconds({ slotMs }: L1, slots: number): number {
  return Math.ceil((slots * slotMs) / 1_000)
}
