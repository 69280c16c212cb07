// Contacts: people to talk to at a client.

import type { Contact } from '../../core/catalogue/nouns.ts'
import { flag, idOf, keptFields, prose, words } from '../fields.ts'
import { equals, keptFilters } from '../filters.ts'
import { ids, search } from '../parameters.ts'
import { catalogueVerbs, relationTo, resource } from '../resource.ts'
import { clients } from './clients.ts'

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
  verbs: catalogueVerbs(({ contacts }) => contacts),
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
