// Sales invoices: list, find, read, create, update, send, delete, synchronize.

import type { Actor } from '../../core/actor.ts'
import { notFound } from '../../core/errors.ts'
import type { Invoice } from '../../core/invoices/nouns.ts'
import type { InvoiceFilter } from '../../core/invoices/verbs.ts'
import { maxPageSize } from '../../core/page.ts'
import { isObject } from './body.ts'
import type { Answer, Call } from './call.ts'
import { loadNames, space } from './contact-names.ts'
import { blank, Refused, symbolic, validation } from './errors.ts'
import { dayAttribute, textOf } from './fields.ts'
import { parseInvoiceFilter } from './invoice-states.ts'
import { parsePage, slice } from './pages.ts'
import { presentInvoices } from './sales-invoice.ts'
import {
  dueOf,
  type GivenInvoice,
  mergeLines,
  parseInvoice,
  setInvoiceProperties,
} from './sales-invoice-fields.ts'
import { parseSynchronization, presentStamps } from './synchronization.ts'

/** `GET sales_invoices`: the newest first. */
export async function listInvoices(call: Call): Promise<Answer> {
  const { core, actor } = call
  const page = parsePage(call, 50)
  const filter = parseInvoiceFilter(call, 'this_year')
  const part = slice(page)
  const invoices =
    part === undefined ? [] : await core.invoices.list(actor, { ...filter, ...part, descending: true })
  const total = await core.invoices.count(actor, filter)
  const items = (await presentInvoices(call, invoices)).map((invoice) => JSON.stringify(invoice))
  return { items, page, total }
}

/** `GET sales_invoices/{id}`. */
export async function readInvoice(call: Call): Promise<Answer> {
  return one(call, await call.core.invoices.read(call.actor, call.id))
}

/** `GET sales_invoices/find_by_invoice_id/{invoice_id}`. */
export async function findByNumber(call: Call): Promise<Answer> {
  const number = call.params.invoice_id ?? ''
  return found(call, 'invoice_id', number, { number })
}

/** `GET sales_invoices/find_by_reference/{reference}`. */
export async function findByReference(call: Call): Promise<Answer> {
  const reference = call.params.reference ?? ''
  return found(call, 'reference', reference, { reference })
}

async function found(call: Call, key: string, value: string, filter: InvoiceFilter): Promise<Answer> {
  const query = { ...filter, descending: true, limit: 1 }
  const [invoice] = value === '' ? [] : await call.core.invoices.list(call.actor, query)
  if (invoice !== undefined) return one(call, invoice)
  return symbolic(404, `Sales invoice with ${key}: ${value} was not found`, { [key]: 'not_found' })
}

/** `POST sales_invoices`. */
export async function createInvoice(call: Call): Promise<Answer> {
  const { core } = call
  const invoice = await core.together(call.actor, async (actor) => {
    const given = await parseInvoice(call, actor)
    const { clientId } = given.input
    if (clientId === undefined) throw new Refused(validation([blank('contact_id')]))
    const { lines, taxes, givenAt } = mergeLines(given.lines ?? [], [], [], given.rates)
    const input = { ...given.input, ...dueOf(given, given.input.issuedOn), clientId, lines, taxes }
    const added = await core.invoices.add(actor, input)
    await keepProperties(call, actor, added, given, givenAt)
    return core.invoices.read(actor, added.id)
  })
  return { ...(await one(call, invoice)), created: true }
}

/** `PATCH sales_invoices/{id}`: the given attributes and lines only. */
export async function updateInvoice(call: Call): Promise<Answer> {
  const { core, id } = call
  const invoice = await core.together(call.actor, async (actor) => {
    const given = await parseInvoice(call, actor)
    let givenAt: ReturnType<typeof mergeLines>['givenAt'] = []
    const changed = await core.invoices.update(actor, id, ({ invoice: before, lines: present }) => {
      const merged = mergeLines(given.lines ?? [], present, before.taxes, given.rates)
      givenAt = merged.givenAt
      const { lines, taxes } = merged
      const due = dueOf(given, given.input.issuedOn === undefined ? before.issuedOn : given.input.issuedOn)
      return { ...given.input, ...due, ...(given.lines === undefined ? {} : { lines, taxes }) }
    })
    await keepProperties(call, actor, changed, given, givenAt)
    return core.invoices.read(actor, id)
  })
  return one(call, invoice)
}

/** `DELETE sales_invoices/{id}`. What it billed is open again. */
export async function deleteInvoice({ core, actor, id }: Call): Promise<Answer> {
  await core.together(actor, async (within) => {
    await core.invoices.read(within, id)
    await core.invoices.remove(within, id)
  })
  return 'empty'
}

/**
 * `PATCH sales_invoices/{id}/send_invoice`: the invoice gets its number and is open. Nothing is mailed; a delivery by
 * e-mail still needs an address, as there.
 */
export async function sendInvoice(call: Call): Promise<Answer> {
  const { core, id } = call
  const sending = isObject(call.body.sales_invoice_sending) ? call.body.sales_invoice_sending : {}
  const issuedOn = dayAttribute(sending, 'invoice_date') ?? undefined
  const invoice = await core.together(call.actor, async (actor) => {
    const before = await core.invoices.read(actor, id)
    const { lines } = await core.invoices.related(actor, [before])
    if (!lines.has(id)) {
      const symbols = { sales_invoice: 'details_cannot_be_empty' }
      throw new Refused(symbolic(400, 'details cannot be empty', symbols))
    }
    await checkDelivery(call, before, textOf(sending, 'delivery_method'), textOf(sending, 'email_address'))
    if (before.state === 'draft') await setDue(call, actor, before, issuedOn)
    return core.invoices.send(actor, id, issuedOn === undefined ? {} : { issuedOn })
  })
  return one(call, invoice)
}

/** `GET sales_invoices/synchronization`: id and version of all that match. */
export async function listInvoiceVersions(call: Call): Promise<Answer> {
  const { core, actor } = call
  const filter = parseInvoiceFilter(call, 'all')
  const all: Invoice[] = []
  let page: Invoice[]
  do {
    const last = all.at(-1)?.id ?? 0
    page = await core.invoices.list(actor, { ...filter, after: { value: last, id: last } })
    all.push(...page)
  } while (page.length === maxPageSize)
  return { list: presentStamps(all) }
}

/** `POST sales_invoices/synchronization`: the invoices of these ids. */
export async function readInvoices(call: Call): Promise<Answer> {
  const ids = parseSynchronization(call)
  const invoices = await call.core.invoices.byIds(call.actor, ids)
  const live = invoices.filter(({ deletedAt }) => deletedAt === null).sort((a, b) => a.id - b.id)
  return { list: await presentInvoices(call, live) }
}

async function one(call: Call, invoice: Invoice) {
  const [item] = await presentInvoices(call, [invoice])
  if (item === undefined) throw notFound('invoice')
  return { item }
}

async function keepProperties(
  call: Call,
  actor: Actor,
  invoice: Invoice,
  given: GivenInvoice,
  givenAt: ReturnType<typeof mergeLines>['givenAt'],
): Promise<void> {
  const { lines } = await call.core.invoices.related(actor, [invoice])
  await setInvoiceProperties(call, actor, invoice.id, given, lines.get(invoice.id) ?? [], givenAt)
}

async function checkDelivery(
  { core, names }: Call,
  { clientId }: Invoice,
  asked: string | undefined,
  address: string | undefined,
): Promise<void> {
  const [client] = await core.clients.byIds(names, [clientId])
  const properties = (await loadNames(core, names, [clientId])).get(clientId)
  const method = asked || properties?.get('delivery_method') || 'Email'
  if (!['Email', 'Post', 'Manual', 'Simplerinvoicing', 'Peppol'].includes(method)) {
    const wrong = { attribute: 'delivery_method', text: 'is not included in the list', code: 'inclusion' }
    throw new Refused(validation([wrong]))
  }
  if (method === 'Email' && !address && !client?.email)
    throw new Refused(validation([blank('email_address')]))
}

/** A draft that was given days to pay, but no date yet, is due so many days after the day it is sent. */
async function setDue(
  call: Call,
  actor: Actor,
  draft: Invoice,
  issuedOn: Invoice['issuedOn'] | undefined,
): Promise<void> {
  const { core, today } = call
  const properties = await core.notes.properties(actor, 'invoice', [draft.id], space)
  const text = properties.find(({ name }) => name === 'first_due_interval')?.value
  if (!text || !/^\d{1,4}$/.test(text)) return
  const on = issuedOn ?? draft.issuedOn ?? today
  await core.invoices.update(actor, draft.id, { issuedOn: on, ...dueOf({ dueInterval: Number(text) }, on) })
}
