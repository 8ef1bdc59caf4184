// The validators of a chain, named by its specification or not.
import { remembered } from '@solvent/primitives'
import type { ChainSpec, Consensus } from './chain-spec.ts'
import {
  DEFAULT_VALIDATORS,
  INACTIVITY_QUOTIENT,
  MAX_VALIDATOR_GROUPS,
  type ValidatorSet,
} from './validator-set.ts'

type L1 = Extract<Consensus, { kind: 'l1' }>

/** The validators of an L1 as specified, else one group at each of its producers, all of the same size. */
export function validatorsOf(chain: ChainSpec, consensus: L1): ValidatorSet {
  return consensus.validators ?? groupsAtProducers(chain)
}

/** Asked for with every block that a follower reads. */
const groupsAtProducers = remembered((chain: ChainSpec): ValidatorSet => {
  const validators = Math.max(1, Math.floor(DEFAULT_VALIDATORS / Math.max(1, chain.producers.length)))
  return {
    groups: chain.producers
      .slice(0, MAX_VALIDATOR_GROUPS)
      .map(({ node, address }) => ({ name: node, validators, producer: address })),
    stakedOn: chain.chainId,
    inactivityQuotient: INACTIVITY_QUOTIENT,
  }
})
