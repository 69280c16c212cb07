// What contacts are looked for by.

import type { Unpaged } from '../../core/context.ts'
import { type Instant, timeZone } from '../../core/day.ts'
import type { Where } from '../../core/where.ts'
import { type Call, flagParameter, parameter } from './call.ts'
import { Refused, symbolic } from './errors.ts'
import { parseTerms, type Terms } from './filters.ts'
import { parseMoment } from './times.ts'

// These filters read a time without an offset in UTC, unlike attributes.
const utc = timeZone('UTC')

export type ContactQuery = Unpaged<'client'>

/** Fields that a search looks into. */
const searched = [
  'name',
  'contactPerson',
  'addressLine1',
  'addressLine2',
  'postalCode',
  'city',
  'country',
  'email',
  'phone',
  'number',
  'taxNumber',
] as const

/** Attributes that `contact_field` may name. */
const fields: Readonly<Record<string, (typeof searched)[number]>> = {
  company_name: 'name',
  address1: 'addressLine1',
  address2: 'addressLine2',
  zipcode: 'postalCode',
  city: 'city',
  country: 'country',
  phone: 'phone',
  email: 'email',
  send_invoices_to_email: 'email',
  customer_id: 'number',
  tax_number: 'taxNumber',
}

const longest = 1000

/** Keys of the filter that ask for what the book cannot tell. */
const beyond = [
  'contact_type',
  'delivery_method',
  'trusted_type',
  'invoice_workflow_id',
  'estimate_workflow_id',
] as const

/** The query of `GET contacts`. */
export function parseContactList(call: Call): ContactQuery {
  const conditions = search(call)
  const [field, value] = [parameter(call, 'contact_field'), parameter(call, 'contact_value')]
  if (field !== undefined && value !== undefined) {
    const own = Object.hasOwn(fields, field) ? fields[field] : undefined
    if (own === undefined) throw new Refused(symbolic(400, 'contact_field does not have a valid value'))
    conditions.push({ field: own, op: '=', value })
  }
  return asQuery(call, conditions)
}

/** The query of `GET contacts/filter` and of the list of versions. */
export function parseContactFilter(call: Call): ContactQuery {
  const terms = parseTerms(parameter(call, 'filter') ?? '')
  for (const key of beyond) {
    // Leaving these out would answer more than was asked for.
    if ((terms.get(key) ?? 'all') !== 'all')
      throw new Refused(symbolic(400, `${key} is not supported`, { filter: 'invalid' }))
  }
  const [first, last] = [terms.get('first_name'), terms.get('last_name')]
  return {
    ...asQuery(call, [
      ...search(call),
      // The book keeps both as one: what begins with the first and what ends with the last.
      ...(first ? [like([first, ''])] : []),
      ...(last ? [like(['', last])] : []),
    ]),
    ...sinceOf(terms),
  }
}

/** `created_after` and `updated_after`: whole milliseconds behind these instants. Refuses what is no time. */
export function sinceOf(terms: Terms): Pick<ContactQuery, 'createdAt' | 'updatedAt'> {
  const after = (key: string): { from: Instant } | undefined => {
    const text = terms.get(key)
    if (text === undefined) return undefined
    const at = parseMoment(text, utc)
    if (at === undefined) throw new Refused(symbolic(400, `${key} is invalid`, { filter: 'invalid' }))
    return { from: at + 1 }
  }
  const [createdAt, updatedAt] = [after('created_after'), after('updated_after')]
  return { ...(createdAt ? { createdAt } : {}), ...(updatedAt ? { updatedAt } : {}) }
}

function asQuery(call: Call, conditions: readonly Where[]): ContactQuery {
  return {
    ...(flagParameter(call, 'include_archived') ? {} : { state: 'active' }),
    ...(conditions.length === 0 ? {} : { where: { all: conditions } }),
  }
}

function search(call: Call): Where[] {
  const query = parameter(call, 'query')?.trim()
  if (!query) return []
  if (query.length > longest) throw new Refused(symbolic(400, 'query is too long'))
  return [{ any: searched.map((field) => ({ field, op: 'like', parts: ['', query, ''] })) }]
}

function like(parts: readonly string[]): Where {
  return { field: 'contactPerson', op: 'like', parts }
}
