// Block 0: one receipt with one entry that mints every balance from SUPPLY. It has no producer and no signature, so
// that everyone who has the genesis makes the same block.
import { type Address, SolventError, ZERO_ADDRESS, ZERO_HASH } from '@solvent/primitives'
import {
  type Block,
  type BlockHeader,
  type ChainSpec,
  type Genesis,
  headerDigest,
  type Leg,
  marketShareToken,
  type Receipt,
  receiptsHash,
  type SignedTransaction,
  transactionsHash,
} from '@solvent/protocol'
import { openLendingPool } from '../lending/contract/lending-genesis.ts'
import { openIsolatedMarket } from '../lending/isolated/contract/isolated-genesis.ts'
import type { ChainState } from './chain-state.ts'
import { genesisMarket } from './fee-market/slot-market.ts'
import { timestampOf } from './slots.ts'
import { NO_STATE, nextStateRoot } from './state-root.ts'

/**
 * Mints the genesis balances into the state and returns block 0.
 *
 * @throws E_GENESIS when a balance is not positive or belongs to an account kind that has no holder
 */
export function applyGenesis(
  state: ChainState,
  chain: ChainSpec,
  genesis: Genesis,
  genesisMs: number,
): Block {
  const receipts = Object.freeze([mintAll(state, genesis)])
  const atSeconds = timestampOf({ genesisMs }, chain, 0)
  for (const contract of state.lending.values()) openLendingPool(contract, genesis, atSeconds)
  for (const market of state.isolated.values()) openIsolatedMarket(market, genesis.balances, atSeconds)
  openMarkets(state)
  const transactions: readonly SignedTransaction[] = Object.freeze([])
  const hashes = { transactionsHash: transactionsHash(transactions), receiptsHash: receiptsHash(receipts) }
  const l1 = chain.consensus.kind === 'l1'
  const header: BlockHeader = Object.freeze({
    chainId: chain.chainId,
    number: 0,
    emptyBefore: 0,
    missedBefore: 0,
    parentHash: ZERO_HASH,
    timestamp: atSeconds,
    producer: ZERO_ADDRESS,
    ...hashes,
    stateRoot: nextStateRoot({ parentRoot: NO_STATE, ...hashes }),
    outboxRoot: state.outbox.root(),
    transactionCount: 0,
    gasUsed: 0,
    baseFee: chain.baseFee,
    market: genesisMarket(chain).market,
    votes: 0,
    justified: l1 ? 0 : -1,
    finalized: l1 ? 0 : -1,
  })
  return Object.freeze({ header, signature: '0x', hash: headerDigest(header), transactions, receipts })
}

function mintAll(state: ChainState, { balances }: Genesis): Receipt {
  const minted = new Map<Address, bigint>()
  const holders: Leg[] = []
  for (const { kind, owner, token, amount } of balances) {
    if (amount <= 0n || kind === 'SUPPLY') throw badBalance(kind, owner, amount)
    minted.set(token, (minted.get(token) ?? 0n) + amount)
    holders.push({ kind, owner, token, amount })
  }
  const supply: Leg[] = [...minted].map(([token, amount]) => ({
    kind: 'SUPPLY',
    owner: '',
    token,
    amount: -amount,
  }))
  if (holders.length > 0) state.ledger.post('genesis', [...supply, ...holders])
  return Object.freeze({
    transactionHash: ZERO_HASH,
    status: 'ok',
    reason: null,
    gasUsed: 0,
    entries: state.ledger.takePosted(),
    events: Object.freeze([]),
  })
}

/** A market begins with what genesis put into its pool. */
function openMarkets({ markets, ledger }: ChainState): void {
  for (const market of markets.values()) {
    const { address, token0, token1 } = market.spec
    market.open({
      reserve0: ledger.balance('POOL', address, token0),
      reserve1: ledger.balance('POOL', address, token1),
      shares: -ledger.balance('SUPPLY', '', marketShareToken(market.spec)),
    })
  }
}

function badBalance(kind: string, owner: string, amount: bigint): SolventError {
  return new SolventError({
    code: 'E_GENESIS',
    message: 'A genesis balance must be positive and belong to a holder.',
    details: { kind, owner, amount },
  })
}
