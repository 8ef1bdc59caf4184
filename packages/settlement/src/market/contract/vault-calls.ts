// The entry points of vaults: shares are minted for both tokens in the ratio in which the vault holds them, and burned for their part of
// the range and of the fees. Fees that wait in the pool are collected first, so that who comes does not get those of who was there.
import { minBig, mulDivUp } from '@solvent/primitives'
import type { Leg, RangeVault, RevertReason, VaultCall } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import { type Outcome, refused } from '../../outcome.ts'
import { type Amounts, provisionOf } from '../concentrated/range-amounts.ts'
import { behindVault, rangeOf, type VaultHoldings } from '../concentrated/vault-holdings.ts'
import { poolLeg, synced } from './market-entry.ts'
import type { RangeContract } from './range-contract.ts'
import { vaultHoldings } from './range-vault.ts'

type Ask<K extends VaultCall['kind']> = Extract<VaultCall, { kind: K }>

export function mintVaultShares(
  context: CallContext,
  pool: RangeContract,
  call: Ask<'mint-vault-shares'>,
): CallResult {
  const { state, sender: owner, events } = context
  const found = pool.vault(call.vault)
  if (found === undefined) return 'unknown-vault'
  const { address: market, token0, token1 } = pool.spec
  const before = vaultHoldings(state, pool, found.address)!
  const fees = take(context, pool, found, 0n)
  const idle = { amount0: before.idle.amount0 + fees.amount0, amount1: before.idle.amount1 + fees.amount1 }
  const entry = entering(pool, found, { ...before, idle }, call)
  if (entry.status === 'refused') return entry.reason
  const { shares, amount0, amount1 } = entry
  if (shares < call.minShares) return 'below-minimum'
  const range = rangeOf(found)
  // The first amounts are those of the shares, rounded up: they may be enough for one unit more.
  const minted = pool.mint(range, before.shares === 0n ? call : { amount0, amount1 })
  if (minted.status === 'refused') return minted.reason
  events.push({
    ...{ kind: 'range-minted', market, ...range, liquidity: minted.liquidity },
    ...{ amount0: minted.amount0, amount1: minted.amount1 },
  })
  const moved0 = minted.amount0 - fees.amount0
  const moved1 = minted.amount1 - fees.amount1
  const legs = [
    holderLeg(state, owner, token0, -amount0),
    holderLeg(state, owner, token1, -amount1),
    poolLeg(market, token0, moved0),
    poolLeg(market, token1, moved1),
    poolLeg(found.address, token0, amount0 - moved0),
    poolLeg(found.address, token1, amount1 - moved1),
    { kind: 'SUPPLY', owner: '', token: found.address, amount: -shares } as const,
    holderLeg(state, owner, found.address, shares),
  ]
  if (!posted(context, 'mint-vault-shares', legs)) return 'insufficient-balance'
  events.push({
    ...{ kind: 'vault-shares-minted', market, vault: found.address, owner },
    ...{ shares, amount0, amount1 },
  })
  return synced(context, pool)
}

export function burnVaultShares(
  context: CallContext,
  pool: RangeContract,
  call: Ask<'burn-vault-shares'>,
): CallResult {
  const { state, sender: owner, events, rules } = context
  const { shares, recipient } = call
  const found = pool.vault(call.vault)
  if (found === undefined) return 'unknown-vault'
  const { address: market, token0, token1 } = pool.spec
  const before = vaultHoldings(state, pool, found.address)!
  if (shares <= 0n) return 'zero-amount'
  if (shares > before.shares) return 'insufficient-balance'
  const part = (amount: bigint): bigint => rules.partOfVault(amount, shares, before.shares)
  const liquidity = part(before.liquidity)
  const taken = take(context, pool, found, liquidity)
  const amount0 = taken.burned.amount0 + part(before.idle.amount0 + taken.amount0)
  const amount1 = taken.burned.amount1 + part(before.idle.amount1 + taken.amount1)
  if (amount0 === 0n && amount1 === 0n) return 'zero-amount'
  if (amount0 < call.minAmount0 || amount1 < call.minAmount1) return 'below-minimum'
  const out0 = taken.burned.amount0 + taken.amount0
  const out1 = taken.burned.amount1 + taken.amount1
  const legs = [
    holderLeg(state, owner, found.address, -shares),
    { kind: 'SUPPLY', owner: '', token: found.address, amount: shares } as const,
    poolLeg(market, token0, -out0),
    poolLeg(market, token1, -out1),
    poolLeg(found.address, token0, out0 - amount0),
    poolLeg(found.address, token1, out1 - amount1),
    holderLeg(state, recipient, token0, amount0),
    holderLeg(state, recipient, token1, amount1),
  ]
  if (!posted(context, 'burn-vault-shares', legs)) return 'insufficient-balance'
  events.push({
    ...{ kind: 'vault-shares-burned', market, vault: found.address, owner, recipient },
    ...{ shares, amount0, amount1 },
  })
  return synced(context, pool)
}

/** Takes liquidity out into the vault, with all fees so far; both apart. */
function take(
  { events, rules }: CallContext,
  pool: RangeContract,
  vault: RangeVault,
  liquidity: bigint,
): Amounts & { readonly burned: Amounts } {
  const range = rangeOf(vault)
  const burned = pool.burn(range, liquidity, rules)
  // A vault whose shares are all gone has no position.
  if (burned.status === 'refused') return { amount0: 0n, amount1: 0n, burned: { amount0: 0n, amount1: 0n } }
  const { amount0, amount1, paid0, paid1 } = burned
  events.push({
    ...{ kind: 'range-burned', market: pool.spec.address, ...range, recipient: vault.address, liquidity },
    ...{ amount0, amount1, paid0, paid1 },
  })
  return { amount0: paid0 - amount0, amount1: paid1 - amount1, burned: { amount0, amount1 } }
}

interface Entry extends Amounts {
  readonly shares: bigint
}

/** As many shares as both amounts pay for at the vault's ratio, and what they cost, rounded up; the first shares are the liquidity. */
function entering(
  pool: RangeContract,
  vault: RangeVault,
  held: VaultHoldings,
  wanted: Amounts,
): Outcome<Entry, RevertReason> {
  const root = pool.root()
  if (held.shares === 0n) {
    const { liquidity: shares, ...first } = provisionOf(root, vault, wanted)
    return shares === 0n ? refused('zero-amount') : { status: 'ok', shares, ...first }
  }
  const { amount0, amount1 } = behindVault(root, vault, held)
  const bought = [
    ...(amount0 === 0n ? [] : [(wanted.amount0 * held.shares) / amount0]),
    ...(amount1 === 0n ? [] : [(wanted.amount1 * held.shares) / amount1]),
  ]
  const shares = bought.reduce((least, each) => minBig(least, each), bought[0] ?? 0n)
  if (shares === 0n) return refused('zero-amount')
  const due = (amount: bigint): bigint => mulDivUp(amount, shares, held.shares)
  return { status: 'ok', shares, amount0: due(amount0), amount1: due(amount1) }
}

function posted(
  { state }: CallContext,
  cause: 'mint-vault-shares' | 'burn-vault-shares',
  legs: readonly Leg[],
): boolean {
  return state.ledger.post(
    cause,
    legs.filter(({ amount }) => amount !== 0n),
    [],
  )
}
