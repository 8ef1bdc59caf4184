// All verbs of steps, family by family.
import { authoritySteps } from './authority-steps.ts'
import { bookSteps } from './book-steps.ts'
import { bridgeSteps } from './bridge-steps.ts'
import { coverSteps } from './cover-steps.ts'
import { custodySteps } from './custody-steps.ts'
import { discountWindowSteps } from './discount-window-steps.ts'
import { falseFillSteps } from './false-fill-steps.ts'
import { forceSteps } from './force-steps.ts'
import { hashLockSteps } from './hash-lock-steps.ts'
import { keySteps } from './key-steps.ts'
import { lendingSteps } from './lending-steps.ts'
import { marketSteps } from './market-steps.ts'
import { navFundSteps } from './nav-fund-steps.ts'
import { optionSteps } from './option-steps.ts'
import { perpetualSteps } from './perpetual-steps.ts'
import { rangeSteps } from './range-steps.ts'
import { stablecoinSteps } from './stablecoin-steps.ts'
import type { ScenarioStep, StepFamily, StepRule } from './step-rule.ts'
import { transferSteps } from './transfer-steps.ts'
import { vaultSteps } from './vault-steps.ts'

const rules: StepFamily<ScenarioStep['do']> = {
  ...transferSteps,
  ...keySteps,
  ...authoritySteps,
  ...bridgeSteps,
  ...falseFillSteps,
  ...custodySteps,
  ...hashLockSteps,
  ...forceSteps,
  ...marketSteps,
  ...rangeSteps,
  ...vaultSteps,
  ...bookSteps,
  ...lendingSteps,
  ...stablecoinSteps,
  ...perpetualSteps,
  ...coverSteps,
  ...discountWindowSteps,
  ...optionSteps,
  ...navFundSteps,
}

/** The rule of a step's verb. */
export function ruleOf<S extends ScenarioStep>(step: S): StepRule<S> {
  return rules[step.do] as unknown as StepRule<S>
}
