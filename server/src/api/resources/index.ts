// All resources of this door, in the order of the docs page. A new noun is a file and a line here.

import type { Resource } from '../resource.ts'
import { activities } from './activities.ts'
import { categories } from './categories.ts'
import { clients } from './clients.ts'
import { expenseReports } from './expense-reports.ts'
import { expenses } from './expenses.ts'
import { projects } from './projects.ts'
import { tags } from './tags.ts'
import { timeEntries } from './time-entries.ts'

/** Every resource. */
export const resources: readonly Resource[] = [
  clients,
  projects,
  activities,
  categories,
  tags,
  expenses,
  expenseReports,
  timeEntries,
]
