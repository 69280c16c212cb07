// Moneybird's filter language: `key:value` terms with commas between, and the periods that stand in it.

import type { LocalDate } from '../../core/day.ts'
import { notFound } from '../../core/errors.ts'
import type { Range } from '../../core/page.ts'
import {
  instantsOf,
  namedPeriod,
  type Period,
  parsePeriodName,
  parsePeriodRange,
} from '../../core/periods.ts'
import type { TimeEntryFilter } from '../../core/time/verbs.ts'
import type { Where } from '../../core/where.ts'
import { type Call, idIn, known, parameter } from './call.ts'
import { Refused, symbolic } from './errors.ts'

/** Terms by key. Unknown keys are there too, for nobody to look at. */
export type Terms = ReadonlyMap<string, string>

/**
 * Reads a filter. A term ends its key at the first colon, since values may hold some; the last of a repeated key counts.
 * A .NET client sends `filter=filter=state:open,…`: its first key is then an unknown one.
 */
export function parseTerms(text: string): Terms {
  const terms = new Map<string, string>()
  for (const term of text.split(',')) {
    const colon = term.indexOf(':')
    if (colon > 0) terms.set(term.slice(0, colon).trim(), term.slice(colon + 1).trim())
  }
  return terms
}

/** Words between pipes, each out of a list. Refuses any other word. */
export function parseStates<S extends string>(text: string, known: readonly S[]): ReadonlySet<S> {
  const states = text.split('|').map((state) => known.find((one) => one === state))
  if (states.includes(undefined)) {
    throw new Refused(symbolic(400, 'Status is not included in the list', { filter: 'invalid' }))
  }
  return new Set(states as S[])
}

/** A named or a custom period, seen from a day; refuses any other text with `message`. */
export function parsePeriod(text: string, today: LocalDate, message: string): Period {
  const name = parsePeriodName(text)
  const period = name === undefined ? parsePeriodRange(text) : namedPeriod(name, today)
  // The years that the original's parser reads.
  if (period === undefined || period.from < '1000' || period.to >= '3000') {
    throw new Refused(symbolic(400, message))
  }
  return period
}

/** A day as `2026-11-20`, or without the hyphens. */
function parseDay(text: string, today: LocalDate): Period {
  return parsePeriod(/^\d{4}-?\d{2}-?\d{2}$/.test(text) ? `${text}..${text}` : '', today, 'Day is invalid')
}

const entryStates = ['all', 'open', 'non_billable'] as const

// What is billable and on no invoice waits for one.
const open: Where = {
  all: [
    { field: 'billable', op: '=', value: true },
    { field: 'billed', op: '=', value: false },
  ],
}
const nonBillable: Where = { field: 'billable', op: '=', value: false }

/** What of an entry list the core is asked for; `running` is asked apart, since counting is cheaper without it. */
export type EntryQuery = { readonly filter: TimeEntryFilter; readonly active: boolean }

/**
 * The filter of a list of entries. Without any filter it is this year; with one, whatever it says, all years. Contacts,
 * projects and users that are not there are refused.
 */
export async function parseEntryFilter(call: Call): Promise<EntryQuery> {
  const { core, names, today } = call
  const text = parameter(call, 'filter')
  const terms = text === undefined ? new Map([['period', 'this_year']]) : parseTerms(text)
  const [state, period, day] = ['state', 'period', 'day'].map((key) => terms.get(key))
  const periods = [
    ...(period === undefined ? [] : [parsePeriod(period, today, 'Period is invalid')]),
    ...(day === undefined ? [] : [parseDay(day, today)]),
  ]
  const conditions = state === undefined ? [] : stateConditions(parseStates(state, entryStates))
  const [contactId, projectId, userId] = ['contact_id', 'project_id', 'user_id'].map((key) => {
    const value = terms.get(key)
    return value === undefined ? undefined : idIn(value)
  })
  if (contactId !== undefined) await known('contact_id', contactId, (id) => core.clients.read(names, id))
  if (projectId !== undefined) await known('project_id', projectId, (id) => core.projects.read(names, id))
  if (userId !== undefined) await known('user_id', userId, (id) => member(call, id))
  const withoutContact = contactId !== undefined && terms.get('include_nil_contacts') === 'true'
  if (withoutContact) conditions.push(contactOrNone(contactId))
  const query = parameter(call, 'query')
  return {
    active: terms.get('include_active') === 'true',
    filter: {
      ...(periods.length === 0
        ? {}
        : { startedAt: instantsOf(overlap(periods), call.actor.organization.timeZone) }),
      ...(contactId === undefined || withoutContact ? {} : { clientIds: [contactId] }),
      ...(projectId === undefined ? {} : { projectIds: [projectId] }),
      ...(userId === undefined ? {} : { personId: userId }),
      ...(query === undefined ? {} : { text: query }),
      ...(conditions.length === 0 ? {} : { where: { all: conditions } }),
    },
  }
}

function stateConditions(states: ReadonlySet<(typeof entryStates)[number]>): Where[] {
  if (states.has('all')) return []
  const any = [...(states.has('open') ? [open] : []), ...(states.has('non_billable') ? [nonBillable] : [])]
  return [{ any }]
}

function contactOrNone(contactId: number): Where {
  return {
    any: [
      { field: 'clientId', op: '=', value: contactId },
      { field: 'clientId', op: 'null' },
    ],
  }
}

/** The days that lie in all of the periods; without one in common, a range that holds nothing. */
function overlap(periods: readonly Period[]): Range<LocalDate> {
  const from = periods
    .map((period) => period.from)
    .sort()
    .at(-1)
  const to = periods
    .map((period) => period.to)
    .sort()
    .at(0)
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

/** Throws `not_found` unless somebody of that id is, or once was, a member. */
async function member({ core, names }: Call, id: number) {
  const members = await core.organizations.listMembers(names, { former: true })
  const found = members.find(({ person }) => person.id === id)
  if (found === undefined) throw notFound('user')
  return found
}
