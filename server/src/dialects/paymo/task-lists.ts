// The resource of task lists, and what it shares with tasks: their order, and hours.

import type { TaskList } from '../../core/catalogue/nouns.ts'
import { type Decimal, decimal, multiplyDecimals, roundDecimal } from '../../core/decimal.ts'
import { invalid } from '../../core/errors.ts'
import type { Call } from './call.ts'
import { removeTaskList } from './cascade.ts'
import { fields } from './fields.ts'
import { fieldsOf, given, missing } from './input.ts'
import { children, type Filter, noParent, parent, type Resource, type Row, relations } from './resource.ts'
import { datetime } from './wire.ts'

/** The resource of task lists. */
export const taskLists: Resource = {
  name: 'tasklists',
  fields: ['id', 'name', 'seq', 'project_id', 'milestone_id', 'created_on', 'updated_on'],
  extras: [],
  relations: relations({
    project: parent('projects', 'project_id'),
    milestone: noParent,
    tasks: children('tasks', 'tasklist_id'),
  }),
  filters: fields.tasklists,
  sorts: {
    id: 'id',
    name: 'name',
    seq: 'position',
    project_id: 'projectId',
    created_on: 'createdAt',
    updated_on: 'updatedAt',
  },
  lasting: true,
  page: readTaskLists,
  async create({ core, actor }, input) {
    const read = fieldsOf(input)
    const name = read.text('name')
    const projectId = read.id('project_id')
    if (!name) throw missing('name')
    if (projectId === undefined || projectId === null) throw missing('project_id')
    const position =
      read.integer('seq') ?? (await core.taskLists.count(actor, { projectIds: [projectId] })) + 1
    return (await core.taskLists.add(actor, { name, projectId, position })).id
  },
  async update(call, id, input) {
    const read = fieldsOf(input)
    const changes = given({ name: read.text('name'), position: read.integer('seq') ?? undefined })
    await call.core.taskLists.update(call.actor, id, changes)
    await putInOrder(call, 'activities', read.ids('tasks_order'))
  },
  remove: removeTaskList,
}

async function readTaskLists({ core, actor }: Call, filter: Filter): Promise<Row[]> {
  const found = await core.taskLists.page(actor, filter as Parameters<typeof core.taskLists.page>[1])
  return found.map((list) => ({ id: list.id, revision: list.revision, object: presentTaskList(list) }))
}

function presentTaskList(list: TaskList) {
  return {
    id: list.id,
    name: list.name,
    seq: list.position,
    project_id: list.projectId,
    milestone_id: null,
    created_on: datetime(list.createdAt),
    updated_on: datetime(list.updatedAt),
  }
}

/** Gives these things their places, the first one 1. */
export async function putInOrder(
  { core, actor }: Call,
  noun: 'taskLists' | 'activities',
  ids: readonly number[] | undefined,
): Promise<void> {
  if (ids === undefined) return
  const known = new Set(
    (await core[noun].byIds(actor, ids)).flatMap((one) => (one.deletedAt === null ? one.id : [])),
  )
  if (ids.some((id) => !known.has(id)))
    throw invalid('order', 'unknown_reference', 'There is nothing to order at such an id.')
  for (const [i, id] of ids.entries()) await core[noun].update(actor, id, { position: i + 1 })
}

/** Hours as whole seconds; null and undefined stay. */
export function secondsOf(hours: Decimal | null | undefined): number | null | undefined {
  if (hours === null || hours === undefined) return hours
  return Number(roundDecimal(multiplyDecimals(hours, decimal('3600')), 0, 'half-away-from-zero'))
}
