// The project resource.

import type { Project } from '../../core/catalogue/nouns.ts'
import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import type { Call } from './call.ts'
import { removeProject } from './cascade.ts'
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
import { putInOrder, secondsOf } from './task-lists.ts'
import { datetime, exactOrNull, hours } from './wire.ts'

const own = ownFields('project', {
  flat_billing: ['flag', false],
  price: ['decimal', null],
  estimated_price: ['decimal', null],
  hourly_billing_mode: ['text', null],
  adjustable_hours: ['flag', false],
})

/** The client of projects that are made without one, as the original does. */
const sampleClient = 'Sample Client'

/** The project resource. */
export const projects: Resource = {
  name: 'projects',
  fields: [
    'id',
    'name',
    'code',
    'task_code_increment',
    'description',
    'client_id',
    'status_id',
    'active',
    'color',
    'users',
    'managers',
    'billable',
    'flat_billing',
    'price_per_hour',
    'price',
    'estimated_price',
    'hourly_billing_mode',
    'budget_hours',
    'adjustable_hours',
    'invoiced',
    'invoice_item_id',
    'workflow_id',
    'created_on',
    'updated_on',
  ],
  extras: ['billing_type'],
  relations: relations({
    client: parent('clients', 'client_id'),
    projectstatus: noParent,
    workflow: noParent,
    invoiceitem: noParent,
    tasklists: children('tasklists', 'project_id'),
    tasks: children('tasks', 'project_id'),
    entries: children('entries', 'project_id'),
    expenses: children('expenses', 'project_id'),
    milestones: noList,
    discussions: noList,
    files: noList,
  }),
  filters: fields.projects,
  sorts: {
    id: 'id',
    name: 'name',
    code: 'code',
    client_id: 'clientId',
    price_per_hour: 'hourlyRate',
    created_on: 'createdAt',
    updated_on: 'updatedAt',
  },
  lasting: true,
  page: readProjects,
  create: createProject,
  async update(call, id, input) {
    await call.core.projects.update(call.actor, id, parseProject(input))
    await own.write(call, id, input)
    await putInOrder(call, 'taskLists', fieldsOf(input).ids('tasklists_order'))
  },
  remove: removeProject,
}

async function readProjects(call: Call, filter: Filter): Promise<Row[]> {
  const { core, actor } = call
  const found = await core.projects.page(actor, filter as Parameters<typeof core.projects.page>[1])
  const more = await own.read(
    call,
    found.map(({ id }) => id),
  )
  return found.map((project) => ({
    id: project.id,
    revision: project.revision,
    object: { ...presentProject(project), ...more(project.id) },
  }))
}

function presentProject(project: Project) {
  return {
    id: project.id,
    name: project.name,
    code: project.code,
    task_code_increment: null,
    description: project.comment,
    // Strict clients take no null here; 0 is nobody.
    client_id: project.clientId ?? 0,
    status_id: null,
    active: project.state === 'active',
    color: project.color,
    users: project.memberIds,
    managers: project.managerIds,
    billable: project.billable,
    price_per_hour: exactOrNull(project.hourlyRate),
    budget_hours: hours(project.budgetSeconds),
    invoiced: false,
    invoice_item_id: null,
    workflow_id: null,
    billing_type: project.billable ? 'time_materials' : 'non_billable',
    created_on: datetime(project.createdAt),
    updated_on: datetime(project.updatedAt),
  }
}

async function createProject(call: Call, input: Input): Promise<number> {
  const { core, actor } = call
  const name = fieldsOf(input).text('name')
  if (!name) throw missing('name')
  const wanted = parseProject(input)
  const clientId = wanted.clientId ?? (await sampleClientId(call))
  const project = await core.projects.add(actor, { ...wanted, name, clientId })
  await own.write(call, project.id, input)
  return project.id
}

async function sampleClientId({ core, actor }: Call): Promise<number> {
  const [known] = await core.clients.page(actor, { names: [sampleClient], limit: 1 })
  return (known ?? (await core.clients.add(actor, { name: sampleClient }))).id
}

function parseProject(input: Input): Partial<CatalogueInput<'project'>> {
  const read = fieldsOf(input)
  const active = read.flag('active')
  return given({
    name: read.text('name'),
    code: read.text('code'),
    comment: read.text('description'),
    clientId: read.id('client_id'),
    state: active === undefined ? undefined : active ? ('active' as const) : ('archived' as const),
    color: read.text('color'),
    memberIds: read.ids('users'),
    managerIds: read.ids('managers'),
    billable: read.flag('billable'),
    hourlyRate: read.decimal('price_per_hour'),
    budgetSeconds: secondsOf(read.decimal('budget_hours')),
  })
}
