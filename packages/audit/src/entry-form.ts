// What makes a journal entry sound by itself and in its place, L-4.
import { type AccountKind, accountKinds, type JournalEntry, type Leg } from '@solvent/protocol'
import type { ChainRecord, Scope } from './chain-record.ts'

const TWO_256 = 1n << 256n
const KINDS: ReadonlySet<AccountKind> = new Set(accountKinds)

/** Why the entry cannot stand in the journal, or null. */
export function entryProblem(scope: Scope, entry: JournalEntry): string | null {
  const { chain } = scope
  const place = chain.nextEntry === null ? null : placeProblem(chain, entry)
  return place ?? legsProblem(entry) ?? causeProblem(scope, entry)
}

function placeProblem(chain: ChainRecord, entry: JournalEntry): string | null {
  return entry.index === chain.nextEntry ? null : `index ${entry.index}, expected ${chain.nextEntry}`
}

function legsProblem(entry: JournalEntry): string | null {
  const legs = entry.legs
  if (legs.length < 2) return `${legs.length} legs`
  let sum = 0n
  const first = legs[0]!.token
  let isMixed = false
  for (let i = 0; i < legs.length; i++) {
    const { kind, amount, token } = legs[i]!
    if (!KINDS.has(kind)) return `a leg of kind ${kind}`
    if (amount === 0n) return 'a leg of zero'
    if (amount >= TWO_256 || amount <= -TWO_256) return `a leg of ${amount}`
    if (token !== first) isMixed = true
    sum += amount
  }
  if (isMixed) return mixedProblem(legs)
  return sum === 0n ? null : `legs of ${first} sum to ${sum}`
}

function mixedProblem(legs: readonly Leg[]): string | null {
  const sums = new Map<string, bigint>()
  for (const { token, amount } of legs) sums.set(token, (sums.get(token) ?? 0n) + amount)
  for (const [token, sum] of sums) if (sum !== 0n) return `legs of ${token} sum to ${sum}`
  return null
}

/** The event of the receipt, or the call, that an entry of this cause needs. */
function causeProblem(scope: Scope, entry: JournalEntry): string | null {
  const { receipt, transaction, block } = scope
  switch (entry.cause) {
    case 'genesis':
      return block.header.number === 0 ? null : `in block ${block.header.number}`
    case 'gas':
      return transaction === null ? 'without a transaction' : null
    case 'transfer':
      return transaction?.call.kind === 'transfer' ? null : 'in a transaction that is no transfer'
    case 'escrow-open':
      return hasEvent(scope, 'order-opened')
    case 'escrow-claim':
      return hasEvent(scope, 'order-claimed')
    case 'escrow-refund':
      return hasEvent(scope, 'order-refunded')
    case 'fill':
      return hasEvent(scope, 'order-filled')
    case 'bridge-lock':
      return hasStep(scope, 'locked')
    case 'bridge-burn':
      return hasStep(scope, 'burned')
    case 'bridge-mint':
      return hasStep(scope, 'minted')
    case 'bridge-refill':
      return hasEvent(scope, 'bridge-refilled')
    case 'bridge-release':
      return hasStep(scope, 'released')
    case 'bridge-issue':
      return hasEvent(scope, 'asset-issued')
    case 'bridge-redeem':
      return hasEvent(scope, 'asset-redeemed')
    case 'pool-in':
      return hasStep(scope, 'pooled')
    case 'pool-out':
      return hasEvent(scope, 'payout-made')
    case 'pool-deposit':
      return hasEvent(scope, 'pool-deposited')
    case 'pool-withdraw':
      return hasEvent(scope, 'pool-withdrawn')
    case 'pool-refill':
      return hasEvent(scope, 'pool-refilled')
    case 'hash-lock-create':
      return hasEvent(scope, 'hash-lock-created')
    case 'hash-lock-withdraw':
      return hasEvent(scope, 'hash-lock-withdrawn')
    case 'hash-lock-cancel':
      return hasEvent(scope, 'hash-lock-cancelled')
    case 'bridge-dust-refund':
      return receipt.events.some((event) => event.kind === 'message-sent') ? null : 'without a message sent'
    case 'bond-post':
      return hasOneOf(scope, [
        'root-posted',
        'challenge-lost',
        'bundle-proposed',
        'bundle-disputed',
        'preconfirmations-bonded',
      ])
    case 'bond-return':
      return hasOneOf(scope, [
        'root-posted',
        'roots-deleted',
        'roots-reset',
        'bundle-ruled',
        'message-delivered',
      ])
    case 'bond-forfeit':
      return hasOneOf(scope, ['roots-deleted', 'challenge-lost', 'bundle-ruled', 'promise-broken'])
    case 'prover-fee':
      return hasEvent(scope, 'proof-posted')
    case 'swap':
      return hasEvent(scope, 'swapped')
    case 'add-liquidity':
      return hasEvent(scope, 'liquidity-added')
    case 'remove-liquidity':
      return hasEvent(scope, 'liquidity-removed')
    case 'place-orders':
      return hasOneOf(scope, ['limit-order-placed', 'limit-order-withdrawn'])
    case 'mint-range':
      return hasEvent(scope, 'range-minted')
    case 'burn-range':
      return hasEvent(scope, 'range-burned')
    case 'mint-vault-shares':
      return hasEvent(scope, 'vault-shares-minted')
    case 'burn-vault-shares':
      return hasEvent(scope, 'vault-shares-burned')
    case 'slash':
      return hasEvent(scope, 'validators-slashed')
    case 'stablecoin-burn':
    case 'stablecoin-mint':
      return hasEvent(scope, 'stablecoin-exchanged')
    case 'estate-fund':
      return hasEvent(scope, 'custodian-wound-up')
    case 'estate-claim':
      return hasEvent(scope, 'estate-claimed')
    case 'claw-back':
      return hasEvent(scope, 'measure-enacted')
    case 'cover-premium':
      return hasEvent(scope, 'cover-bought')
    case 'cover-payment':
      return hasEvent(scope, 'cover-claimed')
    case 'window-draw':
      return hasEvent(scope, 'window-drawn')
    case 'window-repay':
      return hasEvent(scope, 'window-repaid')
    case 'option-premium':
      return hasEvent(scope, 'option-bought')
    case 'option-payment':
      return hasEvent(scope, 'option-exercised')
    case 'nav-subscribe':
      return hasEvent(scope, 'nav-subscribed')
    case 'nav-request':
      return hasEvent(scope, 'redemption-requested')
    case 'nav-payment':
      return hasEvent(scope, 'redemptions-paid')
    case 'nav-fill':
      return hasEvent(scope, 'buffer-filled')
    case 'margin-in':
      return hasEvent(scope, 'margin-moved')
    case 'margin-out':
      return hasOneOf(scope, ['margin-moved', 'perpetual-liquidated'])
    case 'isolated-supply':
      return hasEvent(scope, 'isolated-supplied')
    case 'isolated-withdraw':
      return hasEvent(scope, 'isolated-withdrawn')
    case 'isolated-pledge':
      return hasEvent(scope, 'isolated-pledged')
    case 'isolated-release':
      return hasEvent(scope, 'isolated-released')
    case 'isolated-borrow':
      return hasEvent(scope, 'isolated-borrowed')
    case 'isolated-repay':
      return hasEvent(scope, 'isolated-repaid')
    case 'isolated-liquidate':
      return hasEvent(scope, 'isolated-liquidated')
    case 'isolated-fee':
      return hasEvent(scope, 'isolated-accrued')
    case 'lending-supply':
      return hasEvent(scope, 'supplied')
    case 'lending-withdraw':
      return hasEvent(scope, 'withdrawn')
    case 'lending-borrow':
      return hasEvent(scope, 'borrowed')
    case 'lending-repay':
      return hasEvent(scope, 'repaid')
    case 'lending-collateral':
      return hasEvent(scope, 'collateral-set')
    case 'lending-liquidate':
      return hasEvent(scope, 'liquidated')
    case 'lending-auction':
      return hasOneOf(scope, ['auction-started', 'auction-bid', 'auction-settled', 'auction-sold'])
    case 'lending-treasury':
      return hasOneOf(scope, ['treasury-minted', 'premium-collected'])
    case 'lending-cover':
      return hasEvent(scope, 'deficit-covered')
    default:
      return 'of a cause that is not in the list'
  }
}

function hasEvent(scope: Scope, kind: string): string | null {
  const { events } = scope.receipt
  for (let i = 0; i < events.length; i++) if (events[i]!.kind === kind) return null
  return `without an event ${kind}`
}

/** At least one event of these kinds. */
function hasOneOf(scope: Scope, kinds: readonly string[]): string | null {
  return kinds.some((kind) => hasEvent(scope, kind) === null)
    ? null
    : `without an event ${kinds.join(' or ')}`
}

function hasStep(scope: Scope, step: string): string | null {
  const { events } = scope.receipt
  for (let i = 0; i < events.length; i++) {
    const event = events[i]!
    if (event.kind === 'bridge-transfer' && event.step === step) return null
  }
  return `without a bridge transfer ${step}`
}
