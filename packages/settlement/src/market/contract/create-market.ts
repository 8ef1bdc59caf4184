// The contract of a market's design.
import type { MarketSpec } from '@solvent/protocol'
import type { UndoLog } from '../../ledger/undo-log.ts'
import { BookContract } from './book-contract.ts'
import type { SharedPool } from './market-contract.ts'
import { PairContract } from './pair-contract.ts'
import { RangeContract } from './range-contract.ts'
import { StableContract } from './stable-contract.ts'

/** By its kind: how the depth is provided, as shares of all of it, as ranges, each on its own, or as orders. */
export type MarketContract = SharedPool | RangeContract | BookContract

export function createMarket(log: UndoLog, spec: MarketSpec): MarketContract {
  switch (spec.design.kind) {
    case 'constant-product':
      return new PairContract(log, spec, spec.design)
    case 'order-book':
      return new BookContract(log, spec, spec.design)
    case 'concentrated':
      return new RangeContract(log, spec, spec.design)
    case 'stable-swap':
      return new StableContract(log, spec, spec.design)
  }
}
