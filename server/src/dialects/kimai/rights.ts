// What Kimai's permissions are in our roles.

import { reach } from '../../core/access.ts'
import type { Actor } from '../../core/actor.ts'
import type { Role } from '../../core/people/nouns.ts'

/** A person's roles. Everybody has the last one. */
export function rolesOf(role: Role): readonly string[] {
  switch (role) {
    case 'owner':
      return ['ROLE_SUPER_ADMIN', 'ROLE_USER']
    case 'admin':
      return ['ROLE_ADMIN', 'ROLE_USER']
    case 'manager':
      return ['ROLE_TEAMLEAD', 'ROLE_USER']
    default:
      return ['ROLE_USER']
  }
}

/** The role that a list of theirs comes to; the strongest one counts. Undefined for a name that is none of theirs. */
export function parseRoles(names: readonly string[]): Role | undefined {
  const known = ['ROLE_SUPER_ADMIN', 'ROLE_ADMIN', 'ROLE_TEAMLEAD', 'ROLE_USER']
  if (names.some((name) => !known.includes(name))) return undefined
  const strongest = known.findIndex((name) => names.includes(name))
  return (['owner', 'admin', 'manager'] as const)[strongest] ?? 'member'
}

/** `edit_other_timesheet`, `edit_export_other_timesheet`, `edit_billable_other_timesheet` and the like. */
export function leads(actor: Actor): boolean {
  return reach(actor, 'time.write') === 'all'
}

/** `view_other_timesheet`. */
export function seesOthers(actor: Actor): boolean {
  return reach(actor, 'time.read') === 'all'
}

/** `export_expense`. */
export function leadsExpenses(actor: Actor): boolean {
  return reach(actor, 'expense.write') === 'all'
}

/** `edit_exported_timesheet` and `edit_exported_expense`. */
export function editsExported(actor: Actor): boolean {
  return actor.role === 'owner' || actor.role === 'admin'
}

/** `view_rate_own_timesheet`. */
export function seesRates(actor: Actor): boolean {
  return reach(actor, 'rates.read') !== undefined
}

/** `edit_rate_own_timesheet`. */
export function editsRates(actor: Actor): boolean {
  return leads(actor) && seesRates(actor)
}

/** `budget_customer` and the like. */
export function seesBudgets(actor: Actor): boolean {
  return reach(actor, 'budgets.read') !== undefined
}

/** `manage_expense_category`. */
export function keepsCatalogue(actor: Actor): boolean {
  return reach(actor, 'catalogue.write') !== undefined
}

/** `view_user`. */
export function seesUsers(actor: Actor): boolean {
  return ['owner', 'admin', 'manager'].includes(actor.role) && reach(actor, 'people.read') === 'all'
}
