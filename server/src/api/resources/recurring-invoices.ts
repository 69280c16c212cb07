// Recurring invoices: what is billed again and again.

import Type from 'typebox'
import { frequencies, type RecurringInvoice, recurringStates } from '../../core/invoices/nouns.ts'
import type { RecurringInput } from '../../core/invoices/recurring.ts'
import { currencyOf, loadPayers } from '../currencies.ts'
import { choice, day, type Field, flag, idOf, keptFields, prose, readOnly, shown } from '../fields.ts'
import { equals, keptFilters } from '../filters.ts'
import { ids, someOf } from '../parameters.ts'
import { relationTo, resource } from '../resource.ts'
import {
  dateText,
  decimalText,
  money,
  moneyInput,
  nullable,
  presentMoney,
  readDecimal,
  type WireMoney,
  wrong,
} from '../wire.ts'
import { clients } from './clients.ts'

const strict = { additionalProperties: false }
const title = Type.String({ maxLength: 1000 })
const description = Type.String({ maxLength: 20_000 })
const lineOut = Type.Object({ title, description, quantity: decimalText, unit_price: money }, strict)
const lineIn = Type.Object(
  {
    title,
    description: Type.Optional(description),
    quantity: Type.Optional(decimalText),
    unit_price: moneyInput,
  },
  strict,
)

type SentLine = { title: string; description?: string; quantity?: string; unit_price: WireMoney }

const lines: Field<RecurringInvoice> = {
  out: Type.Array(lineOut),
  in: Type.Array(lineIn, { minItems: 1, maxItems: 1000 }),
  required: true,
  fixed: true,
  about: "Prices are in the client's currency.",
  show: (invoice, look) =>
    invoice.lines.map((line) => ({
      title: line.title,
      description: line.description,
      quantity: line.quantity,
      unit_price: presentMoney(line.unitPrice, currencyOf(look, invoice.clientId)),
    })),
  take(value, given) {
    given.lines = (value as readonly SentLine[]).map((line, i) => ({
      title: line.title,
      description: line.description ?? '',
      quantity: readDecimal(`lines.${i}.quantity`, line.quantity ?? '1'),
      unitPrice: readDecimal(`lines.${i}.unitPrice`, line.unit_price.amount),
    }))
  },
}

/** Recurring invoices. */
export const recurringInvoices = resource({
  noun: 'recurring_invoice',
  object: 'recurring_invoice',
  type: 'RecurringInvoice',
  types: 'RecurringInvoices',
  path: 'recurring-invoices',
  one: 'a recurring invoice',
  many: 'Recurring invoices',
  about: 'An invoice that is written again and again. Its state alone can be changed.',
  fields: {
    client_id: idOf('clientId', { required: true, fixed: true }),
    person_id: readOnly<RecurringInvoice>(idOf('personId')),
    frequency: choice('frequency', frequencies, { required: true, fixed: true }),
    starts_on: { ...day('startsOn', { required: true, fixed: true }), out: dateText, in: dateText },
    ends_on: day('endsOn', { fixed: true }),
    max_invoices: {
      out: nullable(Type.Integer()),
      in: nullable(Type.Integer({ minimum: 1, maximum: 100_000 })),
      fixed: true,
      show: (invoice) => invoice.maxInvoices,
      take(value, given) {
        given.maxInvoices = value
      },
    },
    notes: prose('notes', { fixed: true }),
    auto_send: flag('autoSend', { fixed: true }),
    lines,
    state: choice('state', recurringStates),
    generated: shown(Type.Integer(), (invoice: RecurringInvoice) => invoice.generated, 'Invoices so far.'),
    next_on: readOnly<RecurringInvoice>(day('nextOn')),
    last_on: readOnly<RecurringInvoice>(day('lastOn')),
    ...keptFields,
  },
  filters: {
    ...keptFilters,
    client_id: equals(ids, 'clientIds'),
    state: equals(someOf(recurringStates), 'states'),
  },
  sorts: { id: 'id' },
  order: 'id',
  relations: { client: relationTo(clients, (invoice: RecurringInvoice) => invoice.clientId) },
  load: loadPayers,
  verbs: {
    async add(core, actor, { state, ...given }) {
      const added = await core.recurringInvoices.add(actor, given as unknown as RecurringInput)
      return state === undefined
        ? added
        : core.recurringInvoices.setState(actor, added.id, state as RecurringInvoice['state'])
    },
    async update(core, actor, id, { state }) {
      if (state === undefined) throw wrong('state', 'required', 'There is nothing to change.')
      return core.recurringInvoices.setState(actor, id, state as RecurringInvoice['state'])
    },
    remove: (core, actor, id) => core.recurringInvoices.remove(actor, id),
    restore: (core, actor, id) => core.recurringInvoices.restore(actor, id),
  },
  examples: {
    create: {
      client_id: 1,
      frequency: 'monthly',
      starts_on: '2026-06-01',
      lines: [{ title: 'Hosting', unit_price: { amount: '12.50' } }],
    },
    update: { state: 'paused' },
  },
})
