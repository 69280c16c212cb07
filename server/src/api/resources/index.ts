// All resources of this door, in the order of the docs page. A new noun is a file and a line here.

import type { Resource } from '../resource.ts'
import { activities } from './activities.ts'
import { categories } from './categories.ts'
import { clients } from './clients.ts'
import { contacts } from './contacts.ts'
import { customFields } from './custom-fields.ts'
import { expenseReports } from './expense-reports.ts'
import { expenses } from './expenses.ts'
import { invoices } from './invoices.ts'
import { ledgerAccounts } from './ledger-accounts.ts'
import { payments } from './payments.ts'
import { products } from './products.ts'
import { projects } from './projects.ts'
import { rates } from './rates.ts'
import { recurringInvoices } from './recurring-invoices.ts'
import { tags } from './tags.ts'
import { taskLists } from './task-lists.ts'
import { taxRates } from './tax-rates.ts'
import { teams } from './teams.ts'
import { timeEntries } from './time-entries.ts'
import { webhooks } from './webhooks.ts'

/** Every resource. */
export const resources: readonly Resource[] = [
  clients,
  contacts,
  projects,
  taskLists,
  activities,
  teams,
  timeEntries,
  rates,
  categories,
  tags,
  expenses,
  expenseReports,
  invoices,
  payments,
  recurringInvoices,
  products,
  taxRates,
  ledgerAccounts,
  customFields,
  webhooks,
]
