// Every kind of mechanism by its name. A new one is a file in rules/ and a line here (docs/how-to/add-a-mechanism-or-strategy.md).
import { createNamedRule } from '@solvent/primitives'
import type { Mechanism } from './mechanism.ts'
import { blockDutchRule } from './rules/block-dutch.ts'
import { commitRevealRule } from './rules/commit-reveal.ts'
import { dutchRule } from './rules/dutch.ts'
import { fairCombinatorialRule } from './rules/fair-combinatorial.ts'
import { firstComeRule } from './rules/first-come.ts'
import { firstPriceRule } from './rules/first-price.ts'
import { priorityFeeRule } from './rules/priority-fee.ts'
import { reputationRule } from './rules/reputation.ts'
import { requestForQuoteRule } from './rules/request-for-quote.ts'
import { sealedEncryptedRule } from './rules/sealed-encrypted.ts'
import { secondPriceRule } from './rules/second-price.ts'

export const mechanismRules = {
  'block-dutch': blockDutchRule,
  'commit-reveal': commitRevealRule,
  dutch: dutchRule,
  'fair-combinatorial': fairCombinatorialRule,
  'first-come': firstComeRule,
  'first-price': firstPriceRule,
  'priority-fee': priorityFeeRule,
  reputation: reputationRule,
  'request-for-quote': requestForQuoteRule,
  'sealed-encrypted': sealedEncryptedRule,
  'second-price': secondPriceRule,
} as const

export type MechanismName = keyof typeof mechanismRules

/** A mechanism as a scenario writes it down: its rule, and those parameters that are not the usual ones. */
export type MechanismConfig = { readonly rule: MechanismName } & {
  readonly [parameter: string]: number | string
}

/**
 * The mechanism that a configuration names.
 *
 * @throws SolventError E_USAGE for a rule or a parameter that does not exist, E_RANGE for a value outside its bounds
 * @example createMechanism({ rule: 'second-price', windowMs: 500 }).clear(round)
 */
export function createMechanism({ rule, ...parameters }: MechanismConfig): Mechanism {
  return createNamedRule<Mechanism>('mechanism', mechanismRules, rule, parameters)
}
