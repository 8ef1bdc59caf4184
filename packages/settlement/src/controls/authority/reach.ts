// How far an authority reaches: the pools, tokens and accounts that its measures may be about. Sources: Circle, FiatTokenV2
// (blacklister, pauser); Tether, TetherToken.sol (addBlackList, destroyBlackFunds); ERC-1644 (controller transfers).
import type { AuthoritySpec, Measure, TokenPower } from '@solvent/protocol'

const POWER: Readonly<Record<Exclude<Measure['kind'], 'set-terms'>, TokenPower>> = {
  freeze: 'freeze',
  unfreeze: 'freeze',
  'claw-back': 'claw-back',
  halt: 'halt',
  resume: 'halt',
}

export function reaches({ pools, tokens }: AuthoritySpec, measure: Measure): boolean {
  if (measure.kind === 'set-terms') return pools.includes(measure.pool)
  const reach = tokens.find(({ token }) => token === measure.token)
  if (reach?.powers.includes(POWER[measure.kind]) !== true) return false
  return !('account' in measure) || reach.accounts === null || reach.accounts.includes(measure.account)
}
