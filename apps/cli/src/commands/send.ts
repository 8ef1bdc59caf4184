// `solvent send`: has a user node of the running network sign and submit an order, and follows it to its end.
import { setTimeout as sleep } from 'node:timers/promises'
import { connectOperator, type Operator } from '@solvent/experiments/live'
import { isSolventError, nearestName, parseUnits, SolventError } from '@solvent/primitives'
import type { OrderIntent } from '@solvent/protocol'
import { EXIT } from '../exit-code.ts'
import { note, result, resultJson } from '../output/streams.ts'
import { networkDirectory } from '../project.ts'

export interface SendOptions {
  readonly user?: string | undefined
  readonly from?: string | undefined
  readonly input?: string | undefined
  readonly amount: string
  readonly to?: string | undefined
  readonly output?: string | undefined
  readonly slippage: number
  readonly award: 'auctioneer' | 'chain' | 'user'
  readonly timeout: number
  readonly json?: boolean | undefined
}

const POLL_MS = 500
const BPS = 10_000
const ENDS: ReadonlySet<string> = new Set(['settled', 'refunded', 'rejected', 'expired', 'cancelled'])

export async function send(options: SendOptions): Promise<number> {
  const operator = await connectOperator(networkDirectory())
  try {
    const users = operator.plan.nodes.filter(({ role }) => role === 'user').map(({ id }) => String(id))
    const user = pick('user', options.user, users)
    const reply = await operator.ask(user, { kind: 'send-order', intent: intentOf(operator, options) })
    if (reply.kind !== 'sent') {
      throw new SolventError({
        code: 'E_OPERATOR_REFUSED',
        message: 'The user did not sign the order.',
        details: { user, why: reply.kind === 'refused' ? reply.reason : reply.kind },
      })
    }
    note(`${user} signed order ${reply.orderId}`)
    const state = await follow(operator, user, reply.orderId, options.timeout)
    if (options.json === true) resultJson({ orderId: reply.orderId, user, ...state })
    else result(`${reply.orderId} ${state.state}`)
    return ENDS.has(state.state) ? EXIT.ok : EXIT.expectation
  } finally {
    await operator.close()
  }
}

/** Asks the user node until the order has ended or the time is up; each new state is a line on stderr. */
async function follow(
  operator: Operator,
  user: string,
  orderId: string,
  timeoutSeconds: number,
): Promise<{ state: string; detail: string }> {
  const deadline = Date.now() + timeoutSeconds * 1_000
  let last = { state: 'signed', detail: '' }
  while (Date.now() < deadline && !ENDS.has(last.state)) {
    await sleep(POLL_MS)
    // A busy node may miss a question; the order goes on without it.
    const reply = await operator.ask(user, { kind: 'order-status', orderId }).catch(nullIfUnanswered)
    if (reply?.kind !== 'order') continue
    if (reply.state !== last.state) note(`${reply.state}${reply.detail === '' ? '' : `  ${reply.detail}`}`)
    last = { state: reply.state, detail: reply.detail }
  }
  return last
}

function nullIfUnanswered(error: unknown): null {
  if (isSolventError(error)) return null
  throw error
}

/** The first pair that fits where the options leave something out. */
function intentOf({ plan }: Operator, options: SendOptions): OrderIntent {
  const { chains, tokens } = plan.spec
  const origin = chains.find(
    ({ name }) =>
      name ===
      pick(
        'chain',
        options.from,
        chains.map((chain) => chain.name),
      ),
  )!
  const destination = chains.find(
    ({ name }) =>
      name ===
      pick(
        'chain',
        options.to,
        chains.filter((chain) => chain !== origin).map((chain) => chain.name),
      ),
  )!
  const symbolsOn = (chainId: number) =>
    tokens.filter((token) => token.chainId === chainId && BigInt(token.address) !== 0n)
  const inputSymbol = pick(
    'asset',
    options.input,
    symbolsOn(origin.chainId).map(({ symbol }) => symbol),
  )
  const outputSymbol = pick(
    'asset',
    options.output ?? inputSymbol,
    symbolsOn(destination.chainId).map(({ symbol }) => symbol),
  )
  const { decimals } = symbolsOn(origin.chainId).find(({ symbol }) => symbol === inputSymbol)!
  return {
    origin: origin.chainId,
    inputSymbol,
    inputAmount: parseUnits(options.amount, decimals),
    destination: destination.chainId,
    outputSymbol,
    minOutputBps: BPS - options.slippage,
    award: options.award,
  }
}

function pick(what: string, wanted: string | undefined, allowed: readonly string[]): string {
  if (wanted === undefined && allowed.length > 0) return allowed[0]!
  if (wanted !== undefined && allowed.includes(wanted)) return wanted
  const near = wanted === undefined ? null : nearestName(wanted, allowed)
  throw new SolventError({
    code: 'E_USAGE',
    message: `The network has no such ${what}.`,
    details: { got: wanted ?? 'none', allowed: allowed.join(', ') },
    ...(near === null || near === undefined ? {} : { hint: `Did you mean ${near}?` }),
  })
}
