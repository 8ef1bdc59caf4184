// An authority sets terms of a reserve, within its bounds. Sources: aave-v3-origin PoolConfigurator.sol (what may be set), Aave's risk
// stewards, RiskSteward.sol (a largest change and a least time between changes of one parameter).
import { absBig } from '@solvent/primitives'
import type { Measure } from '@solvent/protocol'
import type { CallContext, CallResult } from '../../execution/call-context.ts'
import { reserveFaults } from '../../lending/reserve-faults.ts'
import type { Authority } from '../control-state.ts'

type SetTerms = Extract<Measure, { kind: 'set-terms' }>

export function setTerms(context: CallContext, authority: Authority, measure: SetTerms): CallResult {
  const { pool, token, change } = measure
  const reserves = context.state.lending.get(pool)?.reserves
  const reserve = reserves?.get(token)
  if (reserves === undefined || reserve === undefined) return 'unknown-pool'
  const { config } = reserve
  const after = {
    ...config,
    ltvBps: change.ltvBps ?? config.ltvBps,
    liquidationThresholdBps: change.liquidationThresholdBps ?? config.liquidationThresholdBps,
    supplyCap: change.supplyCap ?? config.supplyCap,
    borrowCap: change.borrowCap ?? config.borrowCap,
    status: change.status ?? config.status,
  }
  const { bounds } = authority.spec
  const key = `${pool}/${token}`
  if (bounds !== null) {
    const step = (key: 'ltvBps' | 'liquidationThresholdBps') => absBig(after[key] - config[key])
    if (step('ltvBps') > bounds.maxStepBps || step('liquidationThresholdBps') > bounds.maxStepBps)
      return 'out-of-bounds'
    const last = authority.setAt.get(key)
    if (last !== undefined && context.now - last < bounds.minIntervalSeconds) return 'out-of-bounds'
  }
  if (reserveFaults(after).some(({ severity }) => severity === 'impossible')) return 'out-of-bounds'
  authority.setAt.set(key, context.now)
  reserves.set(token, { ...reserve, config: after })
  const { ltvBps, liquidationThresholdBps, supplyCap, borrowCap, status } = after
  context.events.push({
    ...{ kind: 'reserve-terms-set', pool, token },
    ...{ ltvBps, liquidationThresholdBps, supplyCap, borrowCap, status },
  })
  return null
}
