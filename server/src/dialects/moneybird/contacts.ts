// Contacts: list, filter, read, create, update, archive, delete, synchronize.

import type { Actor } from '../../core/actor.ts'
import type { Client } from '../../core/catalogue/nouns.ts'
import { notFound } from '../../core/errors.ts'
import { fold } from '../../core/text.ts'
import type { Answer, Call } from './call.ts'
import { loadContactRelations, presentContact } from './contact.ts'
import { parseContact, setProperties } from './contact-fields.ts'
import { parseContactFilter, parseContactList } from './contact-filters.ts'
import { loadNames } from './contact-names.ts'
import { Refused, referenceNotFound, symbolic, validation } from './errors.ts'
import { textOf, wrapped } from './fields.ts'
import { parsePage, slice } from './pages.ts'
import { parseSynchronization, presentStamps } from './synchronization.ts'

/** `GET contacts`. */
export async function listContacts(call: Call): Promise<Answer> {
  return page(call, parseContactList(call))
}

/** `GET contacts/filter`. */
export async function filterContacts(call: Call): Promise<Answer> {
  return page(call, parseContactFilter(call))
}

async function page(call: Call, query: ReturnType<typeof parseContactList>): Promise<Answer> {
  const { core, actor } = call
  const asked = parsePage(call, 50)
  const part = slice(asked)
  const clients = part === undefined ? [] : await core.clients.page(actor, { ...query, ...part })
  const total = await core.clients.count(actor, query)
  const items = (await present(call, clients)).map((contact) => JSON.stringify(contact))
  return { items, page: asked, total }
}

/** `GET contacts/{id}`. */
export async function readContact(call: Call): Promise<Answer> {
  return one(call, await call.core.clients.read(call.actor, call.id))
}

/** `GET contacts/customer_id/{customer_id}`. */
export async function findContact(call: Call): Promise<Answer> {
  const number = call.params.customer_id ?? ''
  const client = number === '' ? undefined : await numbered(call, call.actor, number)
  if (client === undefined) throw new Refused(referenceNotFound('customer_id'))
  return one(call, client)
}

/** `POST contacts`. Without a customer id it gets the next number. */
export async function createContact(call: Call): Promise<Answer> {
  const { core, body } = call
  const attributes = wrapped(body, 'contact', 'Contact')
  const client = await core.together(call.actor, async (actor) => {
    const given = await parseContact(core, actor, attributes)
    const number = textOf(attributes, 'customer_id')?.trim() || (await nextNumber(call, actor))
    await checkNumber(call, actor, number)
    const country = given.client.country || actor.organization.country
    const added = await core.clients.add(actor, { ...given.client, number, country })
    await setProperties(core, actor, added.id, given)
    return core.clients.read(actor, added.id)
  })
  return { ...(await one(call, client)), created: true }
}

/** `PATCH contacts/{id}`: the given attributes only. */
export async function updateContact(call: Call): Promise<Answer> {
  const { core, body, id } = call
  const attributes = wrapped(body, 'contact', 'Contact')
  const client = await core.together(call.actor, async (actor) => {
    const before = await core.clients.read(actor, id)
    const properties = (await loadNames(core, actor, [id])).get(id) ?? new Map<string, string>()
    const given = await parseContact(core, actor, attributes, { client: before, properties })
    const number = textOf(attributes, 'customer_id')?.trim()
    if (number) await checkNumber(call, actor, number, id)
    await core.clients.update(actor, id, { ...given.client, ...(number ? { number } : {}) })
    await setProperties(core, actor, id, given)
    return core.clients.read(actor, id)
  })
  return one(call, client)
}

/** `PATCH contacts/{id}/archive`. Once is enough. */
export async function archiveContact({ core, actor: caller, id }: Call): Promise<Answer> {
  await core.together(caller, async (actor) => {
    const { state } = await core.clients.read(actor, id)
    if (state === 'archived') {
      throw new Refused(symbolic(400, 'Contact can not be archived', { id: 'can_not_be_archived' }))
    }
    await core.clients.update(actor, id, { state: 'archived' })
  })
  return 'empty'
}

/** `DELETE contacts/{id}`. One that something belongs to stays. */
export async function deleteContact({ core, actor: caller, id }: Call): Promise<Answer> {
  await core.together(caller, async (actor) => {
    await core.clients.read(actor, id)
    // Whoever may delete contacts counts everybody's, whatever the token lists.
    const counting = { ...actor, scopes: null }
    const uses = [
      await core.time.count(counting, { clientIds: [id] }),
      await core.expenses.count(counting, { clientIds: [id] }),
      await core.invoices.count(counting, { clientIds: [id] }),
      await core.projects.count(counting, { clientIds: [id] }),
    ]
    if (uses.some((count) => count > 0)) {
      throw new Refused(validation([{ attribute: 'base', text: 'Contact is in use', code: 'in_use' }]))
    }
    await core.clients.remove(actor, id)
  })
  return 'empty'
}

/** `GET contacts/synchronization`: id and version of all that match. */
export async function listContactVersions(call: Call): Promise<Answer> {
  return { list: presentStamps(await call.core.clients.list(call.actor, parseContactFilter(call))) }
}

/** `POST contacts/synchronization`: the contacts of these ids. */
export async function readContacts(call: Call): Promise<Answer> {
  const ids = parseSynchronization(call)
  const clients = await call.core.clients.byIds(call.actor, ids)
  return {
    list: await present(
      call,
      clients.filter(({ deletedAt }) => deletedAt === null),
    ),
  }
}

async function one(call: Call, client: Client) {
  const [item] = await present(call, [client])
  if (item === undefined) throw notFound('client')
  return { item }
}

async function present(call: Call, clients: readonly Client[]) {
  const ids = clients.map(({ id }) => id)
  const related = await loadContactRelations(call, call.actor, ids, true)
  return clients.map((client) => presentContact(call, client, related))
}

/** The contact of that customer id, letter case aside. */
async function numbered({ core }: Call, actor: Actor, number: string): Promise<Client | undefined> {
  const where = { field: 'number', op: '=', value: number } as const
  const found = await core.clients.page(actor, { where, limit: 10 })
  return found.find((client) => fold(client.number) === fold(number))
}

async function checkNumber(call: Call, actor: Actor, number: string, ownId?: number): Promise<void> {
  const twin = await numbered(call, actor, number)
  if (twin === undefined || twin.id === ownId) return
  throw new Refused(
    validation([{ attribute: 'customer_id', text: 'is already in use', code: 'is already in use' }]),
  )
}

/** The next customer id that nobody has. */
async function nextNumber(call: Call, actor: Actor): Promise<string> {
  let count = await call.core.clients.count(actor, { deleted: 'with' })
  do count += 1
  while ((await numbered(call, actor, String(count))) !== undefined)
  return String(count)
}
