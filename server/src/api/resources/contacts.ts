// Contacts: people to talk to at a client.

import type { Contact } from '../../core/catalogue/nouns.ts'
import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import { flag, idOf, keptFields, prose, words } from '../fields.ts'
import { equals, keptFilters } from '../filters.ts'
import { ids, search } from '../parameters.ts'
import { relationTo, resource } from '../resource.ts'
import { clients } from './clients.ts'

type Input = CatalogueInput<'contact'>

/** Contacts. */
export const contacts = resource({
  noun: 'contact',
  object: 'contact',
  type: 'Contact',
  types: 'Contacts',
  path: 'contacts',
  one: 'a contact',
  many: 'Contacts',
  about: 'Someone to talk to at a client.',
  fields: {
    client_id: idOf('clientId', { required: true }),
    first_name: words('firstName'),
    last_name: words('lastName'),
    email: words('email'),
    phone: words('phone'),
    mobile: words('mobile'),
    department: words('department'),
    job_title: words('jobTitle'),
    comment: prose('comment'),
    main: flag('main', { about: 'The one that is asked first.' }),
    ...keptFields,
  },
  filters: {
    ...keptFilters,
    client_id: equals(ids, 'clientIds'),
    search: equals(search, 'text', 'A text in the name, letter case aside.'),
  },
  sorts: { id: 'id', created_at: 'createdAt', updated_at: 'updatedAt' },
  order: 'id',
  relations: { client: relationTo(clients, (contact: Contact) => contact.clientId) },
  verbs: {
    add: (core, actor, given) => core.contacts.add(actor, given as unknown as Input),
    update: (core, actor, id, given) => core.contacts.update(actor, id, given as Partial<Input>),
    remove: (core, actor, id) => core.contacts.remove(actor, id),
    restore: (core, actor, id) => core.contacts.restore(actor, id),
  },
  examples: {
    create: {
      client_id: 1,
      first_name: 'Noor',
      last_name: 'Visser',
      email: 'noor@client.example',
      main: true,
    },
    update: { job_title: 'Head of marketing' },
  },
})
