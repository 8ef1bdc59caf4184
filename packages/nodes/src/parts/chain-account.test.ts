import { asNodeId } from '@solvent/primitives'
import { describe, expect, it } from 'vitest'
import { createRunningNetwork } from '../testing/running-network.ts'
import { address, L1, node, smallNetwork, tokens } from '../testing/small-network.ts'
import { type ChainAccount, createChainAccount } from './chain-account.ts'

const ACCOUNT = node('user-1')

describe('an account that follows a chain', () => {
  it('waits again for what an orphaned block held, after its node has heard of the block, until another block has it', () => {
    const network = createRunningNetwork()
    const heard: string[] = []
    let account: ChainAccount | null = null
    network.probe(ACCOUNT, {
      onStart(ports) {
        const note = (what: string, count: number): void => {
          if (count > 0) heard.push(`${what}, ${account?.sender.pending()} on their way`)
        }
        account = createChainAccount(
          {
            ...{ spec: smallNetwork, chains: [L1] },
            onIncluded: ({ ref, receipt }) => heard.push(`${ref} ${receipt.status}`),
            onBlock: (block) => account?.sender.onBlock(block),
            onOrphaned: ({ transactions }) => note('orphaned', transactions.length),
          },
          ports,
        )
        account.follower.start()
        account.sender.start()
      },
      onMessage: (inbound) =>
        account?.sender.onMessage(inbound) === true
          ? 'accept'
          : (account?.follower.onMessage(inbound) ?? 'ignore'),
      onTimer: (timer) => void (account?.sender.onTimer(timer) === true || account?.follower.onTimer(timer)),
    })
    const operator = network.probe(asNodeId('operator'))
    network.start()
    const { sender } = account as unknown as ChainAccount
    const call = { kind: 'transfer', token: tokens.gas, to: address('atlas'), amount: 1n } as const
    sender.send({ chainId: L1, call, ref: 'pay' })
    network.seconds(25)
    expect(heard).toEqual(['pay ok'])
    const reorg = { kind: 'reorg', chainId: L1, depth: 1 } as const
    operator.ports.transport.request(node('l1-producer'), { type: 'control', body: reorg }, 30_000)
    const underWay: number[] = []
    for (let second = 0; second < 60; second++) {
      network.seconds(1)
      underWay.push(sender.pending())
    }
    expect(heard).toEqual(['pay ok', 'orphaned, 0 on their way', 'pay ok'])
    expect(underWay).toContain(1)
    expect(underWay.at(-1)).toBe(0)
  })
})
