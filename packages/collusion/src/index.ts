/** Floor 5: the collusion laboratory. Pricing games and their benchmarks. */
export { bestResponse, criticalDiscount, monopolyPrices, nashPrices } from './pricing/equilibrium-prices.ts'
export {
  consumerSurplus,
  demand,
  type LogitMarket,
  profits,
  symmetricLogitMarket,
} from './pricing/logit-market.ts'
export { type GridOptions, priceGrid } from './pricing/price-grid.ts'
