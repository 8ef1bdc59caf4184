// What a node says of a message it was given. The runtime turns it into gossip verdicts and penalties.

/**
 * `accept`: valid, relay it. `ignore`: useless now, nobody is to blame, do not relay. `reject`: provably
 * wrong, and the immediate sender is to blame for passing it on.
 */
export type Verdict = 'accept' | 'ignore' | { readonly reject: string }
