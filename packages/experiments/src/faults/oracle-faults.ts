// Reporters that go wrong: silent, stuck, off, manipulated, clamped, in the wrong decimals, negative, in rounds that have been, or wrong
// about the sequencer.
import { asNodeId, parseUnits, secondsToMs } from '@solvent/primitives'
import type { ReportLie } from '@solvent/protocol'
import { oracleAddress } from '../assembly/addresses.ts'
import type { ScenarioOracle } from '../oracles/oracle-schema.ts'
import { reporterName } from '../scenario/node-names.ts'
import type { FaultFamily, FaultOf, FaultRule } from './fault-context.ts'

type OracleFault = FaultOf<
  | 'oracle-outage'
  | 'oracle-frozen'
  | 'oracle-step'
  | 'oracle-drift'
  | 'oracle-venue'
  | 'oracle-floor'
  | 'oracle-decimals'
  | 'oracle-negative'
  | 'oracle-round-back'
  | 'oracle-uptime'
>

const PRICE_DECIMALS = 8

/** Those whose reporters can go wrong in this way: every flag may be silent or stuck, and only a flag says up or down. */
const kindsOf = (kind: OracleFault['kind']): readonly ScenarioOracle['kind'][] => {
  if (kind === 'oracle-uptime') return ['uptime']
  return kind === 'oracle-outage' || kind === 'oracle-frozen'
    ? ['feed', 'measure', 'uptime']
    : ['feed', 'measure']
}

const rule: FaultRule<OracleFault> = {
  check({ kind, oracle, reporters }, { scenario, path, findings }) {
    const oracles = scenario.oracles ?? {}
    const kinds = kindsOf(kind)
    const feeds = Object.keys(oracles).filter((each) => kinds.includes(oracles[each]!.kind))
    const wanted = `oracle of kind ${kinds.join(' or ')}`
    if (!findings.reference([...path, 'oracle'], wanted, oracle, feeds)) return
    const feed = oracles[oracle]!
    if ('reporters' in feed && reporters > feed.reporters)
      findings.add('E_RANGE', [...path, 'reporters'], 'more reporters than the feed has', {
        got: String(reporters),
        allowed: `at most ${feed.reporters}`,
      })
  },
  resolve(fault, { scenario }) {
    const { chain } = scenario.oracles![fault.oracle]!
    const untilMs = Date.parse(scenario.start) + secondsToMs(fault.atSeconds + fault.forSeconds)
    const order = { oracle: oracleAddress(fault.oracle), lie: lieOf(fault), untilMs }
    return Array.from({ length: fault.reporters }, (_, index) => ({
      kind: 'control',
      to: asNodeId(reporterName(chain, index + 1)),
      message: { kind: 'misreport', order },
    }))
  },
}

export const oracleFaults: FaultFamily<OracleFault['kind']> = {
  'oracle-outage': rule,
  'oracle-frozen': rule,
  'oracle-step': rule,
  'oracle-drift': rule,
  'oracle-venue': rule,
  'oracle-floor': rule,
  'oracle-decimals': rule,
  'oracle-negative': rule,
  'oracle-round-back': rule,
  'oracle-uptime': rule,
}

function lieOf(fault: OracleFault): ReportLie {
  switch (fault.kind) {
    case 'oracle-outage':
      return { kind: 'silent' }
    case 'oracle-frozen':
      return { kind: 'frozen' }
    case 'oracle-step':
      return { kind: 'step', bps: fault.bps }
    case 'oracle-drift':
      return { kind: 'drift', bpsPerHour: fault.bpsPerHour }
    case 'oracle-venue':
      return { kind: 'venue', priceE8: parseUnits(fault.price, PRICE_DECIMALS) }
    case 'oracle-floor':
      return { kind: 'floor', priceE8: parseUnits(fault.price, PRICE_DECIMALS) }
    case 'oracle-decimals':
      return { kind: 'decimals', shift: fault.shift }
    case 'oracle-negative':
      return { kind: 'answer', answerE8: BigInt(fault.answer) * 10n ** BigInt(PRICE_DECIMALS) }
    case 'oracle-round-back':
      return { kind: 'round-back', rounds: fault.rounds }
    case 'oracle-uptime':
      return { kind: 'answer', answerE8: fault.says === 'up' ? 10n ** BigInt(PRICE_DECIMALS) : 0n }
  }
}
