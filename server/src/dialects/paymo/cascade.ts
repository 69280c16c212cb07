// Deleting what others belong to: everything inside goes too, all of it or nothing.

import type { Actor } from '../../core/actor.ts'
import type { Core } from '../../core/index.ts'
import { maxPageSize } from '../../core/page.ts'
import type { Where } from '../../core/where.ts'
import type { Call } from './call.ts'
import { badRequest, Refused } from './errors.ts'

const inside = (field: string, id: number): Where => ({ field, op: '=', value: id })

/** Deletes a client with contacts, projects, time and expenses. One that has been invoiced stays. */
export async function removeClient({ core, actor }: Call, id: number): Promise<void> {
  if ((await core.invoices.count(actor, { clientIds: [id] })) > 0) {
    throw new Refused(badRequest('The client has invoices and cannot be deleted.'))
  }
  for (const project of await core.projects.list(actor, { clientIds: [id] })) {
    await removeWithin(core, actor, project.id)
  }
  await removeEntries(core, actor, inside('clientId', id))
  await removeExpenses(core, actor, inside('clientId', id))
  for (const contact of await core.contacts.list(actor, { clientIds: [id] })) {
    await core.contacts.remove(actor, contact.id)
  }
  await core.clients.remove(actor, id)
}

/** Deletes a project with task lists, tasks and time. Its expenses stay with the client. */
export async function removeProject({ core, actor }: Call, id: number): Promise<void> {
  await core.projects.read(actor, id)
  await removeWithin(core, actor, id)
}

/** Deletes a task list with its tasks and their time. */
export async function removeTaskList(call: Call, id: number): Promise<void> {
  const { core, actor } = call
  for (const task of await core.activities.list(actor, { taskListIds: [id] })) await removeTask(call, task.id)
  await core.taskLists.remove(actor, id)
}

/** Deletes a task with its time. */
export async function removeTask({ core, actor }: Call, id: number): Promise<void> {
  await removeEntries(core, actor, inside('activityId', id))
  await core.activities.remove(actor, id)
}

async function removeWithin(core: Core, actor: Actor, projectId: number): Promise<void> {
  await removeEntries(core, actor, inside('projectId', projectId))
  for (const task of await core.activities.list(actor, { projectIds: [projectId] })) {
    await core.activities.remove(actor, task.id)
  }
  for (const list of await core.taskLists.list(actor, { projectIds: [projectId] })) {
    await core.taskLists.remove(actor, list.id)
  }
  for (;;) {
    const where = inside('projectId', projectId)
    const page = await core.expenses.list(actor, { where, limit: maxPageSize })
    for (const { id } of page) await core.expenses.update(actor, id, { projectId: null })
    if (page.length < maxPageSize) break
  }
  await core.projects.remove(actor, projectId)
}

async function removeEntries(core: Core, actor: Actor, where: Where): Promise<void> {
  for (;;) {
    const page = await core.time.list(actor, { where, limit: maxPageSize })
    for (const entry of page) {
      // Marked by hand only: an invoice that bills it would still refuse.
      if (entry.billed && entry.invoiceId === null) await core.time.update(actor, entry.id, { billed: false })
      await core.time.remove(actor, entry.id)
    }
    if (page.length < maxPageSize) return
  }
}

async function removeExpenses(core: Core, actor: Actor, where: Where): Promise<void> {
  for (;;) {
    const page = await core.expenses.list(actor, { where, limit: maxPageSize })
    for (const expense of page) {
      if (expense.billed && expense.invoiceId === null) {
        await core.expenses.update(actor, expense.id, { billed: false })
      }
      await core.expenses.remove(actor, expense.id)
    }
    if (page.length < maxPageSize) return
  }
}
