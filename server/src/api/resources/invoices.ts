// Invoices: bills to clients.

import Type from 'typebox'
import type { InvoiceInput } from '../../core/invoices/input.ts'
import { type Invoice, invoiceStates } from '../../core/invoices/nouns.ts'
import { maxIds } from '../../core/page.ts'
import {
  choice,
  day,
  exact,
  flag,
  type Given,
  idOf,
  instant,
  keptFields,
  prose,
  readOnly,
  shown,
  words,
} from '../fields.ts'
import { dayRange, equals, keptFilters } from '../filters.ts'
import { lines, taxes } from '../invoice-parts.ts'
import { ids, search, someOf } from '../parameters.ts'
import { toPerson } from '../people.ts'
import { relationTo, resource } from '../resource.ts'
import { currencyCode, id, money, nullable, presentMinor, readCurrency, wrong } from '../wire.ts'
import { clients } from './clients.ts'

const about =
  'A bill to a client. A draft may be changed; sending it gives number and dates, and from then on it stays as it is. Late is no state: it follows from `due_on` and what is unpaid.'

/** Invoices. */
export const invoices = resource({
  noun: 'invoice',
  object: 'invoice',
  type: 'Invoice',
  types: 'Invoices',
  path: 'invoices',
  one: 'an invoice',
  many: 'Invoices',
  about,
  fields: {
    client_id: idOf('clientId', { required: true }),
    person_id: readOnly<Invoice>(idOf('personId', { about: 'Who wrote it.' })),
    number: {
      out: nullable(Type.String()),
      in: nullable(Type.String({ minLength: 1, maxLength: 100 })),
      about: 'Given by hand, or the next one when it is sent.',
      show: (invoice) => invoice.number,
      take(value, given) {
        given.number = value
      },
    },
    state: readOnly<Invoice>(choice('state', invoiceStates)),
    currency: {
      out: currencyCode,
      in: currencyCode,
      about: "Default: the client's, else the organization's.",
      show: (invoice) => invoice.currency,
      take(value, given) {
        given.currency = readCurrency('currency', value as string)
      },
    },
    issued_on: day('issuedOn'),
    due_on: day('dueOn'),
    title: words('title'),
    reference: words('reference'),
    notes: prose('notes'),
    footer: prose('footer'),
    bill_to: prose('billTo', { about: 'Name and address; empty: those of the client.' }),
    discount_percent: exact('discountPercent', { about: 'Off every line: `10` means 10 %.' }),
    prices_include_tax: flag('pricesIncludeTax'),
    taxes,
    lines,
    time_entry_ids: {
      out: Type.Null(),
      in: Type.Array(id, { maxItems: maxIds }),
      hidden: true,
      about: 'Time entries that it bills without a line naming them.',
      show: () => null,
      take(value, given) {
        given.timeEntryIds = value
      },
    },
    subtotal: shown(
      money,
      (i: Invoice) => presentMinor(i.subtotalMinor, i.currency),
      'Lines before discount.',
    ),
    discount: shown(money, (i: Invoice) => presentMinor(i.discountMinor, i.currency)),
    total: shown(money, (i: Invoice) => presentMinor(i.totalMinor, i.currency)),
    paid: shown(money, (i: Invoice) => presentMinor(i.paidMinor, i.currency)),
    sent_at: readOnly<Invoice>(instant('sentAt')),
    viewed_at: readOnly<Invoice>(instant('viewedAt')),
    paid_at: readOnly<Invoice>(instant('paidAt')),
    ...keptFields,
  },
  filters: {
    ...keptFilters,
    client_id: equals(ids, 'clientIds'),
    state: equals(someOf(invoiceStates), 'states'),
    number: equals(search, 'number', 'The whole number.'),
    reference: equals(search, 'reference', 'The whole reference.'),
    ...dayRange('issued_on', 'issuedOn'),
    ...dayRange('due_on', 'dueOn'),
  },
  sorts: { id: 'id', total: 'totalMinor', created_at: 'createdAt', updated_at: 'updatedAt' },
  order: '-id',
  relations: {
    client: relationTo(clients, (invoice: Invoice) => invoice.clientId),
    person: toPerson((invoice: Invoice) => invoice.personId),
  },
  load: async (core, actor, found) => ({ invoiceParts: await core.invoices.related(actor, found) }),
  verbs: {
    add: (core, actor, given) => save(given, (input) => core.invoices.add(actor, input as InvoiceInput)),
    update: (core, actor, invoiceId, given) =>
      save(given, (input) => core.invoices.update(actor, invoiceId, input)),
    remove: (core, actor, invoiceId) => core.invoices.remove(actor, invoiceId),
  },
  examples: {
    create: {
      client_id: 1,
      title: 'Cover design',
      taxes: [{ name: 'VAT 21 %', percent: '21' }],
      lines: [{ title: 'Design', quantity: '3.5', unit_price: { amount: '95.00' } }],
    },
    update: { reference: 'PO 4711', due_on: '2099-12-31' },
  },
})

/** Saves, and compares the currencies of its lines with the one that it then has. */
async function save(
  { lineCurrencies, ...given }: Given,
  work: (input: Partial<InvoiceInput>) => Promise<Invoice>,
): Promise<Invoice> {
  const invoice = await work(given)
  for (const [i, currency] of ((lineCurrencies as (string | undefined)[] | undefined) ?? []).entries()) {
    if (currency === undefined || currency === invoice.currency) continue
    throw wrong(`lines.${i}.unitPrice.currency`, 'unknown_value', `The currency here is ${invoice.currency}.`)
  }
  return invoice
}
