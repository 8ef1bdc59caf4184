// Who bids in a study of tenders: names that are told apart, rings whose members exist and act, and strategies that do something
// under the mechanism.
import type { MechanismName } from '@solvent/mechanisms'
import type { StrategyConfig } from '@solvent/strategies'
import { checkBidder } from '../scenario/check-strategies.ts'
import type { Findings } from '../scenario/findings.ts'
import { MOST_BIDDERS, RESERVED_BIDDER, type TendersFile } from './tenders-schema.ts'
import { membersOfRings, namesOfBidders, RACES } from './tenders-study.ts'

const STUDY = ['study']

/** Adds what is wrong with a study's bidders, rings and strategies. */
export function checkTenderBidders(file: TendersFile, findings: Findings): void {
  checkNames(file, findings)
  checkRings(file, findings)
  checkStrategies(file, findings)
}

function checkNames(file: TendersFile, findings: Findings): void {
  const names = namesOfBidders(file)
  const path = [...STUDY, 'bidders']
  const all = [...names.values()].flat()
  if (all.length < 2 || all.length > MOST_BIDDERS)
    findings.add('E_RANGE', path, 'the number of bidders is out of range', {
      got: String(all.length),
      allowed: `2 to ${MOST_BIDDERS}, those of populations included`,
    })
  const seen = new Map<string, string>()
  for (const [name, spelt] of names) {
    if (name === RESERVED_BIDDER)
      findings.add('E_VALUE', [...path, name], 'the name stands for a bidder drawn for each tender', {
        got: name,
        allowed: 'another name',
      })
    const twice = spelt.find((each) => seen.has(each))
    if (twice !== undefined)
      findings.add('E_VALUE', [...path, name], `two bidders have one name: ${seen.get(twice)} has it too`, {
        got: twice,
        allowed: 'another name, or another count',
      })
    for (const each of spelt) seen.set(each, name)
  }
  const { exclusiveTo, leak } = file
  if (exclusiveTo !== undefined && exclusiveTo !== RESERVED_BIDDER)
    findings.reference([...STUDY, 'exclusiveTo'], 'bidder', exclusiveTo, [...all, RESERVED_BIDDER])
  leak?.to.forEach((name, index) => {
    const place = [...STUDY, 'leak', 'to', index]
    if (findings.reference(place, 'bidder', name, [...names.keys()]) && leak.to.indexOf(name) !== index)
      findings.add('E_VALUE', place, 'a bidder is named once', { got: name, allowed: 'other bidders' })
  })
}

function checkRings(file: TendersFile, findings: Findings): void {
  const { rings, talkingRings, bidders } = file
  const names = Object.keys(bidders)
  const inRing = new Map<string, string>()
  for (const [ring, members] of Object.entries(rings))
    members.forEach((member, index) => {
      const path = [...STUDY, 'rings', ring, index]
      if (!findings.reference(path, 'bidder', member, names)) return
      const other = inRing.get(member)
      if (other !== undefined)
        findings.add('E_VALUE', path, `a bidder is in one ring, once: this one is in ${other}`, {
          got: member,
          allowed: 'other bidders',
        })
      inRing.set(member, ring)
    })
  talkingRings.forEach((ring, index) => {
    findings.reference([...STUDY, 'talkingRings', index], 'ring', ring, Object.keys(rings))
  })
}

function checkStrategies(file: TendersFile, findings: Findings): void {
  const rings = membersOfRings(file)
  const names = namesOfBidders(file)
  for (const [name, { strategy }] of Object.entries(file.bidders)) {
    const path = [...STUDY, 'bidders', name, 'strategy']
    checkBidder({ path, called: 'bidder', names: names.get(name) ?? [name], strategy, rings }, findings)
    const why = whyIdle(strategy.kind, name, file)
    if (why !== null) findings.add('E_VALUE', [...path, 'kind'], why.problem, { got: strategy.kind, ...why })
  }
  for (const [ring, members] of Object.entries(file.rings))
    if (members.every((member) => !isMember(file.bidders[member], ring)))
      findings.add('E_REFERENCE', [...STUDY, 'rings', ring], 'no bidder acts for this ring', {
        got: members.join(', '),
        allowed: `strategy: { …, ring: ${ring} } of its members`,
      })
}

function isMember(bidder: TendersFile['bidders'][string] | undefined, ring: string): boolean {
  return bidder !== undefined && 'ring' in bidder.strategy && bidder.strategy.ring === ring
}

/** Why a strategy could do nothing of what it is for; null where it can. */
function whyIdle(
  kind: StrategyConfig['kind'],
  name: string,
  { mechanism, feedback, leak }: TendersFile,
): { readonly problem: string; readonly allowed: string; readonly hint?: string } | null {
  const under = (rules: readonly MechanismName[], problem: string) =>
    rules.includes(mechanism) ? null : { problem, allowed: `mechanism: ${rules.join(' or ')}` }
  switch (kind) {
    case 'fade-cartel':
      return RACES.has(mechanism) || mechanism === 'priority-fee'
        ? {
            problem: `in ${mechanism} the fill itself wins: nothing is promised that could fade`,
            allowed: 'a mechanism that awards before the fill, e.g. request-for-quote',
          }
        : null
    case 'withhold-second-best':
      return under(
        ['second-price', 'fair-combinatorial'],
        `in ${mechanism} no losing bid moves what the winner is paid`,
      )
    case 'filter-rival-batch':
      return under(['fair-combinatorial'], `in ${mechanism} there are no batches to filter`)
    case 'last-look':
      return leak?.to.includes(name) === true
        ? null
        : { problem: 'nobody shows it the bids of others', allowed: `study.leak with ${name} in to` }
    case 'regret-matching':
      return feedback === 'winning-bid' || RACES.has(mechanism)
        ? {
            problem: 'it learns from what other prices would have earned, and hears nothing that tells it',
            allowed: 'feedback: all-bids, and a mechanism that has bids',
            hint: 'exp3 learns from its own outcomes alone.',
          }
        : null
    default:
      return null
  }
}
