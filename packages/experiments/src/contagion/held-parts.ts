// What accounts hold and what their positions at lending pools are worth to them, part by part: whose it is, and on which chain.
import type { ChainId } from '@solvent/primitives'
import { insuranceFund, marketShareToken, type NetworkSpec } from '@solvent/protocol'
import { accountOf } from '../assembly/addresses.ts'
import { HOLDERS } from '../scenario/reserved-names.ts'
import { type BadDebtBearer, type ClaimMarks, claimMarks } from './claim-marks.ts'
import { type OwnerClass, outsideAccounts, ownerClasses } from './owner-classes.ts'
import type { Trial } from './trial.ts'

export interface Owners {
  readonly classes: ReadonlyMap<string, OwnerClass>
  /** Whose gain and loss is nobody's. */
  readonly outside: ReadonlySet<string>
}

export interface HeldPart {
  /** Null for coins of solvers. */
  readonly of: OwnerClass | null
  readonly chainId: ChainId
  /** Numeraire times 10^8. */
  readonly keptE8: bigint
}

/** What who keeps chains and bridges going is paid, and what it can lose by breaking the rules: a bond is its own until it is forfeited. */
const PRODUCERS: ReadonlySet<string> = new Set(['GAS_FEE', 'STAKE', 'BOND'])
/** Accounts of people and nodes; producers have the last kind. */
const OWNED: ReadonlySet<string> = new Set(['USER', 'SOLVER', 'TREASURY'])

const BACKSTOPS: ReadonlySet<string> = new Set(['cover', 'discount-window', 'perpetual'])

/** Who attacks is told from the run with the shock: without it attackers have no script. */
export function ownersOf(shocked: Trial): Owners {
  return { classes: ownerClasses(shocked), outside: outsideAccounts(shocked) }
}

/** Of everybody but users, whose coins come and go with their orders. */
export function* heldParts(
  trial: Trial,
  { classes, outside }: Owners,
  bearer: BadDebtBearer,
): Generator<HeldPart> {
  const { plan, report } = trial
  const marks = claimMarks(trial, bearer)
  const shares = new Set([
    ...plan.spec.markets.map(marketShareToken),
    ...report.vaults.map(({ vault }) => vault),
  ])
  const passive = accountOf(plan.seed, HOLDERS)
  const solvers = new Set<string>(report.solvers.map(({ address }) => address))
  yield* givenToProducers(trial, classes, marks)
  const backstops = backstopAccounts(plan.spec)
  for (const line of report.balances) {
    if (line.kind === 'POOL' && backstops.has(line.owner))
      yield { of: 'insurers', chainId: line.chainId, keptE8: marks.kept(line) }
    if (PRODUCERS.has(line.kind)) yield { of: 'producers', chainId: line.chainId, keptE8: marks.kept(line) }
    if (!OWNED.has(line.kind) || outside.has(line.owner)) continue
    // What solvers and users are owed by contracts is not among their coins.
    const of = classes.get(line.owner) ?? (marks.isClaim(line) ? 'lenders' : null)
    if (of === null && !solvers.has(line.owner)) continue
    // Who provided for a market and has no name holds everything else, too.
    const isShare = line.owner === passive && shares.has(line.token)
    yield { of: isShare ? 'market-providers' : of, chainId: line.chainId, keptE8: marks.kept(line) }
  }
  // Members of a population of borrowers have accounts at the pool alone.
  for (const account of marks.accounts) {
    if (outside.has(account.owner)) continue
    const of = classes.get(account.owner) ?? 'borrowers'
    yield { of, chainId: account.chainId, keptE8: marks.net(account) }
  }
}

/** Money for gas that scenarios give every node is no wealth of producers, only what becomes of it: taken off, so that its price does not matter. */
function* givenToProducers(
  { plan }: Trial,
  classes: Owners['classes'],
  marks: ClaimMarks,
): Generator<HeldPart> {
  for (const { chainId, balances } of plan.genesis)
    for (const { kind, owner, token, amount } of balances)
      if (OWNED.has(kind) && classes.get(owner) === 'producers')
        yield { of: 'producers', chainId, keptE8: -marks.kept({ chainId, token, amount }) }
}

/** What stands ready to bear others' losses: funds of lending pools, cover funds, lenders of last resort and clearing houses, with all that lies in them. */
function backstopAccounts({ lendingPools, derivatives }: NetworkSpec): Set<string> {
  return new Set<string>([
    ...lendingPools.flatMap(({ address, insurance }) => (insurance === null ? [] : insuranceFund(address))),
    ...derivatives.filter(({ kind }) => BACKSTOPS.has(kind)).map(({ address }) => address),
  ])
}
