// Every path of Expensicat that is answered, in the order of its reference, with the scope that each call needs.

import type { Handler } from './call.ts'
import { createCategory, listCategories, readCategory } from './categories.ts'
import { createCustomer, deleteCustomer, listCustomers, readCustomer, updateCustomer } from './customers.ts'
import { deleteMember, listMembers, updateMember } from './members.ts'
import { readOrganization, updateOrganization } from './organization.ts'
import { createProject, deleteProject, listProjects, readProject, updateProject } from './projects.ts'
import { createRecurringInvoice, listRecurringInvoices } from './recurring-invoices.ts'
import type { Scope } from './scopes.ts'
import {
  createTimeEntry,
  deleteTimeEntry,
  listTimeEntries,
  readTimeEntry,
  updateTimeEntry,
} from './time-entries.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

export type Route = {
  /** Below each of `bases`. */
  readonly path: string
  /** What reading and what changing needs. */
  readonly read: Scope
  readonly write: Scope
  readonly methods: { readonly [M in Method]?: Handler }
}

/** The documented base has `/api`, the sample calls of the newer edition do not. A client that swaps the host has either. */
export const bases: readonly string[] = ['/api/v1', '/v1']

const entries = { read: 'entries:read', write: 'entries:write' } as const
const invoices = { read: 'invoices:read', write: 'invoices:write' } as const
const team = { read: 'team:read', write: 'team:admin' } as const

export const routes: readonly Route[] = [
  { path: '/time-entries', ...entries, methods: { GET: listTimeEntries, POST: createTimeEntry } },
  {
    path: '/time-entries/:id',
    ...entries,
    methods: { GET: readTimeEntry, PATCH: updateTimeEntry, DELETE: deleteTimeEntry },
  },
  { path: '/projects', ...entries, methods: { GET: listProjects, POST: createProject } },
  {
    path: '/projects/:id',
    ...entries,
    methods: { GET: readProject, PATCH: updateProject, DELETE: deleteProject },
  },
  { path: '/customers', ...invoices, methods: { GET: listCustomers, POST: createCustomer } },
  {
    path: '/customers/:id',
    ...invoices,
    methods: { GET: readCustomer, PATCH: updateCustomer, DELETE: deleteCustomer },
  },
  {
    path: '/recurring-invoices',
    ...invoices,
    methods: { GET: listRecurringInvoices, POST: createRecurringInvoice },
  },
  // No scope is documented for categories; here they sort expenses, which `entries` covers.
  { path: '/categories', ...entries, methods: { GET: listCategories, POST: createCategory } },
  { path: '/categories/:id', ...entries, methods: { GET: readCategory } },
  { path: '/members', ...team, methods: { GET: listMembers } },
  { path: '/members/:id', ...team, methods: { PATCH: updateMember, DELETE: deleteMember } },
  { path: '/organizations/current', ...team, methods: { GET: readOrganization, PATCH: updateOrganization } },
]

/** Documented paths whose resources the book does not keep: nothing is found there. */
export const refused: readonly string[] = [
  '/bank-accounts',
  '/bank-accounts/:id',
  '/bank/accounts',
  '/bank/accounts/:id',
  '/transactions',
  '/transactions/:id',
  '/documents',
  '/documents/counts',
  '/documents/:id',
  '/metrics/profit-loss',
  '/metrics/cash-flow',
  '/metrics/cash-projection',
]
