// What is wrong with the verifiers whose word a delivery brings, S-6, and which flaws of a contract let it pass.
import { type Address, ZERO_ADDRESS } from '@solvent/primitives'
import type { ContractFlaw } from '@solvent/protocol'
import type { CountedSet } from './verifier-book.ts'

/** What is wrong with the evidence of a delivery, and the flaws under which a contract lets it pass. */
export interface Problem {
  readonly detail: string
  readonly flaws: readonly ContractFlaw[]
}

export const problemFlaws = {
  set: ['set-check-skipped'],
  member: ['set-check-skipped', 'threshold-misread'],
  nobody: ['zero-root-accepted', 'threshold-zero'],
  tooFew: ['threshold-zero', 'threshold-misread'],
  signature: ['signature-unchecked'],
} as const satisfies Record<string, readonly ContractFlaw[]>

export function signersProblems({ members, threshold }: CountedSet, signers: readonly Address[]): Problem[] {
  if (threshold < 1 || members.size < 1)
    return [{ detail: `a threshold of ${threshold} of ${members.size}`, flaws: [] }]
  const problems: Problem[] = []
  for (let i = 0; i < signers.length; i++) {
    const signer = signers[i]!
    if (i > 0 && signer <= signers[i - 1]!)
      problems.push({ detail: `signer ${signer} does not follow ${signers[i - 1]}`, flaws: [] })
    if (signer === ZERO_ADDRESS || !members.has(signer))
      problems.push({ detail: `${signer} is no verifier`, flaws: problemFlaws.member })
  }
  if (signers.length < threshold) {
    const flaws = signers.length === 0 ? problemFlaws.nobody : problemFlaws.tooFew
    problems.push({ detail: `${signers.length} signers of ${threshold}`, flaws })
  }
  return problems
}
