// Counters and gauges with fixed names (no labels made from what others send).

export interface Meter {
  count(name: string, by?: number): void
  gauge(name: string, value: number): void
}
