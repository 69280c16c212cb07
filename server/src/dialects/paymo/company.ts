// The company resource: one object, the organization. Its settings are texts, whatever they mean.

import { parseTimeZone } from '../../core/day.ts'
import { invalid } from '../../core/errors.ts'
import type { Organization } from '../../core/people/nouns.ts'
import type { Answer, Call } from './call.ts'
import { parseCurrencyCode } from './currencies.ts'
import { fieldsOf, given, type Input } from './input.ts'
import { datetime, type WireObject } from './wire.ts'

/** Settings that this book does not keep: always the same, and nothing changes them. */
const fixedSettings = {
  default_tax: '0',
  default_tax2: '0',
  default_tax_text: '',
  default_tax2_text: '',
  tax_on_tax: '0',
  hide_tax_field: '',
  apply_tax_to_expenses: '1',
  default_price_per_hour: '0',
  estimate_format: '#EST-[yyyy][mm][dd]-[i]',
  next_estimate_number: '1',
  date_format: 'Y-m-d',
  time_format: 'H:i',
  decimal_sep: '.',
  thousands_sep: ',',
  currency_position: 'left',
  language: 'en',
  week_start: '1',
  working_days: '1,2,3,4,5',
  workday_start: '09:00',
  workday_end: '18:00',
} as const

/** `GET company`. */
export async function readCompany({ core, actor }: Call): Promise<Answer> {
  const members = await core.organizations.listMembers(actor)
  return { whole: { company: presentCompany(actor.organization, members.length) } }
}

/** `POST` and `PUT company`. */
export async function updateCompany(call: Call, input: Input): Promise<Answer> {
  const { core, actor } = call
  const organization = await core.organizations.updateOrganization(actor, parseCompany(input))
  return readCompany({ ...call, actor: { ...actor, organization } })
}

function presentCompany(organization: Organization, people: number): WireObject {
  return {
    id: organization.id,
    name: organization.name,
    address: organization.addressLine1,
    phone: organization.phone,
    email: organization.email,
    url: organization.website,
    fiscal_information: organization.taxNumber,
    country: organization.country,
    image: null,
    account_type: 'commercial',
    max_users: null,
    current_users: people,
    max_projects: null,
    max_invoices: null,
    max_expenses: null,
    active: true,
    online_payments: false,
    timezone: organization.timeZone,
    default_currency: organization.currency,
    due_interval: String(organization.invoiceDueDays),
    invoice_format: theirFormat(organization.invoicePattern),
    // Each pattern and year counts on its own, so that there is no one next number to tell.
    next_invoice_number: '1',
    ...fixedSettings,
    created_on: datetime(organization.createdAt),
    updated_on: datetime(organization.updatedAt),
  }
}

function parseCompany(input: Input) {
  const read = fieldsOf(input)
  const currency = read.text('default_currency')
  const zone = read.text('timezone')
  const format = read.text('invoice_format')
  const timeZone = zone ? parseTimeZone(zone) : undefined
  if (zone && timeZone === undefined)
    throw invalid('timezone', 'unknown_value', 'There is no such time zone.')
  return given({
    name: read.text('name'),
    addressLine1: read.text('address'),
    phone: read.text('phone'),
    email: read.text('email'),
    website: read.text('url'),
    taxNumber: read.text('fiscal_information'),
    country: read.text('country'),
    currency: currency ? parseCurrencyCode('default_currency', currency) : undefined,
    timeZone,
    invoicePattern: format === undefined ? undefined : ourPattern(format),
    invoiceDueDays: read.integer('due_interval') ?? undefined,
  })
}

/** `{yyyy}-{nnnn}` is `[yyyy]-[i]`: how many digits the count has at least cannot be said there. */
export function theirFormat(pattern: string): string {
  return pattern.replace(/\{n+\}/g, '[i]').replace(/\{(yyyy|yy|mm|dd)\}/g, '[$1]')
}

/** `#INV-[yyyy][mm][dd]-[i]` is `#INV-{yyyy}{mm}{dd}-{n}`. */
export function ourPattern(format: string): string {
  return format.replace(/\[i\]/g, '{n}').replace(/\[(yyyy|yy|mm|dd)\]/g, '{$1}')
}
