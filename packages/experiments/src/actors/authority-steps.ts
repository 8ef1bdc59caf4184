// Steps at an authority at which holders of a token vote: anyone who holds enough proposes, holders vote for and against, anyone enacts.
import { type Call, controlAddress } from '@solvent/protocol'
import { lendingAddress } from '../assembly/addresses.ts'
import { termsChange } from '../controls/assemble-authorities.ts'
import { checkTerms } from '../controls/check-terms.ts'
import { lentToken } from '../lending/lent-asset.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { StepCheck, StepFamily } from './step-rule.ts'

type Named = { readonly authority: string }

/** The authority, where strangers have a voice. */
function check({ authority }: Named, { scenario, path, findings }: StepCheck): boolean {
  const open = Object.entries(scenario.controls?.authorities ?? {})
    .filter(([, { vote }]) => vote !== undefined)
    .map(([name]) => name)
  return findings.reference(
    [...path, 'authority'],
    'authority at which holders of a token vote',
    authority,
    open,
  )
}

function resolved(scenario: Scenario, { authority }: Named, call: Call) {
  const { chain } = scenario.controls!.authorities[authority]!
  return { chainId: chainIdOf(scenario, chain), action: { kind: 'call', call } } as const
}

export const authoritySteps: StepFamily<'propose-terms' | 'vote' | 'enact'> = {
  'propose-terms': {
    check(step, at) {
      if (check(step, at)) checkTerms(step, at)
    },
    resolve(step, { scenario }) {
      const { chain } = scenario.controls!.authorities[step.authority]!
      return resolved(scenario, step, {
        kind: 'propose-measure',
        authority: controlAddress(step.authority),
        measure: {
          kind: 'set-terms',
          pool: lendingAddress(step.pool),
          token: lentToken(scenario, chain, step.asset),
          change: termsChange(step),
        },
      })
    },
  },
  vote: {
    check: (step, at) => void check(step, at),
    resolve: (step, { scenario }) =>
      resolved(scenario, step, {
        kind: 'vote-measure',
        authority: controlAddress(step.authority),
        proposal: step.proposal,
        support: step.support,
      }),
  },
  enact: {
    check: (step, at) => void check(step, at),
    resolve: (step, { scenario }) =>
      resolved(scenario, step, {
        kind: 'enact-measure',
        authority: controlAddress(step.authority),
        proposal: step.proposal,
      }),
  },
}
