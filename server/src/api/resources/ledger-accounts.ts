// Ledger accounts: where bookkeeping puts what an invoice line earns.

import { ledgerKinds } from '../../core/catalogue/nouns.ts'
import { choice, keptFields, prose, words } from '../fields.ts'
import { catalogueSorts, equals, keptFilters } from '../filters.ts'
import { names, oneOf, search } from '../parameters.ts'
import { catalogueVerbs, resource } from '../resource.ts'
import { states } from './clients.ts'

/** Ledger accounts. */
export const ledgerAccounts = resource({
  noun: 'ledger_account',
  object: 'ledger_account',
  type: 'LedgerAccount',
  types: 'LedgerAccounts',
  path: 'ledger-accounts',
  one: 'a ledger account',
  many: 'Ledger accounts',
  about: 'Where bookkeeping puts what an invoice line earns.',
  fields: {
    name: words('name', { required: true }),
    number: words('number'),
    kind: choice('kind', ledgerKinds),
    comment: prose('comment'),
    color: words('color'),
    state: choice('state', states),
    ...keptFields,
  },
  filters: {
    ...keptFilters,
    name: equals(names, 'names'),
    search: equals(search, 'text', 'A text in the name, letter case aside.'),
    state: equals(oneOf(states), 'state'),
  },
  sorts: catalogueSorts,
  order: 'id',
  relations: {},
  verbs: catalogueVerbs(({ ledgerAccounts }) => ledgerAccounts),
  examples: { create: { name: 'Design work', number: '8010', kind: 'revenue' }, update: { number: '8011' } },
})
