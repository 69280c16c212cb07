// Every resource that is kept, by its name.

import { clients } from './clients.ts'
import { contacts } from './contacts.ts'
import { entries } from './entries.ts'
import { expenses } from './expenses.ts'
import { hooks } from './hooks.ts'
import { invoiceLines } from './invoice-lines.ts'
import { invoices } from './invoices.ts'
import { payments } from './payments.ts'
import { projects } from './projects.ts'
import { reports } from './reports.ts'
import type { Resource, Resources } from './resource.ts'
import { taskLists } from './task-lists.ts'
import { tasks } from './tasks.ts'
import { users } from './users.ts'

const all: readonly Resource[] = [
  expenses,
  clients,
  contacts,
  projects,
  taskLists,
  tasks,
  users,
  entries,
  invoices,
  invoiceLines,
  payments,
  reports,
  hooks,
]

/** The resources in the order of the original's pages. */
export const resources: Resources = new Map(all.map((resource) => [resource.name, resource]))
