// The closed set of gossip topics.
export const topics = ['orders', 'awards', 'headers', 'attestations', 'evidence'] as const
export type Topic = (typeof topics)[number]
