// How a derivative's contract takes a price: whatever its oracle says, as long as it is no older than such an oracle's answers usually get.
import type { PriceRule } from '@solvent/protocol'
import { oracleAddress } from '../assembly/addresses.ts'
import { usualAgeSeconds } from '../oracles/assemble-oracles.ts'
import type { Findings, Path } from '../scenario/findings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

const LEAST_SLACK_SECONDS = 600
const FOR_EVER = 2 ** 40
/** Wider than any price. */
const NO_LIMIT_E8 = 10n ** 40n

type Saying = readonly ('price' | 'measure')[]

export function indexRule(scenario: Scenario, oracle: string): PriceRule {
  const usual = usualAgeSeconds(scenario, oracle)
  const slack = Math.max(LEAST_SLACK_SECONDS, Math.ceil(usual / 10))
  return {
    oracle: oracleAddress(oracle),
    maxAgeSeconds: usual === 0 ? FOR_EVER : usual + slack,
    floorE8: 1n,
    capE8: NO_LIMIT_E8,
  }
}

/** An oracle of the chain that says a price; or, for what is written against it, a measure of the network. */
export function checkIndex(
  scenario: Scenario,
  {
    oracle,
    chain,
    may = ['price'],
  }: { readonly oracle: string; readonly chain: string; readonly may?: Saying },
  path: Path,
  findings: Findings,
): void {
  const oracles = scenario.oracles ?? {}
  if (!findings.reference(path, 'oracle', oracle, Object.keys(oracles))) return
  const found = oracles[oracle]!
  if (found.chain !== chain)
    findings.add('E_REFERENCE', path, 'a contract reads oracles of its own chain', {
      got: `${oracle} on ${found.chain}`,
      allowed: `an oracle on ${chain}`,
    })
  const says = found.kind === 'uptime' || found.kind === 'measure' ? found.kind : 'price'
  if (!may.some((each) => each === says))
    findings.add('E_REFERENCE', path, 'the contract does not settle on what this oracle says', {
      got: `${oracle}, of kind ${found.kind}`,
      allowed: may.includes('measure') ? 'an oracle of a price or a measure' : 'an oracle of a price',
    })
}
