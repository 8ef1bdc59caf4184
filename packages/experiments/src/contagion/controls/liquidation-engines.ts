// How lending pools sell the collateral of loans that are called: beside a fixed spread in one transaction, slowly or by auctions.
import { engineSchema } from '../../lending/engine-schema.ts'
import type { Control } from './control.ts'
import { type Pool, withPools } from './lent-reserves.ts'

type Kind = 'slow' | 'english' | 'dutch'

const PLAIN = engineSchema.parse({ kind: 'fixed-spread' })

function engineControl(kind: Kind, words: Pick<Control, 'title' | 'setting'>): Control {
  const isOf = ({ engine }: Pool) => engine.kind === kind
  return {
    name: `${kind}-liquidation`,
    ...words,
    isIn: ({ lending = {} }) => Object.values(lending).some(isOf),
    add: (scenario) =>
      withPools(scenario, (pool) =>
        isOf(pool) || Object.keys(pool.reserves).length < 2
          ? pool
          : { ...pool, engine: engineSchema.parse({ kind }) },
      ),
    remove: (scenario) => withPools(scenario, (pool) => (isOf(pool) ? { ...pool, engine: PLAIN } : pool)),
  }
}

export const slowLiquidation = engineControl('slow', {
  title: 'debts are called part by part',
  setting: 'a tenth at once, every five minutes',
})

export const englishLiquidation = engineControl('english', {
  title: 'collateral is auctioned to the highest bid',
  setting: "Maker's of 2020: raises of 3 %, bids of ten minutes, penalty of 13 %",
})

export const dutchLiquidation = engineControl('dutch', {
  title: 'collateral is auctioned at a price that falls',
  setting: "Maker's after 2020: from 130 % of the oracle's price, 1 % less every 90 seconds",
})
