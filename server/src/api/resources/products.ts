// Products: things sold again and again.

import type { Actor } from '../../core/actor.ts'
import type { Product } from '../../core/catalogue/nouns.ts'
import type { Currency } from '../../core/money.ts'
import { choice, keptFields, prose, reference, words } from '../fields.ts'
import { catalogueSorts, equals, keptFilters } from '../filters.ts'
import { names, oneOf, search } from '../parameters.ts'
import { catalogueVerbs, resource } from '../resource.ts'
import { money, presentMoney, price, readCurrency, readDecimal, type WireMoney } from '../wire.ts'
import { states } from './clients.ts'

/** Products. */
export const products = resource({
  noun: 'product',
  object: 'product',
  type: 'Product',
  types: 'Products',
  path: 'products',
  one: 'a product',
  many: 'Products',
  about: 'Something sold again and again.',
  fields: {
    name: words('name', { required: true }),
    identifier: words('identifier'),
    unit_price: {
      out: money,
      in: price,
      required: true,
      show: (product: Product, { actor }) => presentMoney(product.unitPrice, currencyOf(product, actor)),
      take(value, given) {
        const { amount, currency } = value as WireMoney
        given.unitPrice = readDecimal('unitPrice', amount)
        if (currency !== undefined) given.currency = readCurrency('unitPrice.currency', currency)
      },
    },
    tax_rate_id: reference('taxRateId'),
    ledger_account_id: reference('ledgerAccountId'),
    comment: prose('comment'),
    color: words('color'),
    state: choice('state', states),
    ...keptFields,
  },
  filters: {
    ...keptFilters,
    identifier: equals(search, 'identifier', 'The whole identifier.'),
    name: equals(names, 'names'),
    search: equals(search, 'text', 'A text in the name, letter case aside.'),
    state: equals(oneOf(states), 'state'),
  },
  sorts: catalogueSorts,
  order: 'id',
  relations: {},
  verbs: catalogueVerbs(({ products }) => products),
  examples: {
    create: {
      name: 'Hosting, a month',
      identifier: 'HOST-1',
      unit_price: { amount: '12.50', currency: 'EUR' },
    },
    update: { unit_price: { amount: '13.00', currency: 'EUR' } },
  },
})

function currencyOf({ currency }: Product, { organization }: Actor): Currency {
  return currency ?? organization.currency
}
