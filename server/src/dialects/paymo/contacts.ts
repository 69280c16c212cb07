// The resource of client contacts.

import type { Contact } from '../../core/catalogue/nouns.ts'
import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import type { Call } from './call.ts'
import { fields } from './fields.ts'
import { fieldsOf, given, type Input, missing } from './input.ts'
import { ownFields } from './properties.ts'
import { type Filter, parent, type Resource, type Row, relations } from './resource.ts'
import { datetime } from './wire.ts'

const own = ownFields('contact', { fax: ['text', ''], skype: ['text', ''] })

/** The resource of client contacts. `access` to a client portal is never given: there is none. */
export const contacts: Resource = {
  name: 'clientcontacts',
  fields: [
    'id',
    'client_id',
    'name',
    'email',
    'mobile',
    'phone',
    'fax',
    'skype',
    'notes',
    'position',
    'is_main',
    'access',
    'created_on',
    'updated_on',
  ],
  extras: ['image', 'image_thumb_large', 'image_thumb_medium', 'image_thumb_small'],
  relations: relations({ client: parent('clients', 'client_id') }),
  filters: fields.clientcontacts,
  sorts: { id: 'id', name: 'name', created_on: 'createdAt', updated_on: 'updatedAt' },
  lasting: true,
  page: readContacts,
  async create(call, input) {
    const clientId = fieldsOf(input).id('client_id')
    if (clientId === undefined || clientId === null) throw missing('client_id')
    if (!fieldsOf(input).text('name')) throw missing('name')
    const contact = await call.core.contacts.add(call.actor, { ...parseContact(input), clientId })
    await own.write(call, contact.id, input)
    return contact.id
  },
  async update(call, id, input) {
    await call.core.contacts.update(call.actor, id, parseContact(input))
    await own.write(call, id, input)
  },
  remove: ({ core, actor }, id) => core.contacts.remove(actor, id),
}

async function readContacts(call: Call, filter: Filter): Promise<Row[]> {
  const { core, actor } = call
  const found = await core.contacts.page(actor, filter as Parameters<typeof core.contacts.page>[1])
  const more = await own.read(
    call,
    found.map(({ id }) => id),
  )
  return found.map((contact) => ({
    id: contact.id,
    revision: contact.revision,
    object: { ...more(contact.id), ...presentContact(contact) },
  }))
}

function presentContact(contact: Contact) {
  return {
    id: contact.id,
    client_id: contact.clientId,
    name: `${contact.firstName} ${contact.lastName}`.trim(),
    email: contact.email,
    mobile: contact.mobile,
    phone: contact.phone,
    notes: contact.comment,
    position: contact.jobTitle,
    is_main: contact.main,
    access: false,
    created_on: datetime(contact.createdAt),
    updated_on: datetime(contact.updatedAt),
  }
}

function parseContact(input: Input): Partial<CatalogueInput<'contact'>> {
  const read = fieldsOf(input)
  const name = read.text('name')?.trim()
  // One name here, two in the book: the last word is the family's.
  const cut = name?.lastIndexOf(' ') ?? -1
  return given({
    firstName: name === undefined ? undefined : name.slice(0, Math.max(cut, 0)).trim(),
    lastName: name?.slice(cut + 1),
    email: read.text('email'),
    mobile: read.text('mobile'),
    phone: read.text('phone'),
    comment: read.text('notes'),
    jobTitle: read.text('position'),
    main: read.flag('is_main'),
  })
}
