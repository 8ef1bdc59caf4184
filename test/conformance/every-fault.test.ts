// Every kind of fault of a scenario file, put into a running libp2p network as an operator does: each has its effect there, or is
// refused with the reason.
import { faultKinds } from '@solvent/experiments'
import type { BridgeOutcome, ChainProgress, RunReport } from '@solvent/nodes'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { FaultyNetwork } from './faulty-network.ts'

const LIMIT_MS = 180_000
/** Of the wall, for an effect to be seen: 600 s of the network. */
const SEEN_WITHIN_MS = 60_000
const LOOK_MS = 500

let network: FaultyNetwork
const tried = new Set<string>()

beforeAll(async () => {
  network = await FaultyNetwork.launch()
}, LIMIT_MS)

afterAll(() => network?.end(), LIMIT_MS)

/** Injects it; all nodes that it concerns have answered that they do it. */
async function put(kind: string, ...settings: string[]): Promise<void> {
  tried.add(kind)
  const { told, silent, refused } = await network.inject(kind, settings)
  expect(told.length).toBeGreaterThan(0)
  expect({ silent, refused }).toEqual({ silent: [], refused: [] })
}

/** Waits until the watcher sees it. */
function seen(what: (report: RunReport) => boolean): Promise<void> {
  return vi.waitFor(async () => expect(what(await network.report())).toBe(true), {
    timeout: SEEN_WITHIN_MS,
    interval: LOOK_MS,
  })
}

const bridgeOf = ({ bridges }: RunReport, id: string): BridgeOutcome =>
  bridges.find((each) => each.id === id)!
const chainOf = ({ chains }: RunReport, name: string): ChainProgress =>
  chains.find((each) => each.name === name)!
const ETHER = 10n ** 18n

/** What the accounts of a bridge's operator have paid for gas: each order to it is a transaction. */
function operatorPaid({ balances }: RunReport, name: string): bigint {
  const { issuer, guardian } = network.operator.plan.spec.bridges.find((each) => each.name === name)!
  const owners: string[] = [issuer.address, guardian.address]
  return balances.reduce((sum, { owner, gasPaid }) => (owners.includes(owner) ? sum + gasPaid : sum), 0n)
}

/** The bridge's operator has acted on a chain. */
async function putToOperator(bridge: string, kind: string, ...settings: string[]): Promise<void> {
  const before = operatorPaid(await network.report(), bridge)
  await put(kind, ...settings)
  await seen((report) => operatorPaid(report, bridge) > before)
}

/** Longer than it takes to see that something stands still. */
const OUTAGE = 'forSeconds=90'

/** A count stands still for 24 s of the network, after 20 s for what was under way, while another one grows; then it goes on. */
async function stalls(
  stalled: (report: RunReport) => number,
  going: (report: RunReport) => number,
): Promise<void> {
  const settled = (await network.report()).atMs + 20_000
  await seen(({ atMs }) => atMs >= settled)
  const before = await network.report()
  await seen((report) => report.atMs >= before.atMs + 24_000 && going(report) > going(before))
  expect(stalled(await network.report())).toBe(stalled(before))
  await seen((report) => stalled(report) > stalled(before))
}

const batches = (chain: string) => (report: RunReport) => chainOf(report, chain).rollup!.batches
const head = (chain: string) => (report: RunReport) => chainOf(report, chain).head

/** The node's log is written a little after it was said. */
function says(node: string, text: string): Promise<void> {
  return vi.waitFor(() => expect(network.log(node)).toContain(text), { timeout: SEEN_WITHIN_MS })
}

async function peersOf(node: string): Promise<number> {
  const reply = await network.operator.ask(node, { kind: 'status' })
  return reply.kind === 'status' ? reply.status.peers : 0
}

describe('links', () => {
  it.each([
    ['partition', 'from=[spare]', 'to=[atlas]', 'forSeconds=1'],
    ['refused', 'from=[spare]', 'to=[atlas]', 'forSeconds=5'],
    ['eclipse', 'node=spare', 'forSeconds=5'],
    ['strangers', 'node=spare', 'forSeconds=5', 'connections=20', 'manner=reset-at'],
  ])('%s of a node begins and ends there', { timeout: LIMIT_MS }, async (kind, ...settings) => {
    await put(kind, ...settings)
    await vi.waitFor(
      () => expect(network.phases('spare').slice(-2)).toEqual([`${kind} begin`, `${kind} end`]),
      {
        timeout: SEEN_WITHIN_MS,
      },
    )
    // Its neighbours are there again.
    await vi.waitFor(async () => expect(await peersOf('spare')).toBeGreaterThan(3), {
      timeout: SEEN_WITHIN_MS,
    })
  })

  it.each([
    ['link', 'from=[atlas]', 'to=[spare]', 'forSeconds=1', 'loss=0.5', 'corrupt=0.1', 'reorder=0.1'],
    ['spike', 'from=[atlas]', 'to=[spare]', 'forSeconds=1', 'factor=10'],
    ['clog', 'from=[atlas]', 'to=[spare]', 'forSeconds=2'],
    ['slow-peer', 'node=spare', 'forSeconds=1', 'bytesPerSecond=1000'],
  ])('%s begins and ends at both nodes', { timeout: LIMIT_MS }, async (kind, ...settings) => {
    const before = ['atlas', 'spare'].map((node) => network.phases(node).length)
    await put(kind, ...settings)
    await vi.waitFor(
      () =>
        ['atlas', 'spare'].forEach((node, index) => {
          const phases = network.phases(node).slice(before[index])
          // Reordering is a fault of its own on the same link.
          expect([...new Set(phases)]).toEqual(['link begin', 'link end'])
          expect(phases.filter((phase) => phase === 'link end')).toHaveLength(phases.length / 2)
        }),
      { timeout: SEEN_WITHIN_MS },
    )
  })

  it.each([['between-frames'], ['inside-frame']])(
    'reset %s breaks connections, which are made anew',
    {
      timeout: LIMIT_MS,
    },
    async (where) => {
      const before = network.phases('atlas').length
      await put('reset', 'from=[atlas]', 'to=[spare]', `where=${where}`)
      await vi.waitFor(() => expect(network.phases('atlas').slice(before)).toEqual(['reset begin']), {
        timeout: SEEN_WITHIN_MS,
      })
      await vi.waitFor(async () => expect(await peersOf('atlas')).toBeGreaterThan(3), {
        timeout: SEEN_WITHIN_MS,
      })
    },
  )
})

describe('nodes', () => {
  it('clock-skew and clock-drift put a clock off', { timeout: LIMIT_MS }, async () => {
    await put('clock-skew', 'node=spare', 'skewMs=3000000')
    await put('clock-drift', 'node=spare', 'forSeconds=1', 'ppm=100000')
    const nowMs = async (node: string) => {
      const reply = await network.operator.ask(node, { kind: 'status' })
      return reply.kind === 'status' ? reply.status.nowMs : 0
    }
    await vi.waitFor(
      async () => expect((await nowMs('spare')) - (await nowMs('atlas'))).toBeGreaterThan(2_900_000),
      {
        timeout: SEEN_WITHIN_MS,
      },
    )
    await put('clock-skew', 'node=spare', 'skewMs=0')
    await vi.waitFor(() => expect(network.phases('spare')).toContain('clock-drift end'), {
      timeout: SEEN_WITHIN_MS,
    })
  })

  it('loop-block keeps a node from answering, and it goes on', { timeout: LIMIT_MS }, async () => {
    await put('loop-block', 'node=spare', 'forMs=5000')
    await vi.waitFor(() => expect(network.phases('spare').at(-1)).toBe('loop-block begin'), {
      timeout: SEEN_WITHIN_MS,
    })
    expect((await network.operator.ask('spare', { kind: 'status' })).kind).toBe('status')
  })

  it('version-mix makes a node of an older version', { timeout: LIMIT_MS }, async () => {
    await put('version-mix', 'node=spare', 'lacks=[award, evidence]', 'forSeconds=60')
    await says('spare', 'Ordered to lack-types award evidence')
  })

  it('disk-stall holds writes back for a while', { timeout: LIMIT_MS }, async () => {
    await put('disk-stall', 'node=atlas', 'forSeconds=5')
    await vi.waitFor(() => expect(network.phases('atlas').at(-1)).toBe('disk-stall end'), {
      timeout: SEEN_WITHIN_MS,
    })
  })

  it('nonce-gap makes an account wait until it fills the gap', { timeout: LIMIT_MS }, async () => {
    await put('nonce-gap', 'node=carol', 'chain=ethereum', 'nonces=2')
    await says('carol', 'was missing and is used for nothing')
  })

  it('out-of-gas costs the fee of a transaction, which is sent again', { timeout: LIMIT_MS }, async () => {
    await put('out-of-gas', 'node=seq-arbitrum', 'chain=ethereum', 'calls=[post-batch]')
    const posted = batches('arbitrum')
    const before = posted(await network.report())
    await seen(
      (report) =>
        chainOf(report, 'ethereum').reverts.some(({ reason }) => reason === 'out-of-gas') &&
        posted(report) > before,
    )
  })

  it('out-of-gas is refused of a node that sends nothing', async () => {
    await expect(network.inject('out-of-gas', ['node=watcher', 'chain=ethereum'])).rejects.toThrow(
      'no such node that sends transactions',
    )
  })

  it.each([
    ['crash', 'node=spare'],
    ['suspend', 'node=spare', 'forSeconds=5'],
  ])('%s is refused of a node that shares its process', async (kind, ...settings) => {
    tried.add(kind)
    expect(await network.inject(kind, settings)).toMatchObject({
      silent: [],
      refused: [{ node: 'spare', reason: 'no process of its own runs that could be killed or stopped' }],
    })
  })
})

describe('actors', () => {
  it('play a step that waits for it', { timeout: LIMIT_MS }, async () => {
    await put('act', 'actor=carol', 'step=wash')
    await says('carol', 'Step wash is sent')
    await expect(network.inject('act', ['actor=carol', 'step=step-2'])).rejects.toThrow(/when: called/)
  })

  it('sell the wraps of a bridge until their price has fallen', { timeout: LIMIT_MS }, async () => {
    const sold = ({ markets }: RunReport) => markets[1]!.reserve0
    const before = sold(await network.report())
    await put('depeg', 'bridge=across', 'seller=carol', 'bps=-5000')
    // At half the price a pair has √2 times as many of them.
    await seen((report) => sold(report) * 100n > before * 141n)
    await expect(network.inject('depeg', ['bridge=hub', 'seller=carol', 'bps=-5000'])).rejects.toThrow(
      'no wrap of the bridge trades anywhere',
    )
  })

  it('take the depth of a market out that they provided', { timeout: LIMIT_MS }, async () => {
    const depth = ({ markets }: RunReport) => markets[0]!.reserve0
    const before = depth(await network.report())
    await put('withdraw-liquidity', 'market=pair', 'share=0.9')
    // A tenth of the shares is left, and with it a tenth of the pool.
    await seen((report) => depth(report) * 100n < before * 11n)
    await expect(network.inject('withdraw-liquidity', ['market=par'])).rejects.toThrow('Did you mean pair?')
  })
})

describe('Byzantine nodes', () => {
  it('a verifier that signs twice is shown to have done so', { timeout: LIMIT_MS }, async () => {
    await put('byzantine', 'node=hub-verifier-1', 'conduct=equivocate', 'forSeconds=60')
    // Two signatures are needed: nothing of this is delivered.
    await put(
      'forge',
      'bridge=hub',
      'asset=rsETH',
      'from=arbitrum',
      'to=ethereum',
      'amount=1',
      'sequence=3000000',
      'poisoned=1',
    )
    await seen(({ evidence }) => evidence.attestations > 0)
  })

  it('is refused of a node that has nothing to do it with', async () => {
    await expect(
      network.inject('byzantine', ['node=atlas', 'conduct=misrank', 'forSeconds=60']),
    ).rejects.toThrow('the node has nothing to do this with (got misrank of atlas; allowed: auctioneer-1)')
    await expect(
      network.inject('byzantine', ['node=depot-verifier-1', 'conduct=equivocate', 'forSeconds=60']),
    ).rejects.toThrow('one signature is enough here: a second content is a forge')
  })
})

describe('bridges', () => {
  const forge = (amount: string, ...more: string[]) =>
    put(
      'forge',
      'bridge=hub',
      'asset=rsETH',
      'from=arbitrum',
      'to=ethereum',
      `amount=${amount}`,
      'poisoned=2',
      ...more,
    )

  it('forge makes verifiers release what was never sent', { timeout: LIMIT_MS }, async () => {
    await forge('1')
    await seen((report) => bridgeOf(report, 'hub').deficit === ETHER)
  })

  it('forge-fill asks for orders that the bridge proves, and here is none', async () => {
    tried.add('forge-fill')
    const settings = ['bridge=depot', 'from=ethereum', 'to=arbitrum', 'payee=carol']
    await expect(network.inject('forge-fill', settings)).rejects.toThrow('no such bridge that proves fills')
  })

  it('limiter-price makes the same amount worth waiting, and vote lets it go', {
    timeout: LIMIT_MS,
  }, async () => {
    await putToOperator('hub', 'limiter-price', 'bridge=hub', 'asset=rsETH', 'price=90000')
    await forge('1', 'sequence=1000001')
    await seen((report) => bridgeOf(report, 'hub').queued === 1)
    expect(bridgeOf(await network.report(), 'hub').deficit).toBe(ETHER)
    await put('vote', 'bridge=hub', 'vote=release', 'verifiers=2')
    await seen((report) => bridgeOf(report, 'hub').deficit === 2n * ETHER)
  })

  it('share-loss, upgrade and wrong-rate are transactions of the operator', {
    timeout: LIMIT_MS,
  }, async () => {
    await putToOperator('hub', 'share-loss', 'bridge=hub', 'asset=rsETH')
    await putToOperator('hub', 'upgrade', 'bridge=hub', 'flaw=zero-root-accepted')
    await putToOperator('depot', 'wrong-rate', 'bridge=depot', 'asset=USDC', 'chain=ethereum', 'rate=2')
  })

  it('pause stops a bridge and unpause lets it go on', { timeout: LIMIT_MS }, async () => {
    await put('pause', 'bridge=hub', 'authority=issuer')
    await seen((report) => bridgeOf(report, 'hub').paused)
    await put('unpause', 'bridge=hub', 'authority=issuer')
    await seen((report) => !bridgeOf(report, 'hub').paused)
  })

  it('source-lie of another chain is noticed by its verifier', { timeout: LIMIT_MS }, async () => {
    await put('source-lie', 'bridge=depot', 'chain=arbitrum', 'lie=wrong-chain-id', 'forSeconds=10')
    await says('depot-verifier-1', 'chain 42161 answers for another chain and is not used')
  })

  it('pool-run takes cash out', { timeout: LIMIT_MS }, async () => {
    const cash = (report: RunReport) => bridgeOf(report, 'depot').pools[0]!.cash
    const before = cash(await network.report())
    await put('pool-run', 'bridge=depot', 'asset=USDC', 'chain=ethereum', 'share=0.5')
    await seen((report) => cash(report) < before)
  })

  it('dispute-griefing disputes a right bundle', { timeout: LIMIT_MS }, async () => {
    await put('dispute-griefing', 'bridge=across', 'bundles=1')
    await seen(({ bundles }) => bundles[0]!.disputed > 0)
  })

  it('wrong-verdict rejects a right bundle that was disputed', { timeout: LIMIT_MS }, async () => {
    await put('wrong-verdict', 'bridge=across')
    await put('dispute-griefing', 'bridge=across', 'bundles=1')
    await seen(({ bundles }) => bundles[0]!.rejected > 0)
  })

  it('rotate-verifiers replaces a set, on every chain', { timeout: LIMIT_MS }, async () => {
    await put('rotate-verifiers', 'bridge=depot', 'verifiers=[depot-verifier-1]', 'threshold=1')
    await seen(({ rotations }) => rotations.some(({ id, rotated }) => id === 'depot' && rotated === 3))
  })
})

describe('a broken signature scheme', () => {
  it('lets an actor sign for verifiers', { timeout: LIMIT_MS }, async () => {
    await put('scheme-break', 'scheme=ecdsa', 'actor=carol')
    await says('carol', 'It can sign for')
  })
})

describe('a stolen key', () => {
  it('lets an actor drain the account', { timeout: LIMIT_MS }, async () => {
    await put('key-theft', 'account=spare', 'actor=carol')
    await seen(({ thefts }) => thefts.some(({ id }) => id === 'spare'))
  })
})

describe('businesses', () => {
  it('solvers run, fight for orders and default on what they hold', { timeout: LIMIT_MS }, async () => {
    await put('solver-run', 'solvers=[broke]', 'forSeconds=20')
    await says('broke', 'In distress: stand-aside.')
    await put('fee-war', 'solvers=[broke]', 'bps=10', 'forSeconds=20')
    await says('broke', 'In distress: undercut.')
    const { owner } = (await network.report()).balances.find(
      ({ chainId, kind, amount }) => chainId === 42161 && kind === 'SOLVER' && amount === 2n * 10n ** 8n,
    )!
    await put('solver-default', 'solver=broke', 'creditor=carol')
    await seen(({ balances }) =>
      balances.every((each) => each.owner !== owner || each.amount !== 2n * 10n ** 8n),
    )
  })

  it('a manager loses what customers have left with him', { timeout: LIMIT_MS }, async () => {
    await put('manager-loss', 'custodian=vault', 'amount="400"', 'to=carol')
    await seen(({ derivatives }) => derivatives.custodians[0]!.sentElsewhere === 400n * 10n ** 6n)
  })
})

describe('an L1 in passing', () => {
  it('reorg takes blocks back', { timeout: LIMIT_MS }, async () => {
    await put('reorg', 'chain=ethereum', 'depth=2')
    await seen((report) => chainOf(report, 'ethereum').deepestReorg >= 2)
  })

  it('break-preconfirmations costs the bond', { timeout: LIMIT_MS }, async () => {
    const bond = ({ balances }: RunReport) =>
      balances.reduce(
        (sum, { kind, chainId, amount }) => (kind === 'BOND' && chainId === 1 ? sum + amount : sum),
        0n,
      )
    const before = bond(await network.report())
    await put('break-preconfirmations', 'chain=ethereum', 'forSeconds=20')
    await seen((report) => bond(report) < before)
  })
})

describe('rollups', () => {
  it('invalid-root and batch-repeated are counted', { timeout: LIMIT_MS }, async () => {
    await put('invalid-root', 'chain=arbitrum')
    await put('batch-repeated', 'chain=arbitrum')
    await seen((report) => {
      const { wrong, refused } = chainOf(report, 'arbitrum').rollup!
      return wrong > 0 && refused > 0
    })
  })

  it('challenge-griefing challenges a right root, which is refused', { timeout: LIMIT_MS }, async () => {
    const refused = (report: RunReport) => chainOf(report, 'arbitrum').rollup!.refused
    const before = refused(await network.report())
    await put('challenge-griefing', 'chain=arbitrum', 'roots=2')
    await seen((report) => refused(report) > before)
  })

  it('proposer-outage and prover-outage stop roots and proofs, not batches', {
    timeout: LIMIT_MS,
  }, async () => {
    await put('proposer-outage', 'chain=arbitrum', OUTAGE)
    await put('prover-outage', 'chain=linea', OUTAGE)
    await stalls(
      (report) => chainOf(report, 'arbitrum').rollup!.roots + chainOf(report, 'linea').rollup!.proofs,
      batches('arbitrum'),
    )
  })

  it('batch-outage and withhold-data stop one rollup each', { timeout: LIMIT_MS }, async () => {
    await put('batch-outage', 'chain=arbitrum', OUTAGE)
    await stalls(batches('arbitrum'), batches('linea'))
    await put('withhold-data', 'chain=linea', OUTAGE)
    await stalls(head('linea'), head('arbitrum'))
  })

  it('sequencer-outage, censor and drop-transactions keep transactions out', {
    timeout: LIMIT_MS,
  }, async () => {
    await put('sequencer-outage', 'chain=arbitrum', OUTAGE)
    await stalls(head('arbitrum'), head('ethereum'))
    await put('censor', 'chain=ethereum', 'calls=[post-batch]', OUTAGE)
    await stalls((report) => batches('linea')(report) + batches('arbitrum')(report), head('ethereum'))
    await put('drop-transactions', 'chain=ethereum', 'calls=[post-batch]', OUTAGE)
    await stalls((report) => batches('linea')(report) + batches('arbitrum')(report), head('ethereum'))
  })
})

describe('reporters of a feed', () => {
  const feed = ({ oracles }: RunReport) => oracles.find(({ id }) => id === 'eth-usd')!
  const E8 = 10n ** 8n
  const says = (dollars: bigint) => seen((report) => feed(report).priceE8 === dollars * E8)
  const lie = (kind: string, ...more: string[]) => put(kind, 'oracle=eth-usd', 'forSeconds=600', ...more)

  it('post what they should not: step, drift, venue, floor, decimals, negative', {
    timeout: LIMIT_MS,
  }, async () => {
    await lie('oracle-step', 'bps=1000')
    await says(2_200n)
    await lie('oracle-drift', 'bpsPerHour=36000')
    await seen((report) => feed(report).priceE8! > 2_000n * E8 && feed(report).priceE8! !== 2_200n * E8)
    await lie('oracle-floor', 'price="3000"')
    await says(3_000n)
    await lie('oracle-decimals', 'shift=2')
    await says(200_000n)
    await lie('oracle-negative', 'answer=-1')
    await says(-1n)
    await lie('oracle-venue', 'price="65"')
    await says(65n)
  })

  it('say of a sequencer that works that it is down', { timeout: LIMIT_MS }, async () => {
    await put('oracle-uptime', 'oracle=up', 'says=down', 'forSeconds=60')
    await seen(({ oracles }) => oracles.find(({ id }) => id === 'up')!.priceE8 === 0n)
  })

  it('are stuck, silent, or post into rounds that have been', { timeout: LIMIT_MS }, async () => {
    const { updates } = feed(await network.report())
    await lie('oracle-frozen')
    await seen((report) => feed(report).updates > updates + 1 && feed(report).priceE8 === 65n * E8)
    await lie('oracle-outage')
    await seen((report) => feed(report).ageSeconds! > 45)
    await lie('oracle-round-back')
    await seen((report) => chainOf(report, 'ethereum').reverts.some(({ reason }) => reason === 'old-round'))
    await put('oracle-step', 'oracle=eth-usd', 'forSeconds=1', 'bps=0')
    await says(2_000n)
  })
})

describe('an authority', () => {
  it('freezes, claws back, halts and sets terms when it is asked to', { timeout: LIMIT_MS }, async () => {
    const enacted = ({ controls }: RunReport) => controls.authorities[0]!.enacted
    const ask = async (kind: string, ...more: string[]) => {
      const before = enacted(await network.report())
      await put(kind, 'authority=issuer', ...more)
      await seen((report) => enacted(report) > before)
    }
    await ask('freeze-account', 'asset=USDC', 'account=carol')
    await ask('claw-back', 'asset=wBTC', 'account=carol', 'amount="0.01"', 'to=atlas')
    await ask('halt-token', 'asset=USDC')
    await ask('set-terms', 'pool=main', 'asset=ETH', 'ltvBps=0')
  })
})

describe('an L1 for good', () => {
  it('missed-slots, attesters-offline and equivocation show at an L1', { timeout: LIMIT_MS }, async () => {
    await put('missed-slots', 'chain=ethereum', 'group=south', 'forSeconds=20')
    await put('attesters-offline', 'chain=ethereum', 'group=north', 'forSeconds=30')
    await seen((report) => {
      const { slotsMissed, missedVotesGwei } = chainOf(report, 'ethereum')
      return slotsMissed > 0 && missedVotesGwei > 0n
    })
    await put('equivocation', 'chain=ethereum', 'group=south')
    await seen((report) => chainOf(report, 'ethereum').slashed > 0n)
  })
})

/** Two final branches leave nothing for other faults to hit: it has scenarios of its own. */
const SHOWN_ELSEWHERE = ['finality-violation']

describe('in the end', () => {
  it('gas-spike and blob-spike make both dearer', { timeout: LIMIT_MS }, async () => {
    const fees = (report: RunReport) => chainOf(report, 'ethereum')
    await seen((report) => fees(report).baseFee !== null)
    const before = fees(await network.report())
    await put('gas-spike', 'chain=ethereum', 'times=500', 'forSeconds=60')
    await put('blob-spike', 'chain=ethereum', 'times=500', 'forSeconds=60')
    await seen(
      (report) =>
        fees(report).baseFee!.max > before.baseFee!.max * 2n &&
        fees(report).blobBaseFeeMax! > before.blobBaseFeeMax!,
    )
  })

  it('disk-full ends a node at its next write', { timeout: LIMIT_MS }, async () => {
    await put('disk-full', 'node=seq-linea')
    await vi.waitFor(() => expect(network.lost).toEqual(['seq-linea']), { timeout: SEEN_WITHIN_MS })
  })

  it('every kind was tried, and nothing broke that must hold', async () => {
    expect(faultKinds.filter((kind) => !tried.has(kind) && !SHOWN_ELSEWHERE.includes(kind))).toEqual([])
    expect((await network.report()).invariants.broken).toEqual([])
  })
})
