// Where an entry belongs: the project, activity and person that a form names, checked as Kimai's choices are.

import type { Activity, Client, Project } from '../../core/catalogue/nouns.ts'
import { DomainError, invalid, notFound } from '../../core/errors.ts'
import type { Currency } from '../../core/money.ts'
import type { Desk } from './call.ts'
import { loadExtras } from './extras.ts'
import { wrongChoice } from './form.ts'

/** A place for work or spending. The organization's own projects have no client. */
export type Place = {
  readonly project: Project
  readonly client: Client | undefined
  readonly activity: Activity | undefined
}

/** What an entry was placed at before: that stays a valid choice though it is hidden by now. */
export type Before = { readonly projectId: number | null; readonly activityId: number | null }

const nowhere: Before = { projectId: null, activityId: null }

/** Looks up a place. Throws `invalid` at `project` or `activity` for what is unknown, hidden, or does not fit. */
export async function place(
  desk: Desk,
  projectId: number | null,
  activityId: number | null,
  before: Before = nowhere,
): Promise<Place> {
  const { core, actor } = desk
  const [project] = projectId === null ? [] : await core.projects.byIds(actor, [projectId])
  if (project === undefined) throw wrongChoice('project')
  const [client] = project.clientId === null ? [] : await core.clients.byIds(actor, [project.clientId])
  const open = isOpen(project) && (client === undefined || isOpen(client))
  if (!open && project.id !== before.projectId) throw wrongChoice('project')
  if (activityId === null) return { project, client, activity: undefined }
  const [activity] = await core.activities.byIds(actor, [activityId])
  if (activity === undefined || (!isOpen(activity) && activity.id !== before.activityId)) {
    throw wrongChoice('activity')
  }
  if (activity.projectId !== null && activity.projectId !== project.id) {
    const message = 'Project mismatch: chosen project does not match the project of the activity.'
    throw invalid('project', 'unknown_value', message)
  }
  if (activity.projectId === null && activity.id !== before.activityId) {
    const extras = await loadExtras(desk, 'project', [project.id])
    if (extras(project.id).own('globalActivities') === '0') throw wrongChoice('activity')
  }
  return { project, client, activity }
}

/** Whether work there is billed unless somebody says otherwise. */
export function isBillable({ project, client, activity }: Place): boolean {
  return project.billable && client?.billable !== false && activity?.billable !== false
}

/** Money spent there is in the customer's currency. */
export function currencyAt({ client }: Place, { actor }: Desk): Currency {
  return client?.currency ?? actor.organization.currency
}

function isOpen(entity: { readonly state: string; readonly deletedAt: number | null }): boolean {
  return entity.state === 'active' && entity.deletedAt === null
}

/** The person a form names: the caller unless another one may be chosen. Throws `invalid` at `user`. */
export function personOf({ actor }: Desk, userId: number | null | undefined, mayChoose: boolean): number {
  if (userId === undefined || userId === null || userId === actor.personId) return actor.personId
  if (!mayChoose) throw wrongChoice('user')
  return userId
}

/** Turns the core's word on a missing entity into that of a wrong choice. */
export async function asChoice<T>(field: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DomainError && error.kind === notFound('').kind) throw wrongChoice(field)
    throw error
  }
}
