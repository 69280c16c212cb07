// Tax rates: list.

import type { TaxRate } from '../../core/catalogue/nouns.ts'
import { compareDecimals } from '../../core/decimal.ts'
import { fold } from '../../core/text.ts'
import { type Answer, type Call, parameter } from './call.ts'
import { sinceOf } from './contact-filters.ts'
import { parseNumber } from './fields.ts'
import { parseTerms } from './filters.ts'
import { parsePage } from './pages.ts'
import { presentDecimal, presentId, presentInstant, type WireObject } from './wire.ts'

/** What a rate of the book is for there. */
const type = 'sales_invoice'

/** `GET tax_rates`. There are a handful, so the filter looks at all of them before the page is cut. */
export async function listTaxRates(call: Call): Promise<Answer> {
  const page = parsePage(call, 50)
  const terms = parseTerms(parameter(call, 'filter') ?? '')
  const name = terms.get('name')
  const query = { ...sinceOf(terms), ...(name === undefined ? {} : { names: [name] }) }
  const rates = await call.core.taxRates.list(call.actor, query)
  const tests = testsOf(terms)
  const matching = rates.filter((rate) => tests.every((test) => test(rate)))
  const items = matching.slice(page.offset, page.offset + page.size)
  return { items: items.map((rate) => JSON.stringify(presentTaxRate(rate))), page, total: matching.length }
}

function testsOf(terms: ReadonlyMap<string, string>): ((rate: TaxRate) => boolean)[] {
  const test = (key: string, holds: (rate: TaxRate, value: string) => boolean) => {
    const value = terms.get(key)
    return value === undefined ? [] : [(rate: TaxRate) => holds(rate, value)]
  }
  return [
    ...test('partial_name', ({ name }, value) => fold(name).includes(fold(value))),
    ...test('percentage', ({ percent }, value) => {
      const wanted = parseNumber(value)
      return wanted !== undefined && compareDecimals(percent, wanted) === 0
    }),
    ...test('tax_rate_type', (_, value) => value === type || value === 'all'),
    ...test('country', ({ country }, value) => country.toLowerCase() === value.toLowerCase()),
    ...test('show_tax', (_, value) => value === 'true'),
    ...test('active', ({ state }, value) => (state === 'active') === (value === 'true')),
  ]
}

function presentTaxRate(rate: TaxRate): WireObject {
  return {
    id: presentId(rate.id),
    administration_id: presentId(rate.organizationId),
    name: rate.name,
    percentage: presentDecimal(rate.percent),
    tax_rate_type: type,
    show_tax: true,
    active: rate.state === 'active',
    country: rate.country || null,
    created_at: presentInstant(rate.createdAt),
    updated_at: presentInstant(rate.updatedAt),
  }
}
