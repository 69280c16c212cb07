// Customers, projects, activities, teams and people as they are shown: embedded, in lists, and alone.

import type { Activity, Budget, Client, Project, Team } from '../../core/catalogue/nouns.ts'
import type { Currency } from '../../core/money.ts'
import { seesBudgets } from './rights.ts'
import type { Surroundings } from './surroundings.ts'
import { presentMoney, type Wire } from './wire.ts'

export type WireObject = { readonly [key: string]: Wire | undefined }

/** What stands for a colour where none was chosen. */
const noColor = '#d2d6de'

/** How much of an entity is shown: lists leave out budgets that the caller may not see, single entities never. */
export type Depth = 'list' | 'single'

/** The pair of keys every coloured thing has. */
export function presentColor(color: string): WireObject {
  return { color: color || null, 'color-safe': color || noColor }
}

/** Null for what is empty, as Kimai keeps it. */
export function orNull(text: string): string | null {
  return text === '' ? null : text
}

/** A customer's own currency, or the organization's. */
export function currencyOf(around: Surroundings, client: Client | undefined): Currency {
  return client?.currency ?? around.desk.actor.organization.currency
}

/** A customer inside of others. */
export function embedClient(client: Client, { desk, extras }: Surroundings): WireObject {
  const { organization } = desk.actor
  const { own, meta } = extras.client(client.id)
  return {
    id: client.id,
    name: client.name,
    number: orNull(client.number),
    comment: orNull(client.comment),
    visible: client.state === 'active',
    billable: client.billable,
    company: own('company'),
    country: client.country || organization.country,
    language: own('language'),
    currency: client.currency ?? organization.currency,
    phone: orNull(client.phone),
    fax: own('fax'),
    mobile: own('mobile'),
    homepage: orNull(client.website),
    timezone: own('timezone') ?? organization.timeZone,
    ...presentColor(client.color),
    metaFields: meta,
  }
}

/** What lists show with `full`, and single customers always. */
export function addressOf(client: Client, { extras }: Surroundings): WireObject {
  const { own } = extras.client(client.id)
  return {
    vatId: orNull(client.taxNumber),
    addressLine1: orNull(client.addressLine1),
    addressLine2: orNull(client.addressLine2),
    addressLine3: own('addressLine3'),
    postCode: orNull(client.postalCode),
    city: orNull(client.city),
  }
}

/** A customer in a list, or alone. */
export function presentClient(
  client: Client,
  around: Surroundings,
  teams: readonly Team[],
  depth: Depth,
): WireObject {
  const { own } = around.extras.client(client.id)
  const single =
    depth === 'list'
      ? {}
      : {
          contact: orNull(client.contactPerson),
          address: own('address'),
          email: orNull(client.email),
          ...addressOf(client, around),
          invoiceEmail: own('invoiceEmail'),
          buyerReference: own('buyerReference'),
        }
  return {
    ...embedClient(client, around),
    teams: teams.filter((team) => team.clientIds.includes(client.id)).map(presentTeam),
    ...budgetOf(client, currencyOf(around, client), around, depth),
    ...single,
  }
}

function projectFields(project: Project, { extras }: Surroundings): WireObject {
  const { own, meta } = extras.project(project.id)
  return {
    id: project.id,
    name: project.name,
    number: orNull(project.code),
    orderNumber: own('orderNumber'),
    orderDate: own('orderDate'),
    start: project.startsOn,
    end: project.endsOn,
    comment: orNull(project.comment),
    visible: project.state === 'active',
    billable: project.billable,
    globalActivities: own('globalActivities') !== '0',
    ...presentColor(project.color),
    metaFields: meta,
  }
}

/** A project inside of teams: with the number of its customer. */
export function embedProject(project: Project, around: Surroundings): WireObject {
  return { ...projectFields(project, around), customer: project.clientId }
}

/** A project inside of entries: with its customer. The organization's own projects have none. */
export function expandProject(project: Project, around: Surroundings): WireObject {
  const client = around.clients.get(project.clientId ?? 0)
  return {
    ...projectFields(project, around),
    customer: client === undefined ? null : embedClient(client, around),
  }
}

/** A project in a list, or alone. */
export function presentProject(
  project: Project,
  around: Surroundings,
  teams: readonly Team[],
  depth: Depth,
): WireObject {
  const client = around.clients.get(project.clientId ?? 0)
  return {
    parentTitle: client?.name ?? null,
    customer: project.clientId,
    ...projectFields(project, around),
    teams: teams.filter((team) => team.projectIds.includes(project.id)).map(presentTeam),
    ...budgetOf(project, currencyOf(around, client), around, depth),
  }
}

function activityFields(activity: Activity, { extras }: Surroundings): WireObject {
  return {
    id: activity.id,
    name: activity.name,
    number: orNull(activity.code),
    comment: orNull(activity.comment),
    visible: activity.state === 'active',
    billable: activity.billable,
    ...presentColor(activity.color),
    metaFields: extras.activity(activity.id).meta,
  }
}

/** An activity inside of teams: with the number of its project. */
export function embedActivity(activity: Activity, around: Surroundings): WireObject {
  return { ...activityFields(activity, around), project: activity.projectId }
}

/** An activity inside of entries: with its project, or null when it is for all of them. */
export function expandActivity(activity: Activity, around: Surroundings): WireObject {
  const project = around.projects.get(activity.projectId ?? 0)
  return {
    ...activityFields(activity, around),
    project: project === undefined ? null : expandProject(project, around),
  }
}

/** An activity in a list, or alone. */
export function presentActivity(
  activity: Activity,
  around: Surroundings,
  teams: readonly Team[],
  depth: Depth,
): WireObject {
  const project = around.projects.get(activity.projectId ?? 0)
  const client = around.clients.get(project?.clientId ?? 0)
  return {
    parentTitle: project?.name ?? null,
    project: activity.projectId,
    ...activityFields(activity, around),
    teams: teams.filter((team) => team.activityIds.includes(activity.id)).map(presentTeam),
    ...budgetOf(activity, currencyOf(around, client), around, depth),
  }
}

/** A team inside of others. */
export function presentTeam(team: Team): WireObject {
  return { id: team.id, name: team.name, ...presentColor(team.color) }
}

// Clients of 1.x refuse a single entity without budgets, so whoever may not see them reads none there.
function budgetOf(budget: Budget, currency: Currency, { desk }: Surroundings, depth: Depth): WireObject {
  if (depth === 'list' && !seesBudgets(desk.actor)) return {}
  return {
    budget: presentMoney(budget.budgetMinor ?? 0n, currency),
    timeBudget: budget.budgetSeconds ?? 0,
    budgetType: budget.budgetPeriod === 'month' ? 'month' : null,
  }
}
