// Preferences of users: what Kimai keeps beside a person, some of it fields and rates of ours.

import { parseTimeZone } from '../../core/day.ts'
import { parseDecimal } from '../../core/decimal.ts'
import { invalid } from '../../core/errors.ts'
import type { Member } from '../../core/people/organizations.ts'
import type { Given } from './body.ts'
import type { Desk } from './call.ts'
import type { WireObject } from './entities.ts'
import { keepOwn } from './extras.ts'
import { listOf } from './fields.ts'
import type { UserFacts } from './user-facts.ts'

/** What an hour of someone is worth and costs, among their preferences. */
const rateNames = { hourly_rate: 'hourlyRate', internal_rate: 'costRate' } as const

/** Preferences that Kimai knows; the first three are fields of the person too. */
const preferences = [
  'timezone',
  'language',
  'locale',
  'first_weekday',
  'skin',
  'calendar_initial_view',
  'login_initial_view',
  'update_browser_title',
  'daily_stats',
  'export_decimal',
  'favorite_routes',
] as const

/** Keeps one preference of a member. Throws `invalid` for a value that it cannot have. */
export async function keepPreference(
  desk: Desk,
  personId: number,
  membershipId: number,
  name: string,
  value: string,
): Promise<void> {
  const { core, actor } = desk
  if (name === 'timezone') {
    const timeZone = parseTimeZone(value)
    if (timeZone === undefined) throw invalid(name, 'unknown_value', 'There is no such time zone.')
    await core.organizations.updatePerson(actor, personId, { timeZone })
  } else if (name === 'hourly_rate' || name === 'internal_rate') {
    const rate = value === '' ? null : parseDecimal(value)
    if (rate === undefined) throw invalid(name, 'format', 'This is no rate.')
    await core.organizations.updateMember(actor, personId, { [rateNames[name]]: rate })
  } else {
    const kept = name === 'language' || name === 'locale' ? name : `preference ${name}`
    await keepOwn(desk, 'membership', membershipId, { [kept]: value })
  }
}

/** The pairs of a body; undefined when it is no list, or one of them lacks something. */
export function parsePreferences(body: Given): [name: string, value: string][] | undefined {
  const pairs = listOf(body)?.map((item): [string, string] | undefined => {
    const name = item instanceof Map ? item.get('name') : undefined
    const value = item instanceof Map ? item.get('value') : undefined
    if (typeof name !== 'string' || value === undefined) return undefined
    return value === false ? [name, '0'] : typeof value === 'string' ? [name, value] : undefined
  })
  const read = pairs?.filter((pair) => pair !== undefined)
  return read?.length === pairs?.length ? read : undefined
}

/** Whether there is a preference of this name. */
export function isPreference(name: string): boolean {
  return preferences.some((known) => known === name) || Object.hasOwn(rateNames, name)
}

/** Those that have a value. `user` is the person as shown, with what is a field there too. */
export function presentPreferences(user: WireObject, { extrasOf }: UserFacts, { membership }: Member) {
  const { own } = extrasOf(membership.id)
  const values = preferences.map((name) => ({
    name: name as string,
    value: name in user ? user[name] : own(`preference ${name}`),
  }))
  const rates = Object.entries(rateNames).map(([name, field]) => ({ name, value: membership[field] }))
  return [...rates, ...values].flatMap(({ name, value }) =>
    value === null || value === undefined ? [] : [{ name, value }],
  )
}
