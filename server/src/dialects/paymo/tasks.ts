// The task resource: activities of a project that may be completed.

import type { Activity } from '../../core/catalogue/nouns.ts'
import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import type { Call } from './call.ts'
import { removeTask } from './cascade.ts'
import { fields } from './fields.ts'
import { fieldsOf, given, type Input, missing } from './input.ts'
import { ownFields } from './properties.ts'
import {
  children,
  type Filter,
  noList,
  noParent,
  parent,
  type Resource,
  type Row,
  relations,
} from './resource.ts'
import { secondsOf } from './task-lists.ts'
import { datetime, exactOrNull, hours } from './wire.ts'

const own = ownFields('activity', {
  user_id: ['integer', null],
  flat_billing: ['flag', false],
  estimated_price: ['decimal', null],
  price: ['decimal', null],
})

/** Where tasks go that name a project only. */
const defaultList = 'Default Task List'

/** The task resource. */
export const tasks: Resource = {
  name: 'tasks',
  fields: [
    'id',
    'name',
    'code',
    'project_id',
    'tasklist_id',
    'seq',
    'description',
    'complete',
    'completed_on',
    'completed_by',
    'due_date',
    'start_date',
    'user_id',
    'users',
    'billable',
    'flat_billing',
    'price_per_hour',
    'budget_hours',
    'estimated_price',
    'price',
    'invoiced',
    'invoice_item_id',
    'priority',
    'status_id',
    'created_on',
    'updated_on',
  ],
  extras: [
    'progress_status',
    'billing_type',
    'cover_file_id',
    'recurring_profile_id',
    'files_count',
    'comments_count',
    'subtasks_order',
  ],
  relations: relations({
    project: parent('projects', 'project_id'),
    tasklist: parent('tasklists', 'tasklist_id'),
    user: parent('users', 'user_id'),
    thread: noParent,
    invoiceitem: noParent,
    workflowstatus: noParent,
    entries: children('entries', 'task_id'),
    subtasks: noList,
    files: noList,
  }),
  filters: fields.tasks,
  sorts: {
    id: 'id',
    name: 'name',
    code: 'code',
    seq: 'position',
    priority: 'priority',
    due_date: 'dueOn',
    start_date: 'startsOn',
    project_id: 'projectId',
    created_on: 'createdAt',
    updated_on: 'updatedAt',
  },
  lasting: false,
  page: readTasks,
  create: createTask,
  async update(call, id, input) {
    const before = await call.core.activities.read(call.actor, id)
    await call.core.activities.update(call.actor, id, {
      ...parseTask(input),
      ...completion(call, input, before),
      ...(await placeOf(call, input, before)),
    })
    await own.write(call, id, withoutCreator(input))
  },
  remove: removeTask,
}

async function readTasks(call: Call, filter: Filter): Promise<Row[]> {
  const { core, actor } = call
  const found = await core.activities.page(actor, filter as Parameters<typeof core.activities.page>[1])
  const more = await own.read(
    call,
    found.map(({ id }) => id),
  )
  return found.map((task) => {
    const { user_id: creator, ...others } = more(task.id)
    // Strict clients take no null here. Where nobody knows who made it, whoever is to do it stands for that.
    const userId = creator ?? task.assigneeIds[0] ?? actor.personId
    return {
      id: task.id,
      revision: task.revision,
      object: { ...presentTask(task), ...others, user_id: userId },
    }
  })
}

function presentTask(task: Activity) {
  return {
    id: task.id,
    name: task.name,
    code: task.code,
    project_id: task.projectId ?? 0,
    tasklist_id: task.taskListId ?? 0,
    seq: task.position,
    description: task.comment,
    complete: task.completedAt !== null,
    completed_on: task.completedAt === null ? null : datetime(task.completedAt),
    completed_by: task.completedById,
    due_date: task.dueOn,
    start_date: task.startsOn,
    users: task.assigneeIds,
    billable: task.billable,
    price_per_hour: exactOrNull(task.hourlyRate),
    budget_hours: hours(task.budgetSeconds),
    invoiced: false,
    invoice_item_id: null,
    priority: task.priority,
    status_id: null,
    progress_status: task.completedAt === null ? 'in_progress' : 'completed',
    billing_type: task.billable ? 'time_materials' : 'non_billable',
    cover_file_id: null,
    recurring_profile_id: null,
    files_count: 0,
    comments_count: 0,
    subtasks_order: [],
    created_on: datetime(task.createdAt),
    updated_on: datetime(task.updatedAt),
  }
}

async function createTask(call: Call, input: Input): Promise<number> {
  const { core, actor } = call
  const name = fieldsOf(input).text('name')
  if (!name) throw missing('name')
  const { projectId, taskListId } = (await placeOf(call, input, undefined)) ?? {}
  if (projectId === undefined || taskListId === undefined) throw missing('tasklist_id')
  const project = await core.projects.read(actor, projectId)
  const made = await core.activities.count(actor, { projectIds: [projectId], deleted: 'with' })
  const position = (await core.activities.count(actor, { taskListIds: [taskListId] })) + 1
  const code = project.code === '' ? '' : `${project.code}-${made + 1}`
  const place = { projectId, taskListId, code, position }
  const task = await core.activities.add(actor, {
    ...place,
    ...parseTask(input),
    ...completion(call, input, undefined),
    name,
  })
  await own.write(call, task.id, { ...withoutCreator(input), user_id: String(actor.personId) })
  return task.id
}

/** The list that a task goes to, with its project; undefined when an input moves it nowhere. */
async function placeOf(
  { core, actor }: Call,
  input: Input,
  before: Activity | undefined,
): Promise<{ projectId: number; taskListId: number } | undefined> {
  const read = fieldsOf(input)
  const listId = read.id('tasklist_id')
  if (listId !== undefined && listId !== null && listId !== before?.taskListId) {
    const [list] = await core.taskLists.page(actor, { ids: [listId], limit: 1 })
    if (list === undefined) throw missing('tasklist_id')
    return { projectId: list.projectId, taskListId: list.id }
  }
  const projectId = read.id('project_id')
  // Of a task that is there, the project is read-only.
  if (before !== undefined || projectId === undefined || projectId === null) return undefined
  const query = { projectIds: [projectId], names: [defaultList], limit: 1 }
  const [known] = await core.taskLists.page(actor, query)
  const list = known ?? (await core.taskLists.add(actor, { name: defaultList, projectId, position: 1 }))
  return { projectId, taskListId: list.id }
}

function completion({ actor, now }: Call, input: Input, before: Activity | undefined) {
  const complete = fieldsOf(input).flag('complete')
  const was = before !== undefined && before.completedAt !== null
  if (complete === undefined || complete === was) return {}
  return complete
    ? { completedAt: now, completedById: actor.personId }
    : { completedAt: null, completedById: null }
}

function withoutCreator(input: Input): Input {
  const { user_id: _, ...rest } = input
  return rest
}

function parseTask(input: Input): Partial<CatalogueInput<'activity'>> {
  const read = fieldsOf(input)
  return given({
    name: read.text('name'),
    comment: read.text('description'),
    position: read.integer('seq') ?? undefined,
    dueOn: read.day('due_date'),
    startsOn: read.day('start_date'),
    assigneeIds: read.ids('users'),
    billable: read.flag('billable'),
    hourlyRate: read.decimal('price_per_hour'),
    budgetSeconds: secondsOf(read.decimal('budget_hours')),
    priority: read.integer('priority') ?? undefined,
  })
}
