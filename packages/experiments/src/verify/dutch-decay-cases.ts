// Kind `dutch-decay`: the integer rules of decay and exclusivity, amounts as decimal strings.

import { type Address, SolventError, ZERO_ADDRESS } from '@solvent/primitives'
import { decayedAmount, requiredUnderExclusivity } from '@solvent/protocol'
import { EXACT, type FixtureKind } from './fixture-kind.ts'

interface Decay {
  readonly start: string
  readonly end: string
  readonly t0: number
  readonly t1: number
  readonly t: number
}

interface Override {
  readonly amount: string
  readonly filler: string
  readonly exclusive: string | null
  readonly end: number
  readonly overrideBps: number
  readonly t: number
}

interface Content {
  readonly decay: readonly (Decay & { readonly amount: string })[]
  readonly exclusivity: readonly (Override & { readonly required: string })[]
}

type Input =
  | { readonly rule: 'decay'; readonly decay: Decay }
  | { readonly rule: 'exclusivity'; readonly override: Override }

export const dutchDecayKind: FixtureKind<Input> = {
  kind: 'dutch-decay',
  split: (content) => {
    const { decay, exclusivity } = content as unknown as Content
    return [
      ...decay.map(({ amount, ...input }, index) => ({
        name: `decay ${index}`,
        input: { rule: 'decay' as const, decay: input },
        want: amount,
        tolerance: EXACT,
      })),
      ...exclusivity.map(({ required, ...input }, index) => ({
        name: `exclusivity ${index}`,
        input: { rule: 'exclusivity' as const, override: input },
        want: required,
        tolerance: EXACT,
      })),
    ]
  },
  compute: (input) => (input.rule === 'decay' ? decayed(input.decay) : required(input.override)),
}

function decayed({ start, end, t0, t1, t }: Decay): string {
  const decay = { startAmount: BigInt(start), endAmount: BigInt(end), decayStart: t0, decayEnd: t1 }
  return String(decayedAmount(decay, t).amount)
}

function required({ amount, filler, exclusive, end, overrideBps, t }: Override): string {
  const solver = exclusive === null ? ZERO_ADDRESS : nameAsAddress(exclusive)
  const needed = requiredUnderExclusivity(
    BigInt(amount),
    nameAsAddress(filler),
    { solver, exclusiveUntil: end, overrideBps },
    t,
  )
  return needed === null ? 'revert NoExclusiveOverride' : String(needed.amount)
}

/** The files name parties by a letter; only whether two are the same matters. */
function nameAsAddress(name: string): Address {
  if (name.length !== 1)
    throw new SolventError({
      code: 'E_FIXTURE',
      message: 'A party is named by one letter.',
      details: { got: name },
    })
  return `0x${name.charCodeAt(0).toString(16).padStart(40, '0')}` as Address
}
