// A flaw leaves out a check that the contract has. Which checks those are its kind of verification decides; what a lock credits
// is its custody's business; a rollup's contract has others. A flaw that changes nothing is refused: whoever wrote it expects
// something to happen.
import type { ContractFlaw, Verification } from '@solvent/protocol'
import type { Findings, Path } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'

type Kind = Verification['kind']

const provers = ['optimistic', 'light-client', 'canonical'] as const

/** Where each flaw changes something. */
const actsOn: Readonly<Record<ContractFlaw, readonly Kind[]>> = {
  'zero-root-accepted': ['quorum'],
  'signature-unchecked': ['quorum'],
  'threshold-zero': ['quorum'],
  'threshold-misread': ['quorum'],
  'set-check-skipped': ['quorum'],
  'admin-unprotected': ['quorum'],
  'proof-unchecked': provers,
  'replay-unchecked': ['quorum', ...provers],
  'nominal-credited': ['quorum', ...provers],
  'challenge-window-zero': [],
  'proposer-unchecked': [],
  'pending-roots-reset': [],
}

/** What the contract of each kind of rollup checks. */
const ofRollups: Readonly<Record<'optimistic' | 'zk', readonly ContractFlaw[]>> = {
  optimistic: ['challenge-window-zero', 'proposer-unchecked', 'pending-roots-reset'],
  zk: ['proof-unchecked', 'proposer-unchecked'],
}

/** Refuses a flaw of a rollup's contract that would change nothing. */
export function checkRollupFlaw(
  flaw: ContractFlaw,
  kind: 'optimistic' | 'zk',
  path: Path,
  findings: Findings,
): void {
  if (ofRollups[kind].includes(flaw)) return
  findings.add('E_VALUE', path, `${flaw} changes nothing at the contract of a rollup of kind ${kind}`, {
    got: flaw,
    allowed: ofRollups[kind].join(', '),
  })
}

/** What a bridge of a kind checks, as the reason why a flaw changes nothing there. */
const checks: Readonly<Record<Kind, string>> = {
  quorum: 'it checks signatures of verifiers, not proofs of inclusion',
  optimistic: 'it checks places in bundles, and has no verifiers who sign',
  'light-client': 'it checks proofs of inclusion, and has no verifiers who sign',
  canonical: 'it checks proofs of inclusion, and has no verifiers who sign',
  none: 'no message crosses it, so it checks none',
}

/** Refuses a flaw of a bridge's contract that would change nothing. */
export function checkBridgeFlaw(
  scenario: Scenario,
  name: string,
  flaw: ContractFlaw,
  { path, findings }: { readonly path: Path; readonly findings: Findings },
): void {
  const { kind } = scenario.bridges[name]!.verification
  if (!actsOn[flaw].includes(kind)) {
    const known = (Object.keys(actsOn) as ContractFlaw[]).filter((each) => actsOn[each].includes(kind))
    findings.add(
      'E_VALUE',
      path,
      `${flaw} changes nothing at a bridge with verification ${kind}: ${checks[kind]}`,
      { got: flaw, allowed: known.length === 0 ? 'no flaw' : known.join(', ') },
    )
  } else if (flaw === 'nominal-credited' && !locksFeeToken(scenario, name))
    findings.add(
      'E_VALUE',
      path,
      `${flaw} changes nothing at bridge ${name}: it locks no asset that keeps a part of its transfers`,
      { got: flaw, allowed: 'only with custody lock-mint and an asset with transferFeeBps above 0' },
    )
}

function locksFeeToken({ bridges, assets }: Scenario, name: string): boolean {
  const { custody, assets: carried } = bridges[name]!
  const hasFee = Object.keys(carried).some((symbol) => (assets[symbol]?.transferFeeBps ?? 0) > 0)
  return custody.kind === 'lock-mint' && hasFee
}
