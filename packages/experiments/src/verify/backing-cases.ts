// Kind `backing`: claims, backing, recovery and haircut of a wrapped asset. Amounts of the files are decimal
// numbers of whole units; they are computed as integers of 10^-18.
import { formatUnits, parseUnits } from '@solvent/primitives'
import { backing } from '@solvent/settlement'
import type { FixtureKind } from './fixture-kind.ts'
import { listedCases } from './listed-cases.ts'

interface Input {
  readonly claimsByChain: Readonly<Record<string, number>>
  readonly lockedBefore: number
  readonly drained: number
  readonly unbackedMinted: number
}

const DECIMALS = 18

export const backingKind: FixtureKind<Input> = {
  kind: 'backing',
  split: listedCases,
  compute: ({ claimsByChain, lockedBefore, drained, unbackedMinted }) => {
    const computed = backing({
      claimsByChain: Object.values(claimsByChain).map(units),
      lockedBefore: units(lockedBefore),
      drained: units(drained),
      unbackedMinted: units(unbackedMinted),
      homeCirculating: 0n,
    })
    return {
      claims: whole(computed.claims),
      backing: whole(computed.backing),
      shortfall: whole(computed.shortfall),
      proRataRecovery: computed.proRataRecovery.value,
      proRataHaircut: computed.proRataHaircut.value,
      firstComeShareFullyPaid: computed.firstComeShareFullyPaid.value,
    }
  },
}

const units = (amount: number) => parseUnits(String(amount), DECIMALS)
const whole = (amount: bigint) => Number(formatUnits(amount, DECIMALS))
