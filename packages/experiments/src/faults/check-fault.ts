// The meaning of faults: they hit what exists, within the run, whatever the seed draws. What a fault leaves open is checked
// at both ends of every range and at every choice.
import { checkFineness } from '../scenario/fineness.ts'
import type { ScenarioWarning } from '../scenario/scenario-warning.ts'
import { pathText } from '../scenario/yaml-place.ts'
import { isOpen, isRange, plainFault } from './draw-faults.ts'
import { faultAmounts } from './fault-amounts.ts'
import type { FaultCheck } from './fault-context.ts'
import { ruleOf } from './fault-rules.ts'
import type { ScenarioFault, WrittenFault } from './fault-schema.ts'

export function checkFault(written: WrittenFault, check: FaultCheck, warnings: ScenarioWarning[]): void {
  if (!areRangesInOrder(written, check)) return
  const before = check.findings.problems.length
  for (const fault of extremes(written)) {
    checkPlain(fault, check)
    // What is wrong is said once, for the first draw in which it is.
    if (check.findings.problems.length > before) return
  }
  warnOfLateEnd(written, check, warnings)
  warnOfDoubt(written, check, warnings)
}

function checkPlain(fault: ScenarioFault, check: FaultCheck): void {
  const { scenario, path, findings } = check
  if (fault.atSeconds > scenario.durationSeconds) {
    findings.add('E_RANGE', [...path, 'atSeconds'], 'the fault comes after the end of the run', {
      got: String(fault.atSeconds),
      allowed: `at most ${scenario.durationSeconds}`,
    })
  }
  if (checkFineness(faultAmounts(scenario, fault, path), findings)) ruleOf(fault).check(fault, check)
}

function areRangesInOrder(written: WrittenFault, { path, findings }: FaultCheck): boolean {
  const before = findings.problems.length
  const look = (value: unknown, at: FaultCheck['path']): void => {
    if (isRange(value) && Number(value.from) > Number(value.to))
      findings.add('E_RANGE', at, 'from is above to', {
        got: `${value.from} to ${value.to}`,
        allowed: 'from at most to',
      })
  }
  for (const [field, value] of Object.entries(written)) look(value, [...path, field])
  look(written.repeat?.everySeconds, [...path, 'repeat', 'everySeconds'])
  return findings.problems.length === before
}

/** The fault at the low ends, at the high ends, and with each choice. */
function extremes(written: WrittenFault): ScenarioFault[] {
  const end = (side: 'from' | 'to', choice: number) =>
    plainFault(written, (_, value) =>
      isRange(value) ? value[side] : ((value as { oneOf: unknown[] }).oneOf.at(choice) ?? firstOf(value)),
    )
  const open = Object.values(written).filter(isOpen)
  const choices = Math.max(0, ...open.map((value) => ('oneOf' in value ? value.oneOf.length : 0)))
  const more = Array.from({ length: Math.max(0, choices - 1) }, (_, index) => end('from', index + 1))
  return open.length === 0 ? [end('from', 0)] : [end('from', 0), end('to', 0), ...more]
}

const firstOf = (value: unknown): unknown => (value as { oneOf: unknown[] }).oneOf[0]

/** A fault that lasts beyond the run is never seen to end. */
function warnOfLateEnd(
  written: WrittenFault,
  { scenario, path }: FaultCheck,
  warnings: ScenarioWarning[],
): void {
  for (const fault of extremes(written)) {
    if (!('forSeconds' in fault) || typeof fault.forSeconds !== 'number') continue
    const endSeconds = fault.atSeconds + fault.forSeconds
    if (endSeconds <= scenario.durationSeconds) continue
    warnings.push({
      rule: 'fault-end',
      path: pathText([...path, 'forSeconds']),
      message: `${fault.kind} may last until ${endSeconds} s, after the run's end at ${scenario.durationSeconds} s: nobody sees it end`,
    })
    return
  }
}

/** The first draw of which something is doubtful. */
function warnOfDoubt(written: WrittenFault, check: FaultCheck, warnings: ScenarioWarning[]): void {
  for (const fault of extremes(written)) {
    const doubt = ruleOf(fault).doubt?.(fault, check) ?? null
    if (doubt === null) continue
    const { field, message } = doubt
    warnings.push({ rule: 'fault-reach', path: pathText([...check.path, field]), message })
    return
  }
}
