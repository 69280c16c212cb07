// Activities: kinds of work, inside one project or across all; some are tasks that end.

import type { Activity } from '../../core/catalogue/nouns.ts'
import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import { budgeted, budgetFields } from '../budgets.ts'
import { clientBehind, currencyOf, loadPayers, rate } from '../currencies.ts'
import {
  choice,
  day,
  flag,
  type Given,
  idList,
  instant,
  keptFields,
  prose,
  readOnly,
  reference,
  whole,
  words,
} from '../fields.ts'
import { catalogueSorts, equals, keptFilters } from '../filters.ts'
import type { Look } from '../look.ts'
import { ids, names, oneOf, search, yesOrNo } from '../parameters.ts'
import { relationTo, resource } from '../resource.ts'
import { states } from './clients.ts'
import { projects } from './projects.ts'
import { taskLists } from './task-lists.ts'

type Input = CatalogueInput<'activity'>

const currency = (activity: Activity, look: Look) => currencyOf(look, clientBehind(look, activity))

/** Activities. */
export const activities = resource({
  noun: 'activity',
  object: 'activity',
  type: 'Activity',
  types: 'Activities',
  path: 'activities',
  one: 'an activity',
  many: 'Activities',
  about: 'A kind of work: of one project, or with `project_id` null of all. It may be a task that ends.',
  fields: {
    project_id: reference('projectId'),
    task_list_id: reference('taskListId', { about: 'A task list of the same project.' }),
    name: words('name', { required: true }),
    code: words('code'),
    comment: prose('comment'),
    color: words('color'),
    billable: flag('billable'),
    hourly_rate: rate('hourlyRate', 'Price of an hour.', currency),
    ...budgetFields(currency),
    position: whole('position', 0, 1_000_000_000),
    priority: whole('priority', 0, 100, { about: '0 to 100; most are 50.' }),
    starts_on: day('startsOn'),
    due_on: day('dueOn'),
    completed_at: readOnly<Activity>(instant('completedAt', { about: 'Null while there is work left.' })),
    completed_by_id: readOnly<Activity>(reference('completedById')),
    assignee_ids: idList('assigneeIds', 'Who is to do it; nobody: everyone.'),
    state: choice('state', states),
    ...keptFields,
  },
  filters: {
    ...keptFilters,
    project_id: equals(ids, 'projectIds'),
    task_list_id: equals(ids, 'taskListIds'),
    global: equals(yesOrNo, 'global', 'true: those of no project only.'),
    name: equals(names, 'names'),
    search: equals(search, 'text', 'A text in the name, letter case aside.'),
    state: equals(oneOf(states), 'state'),
  },
  sorts: { ...catalogueSorts, position: 'position', priority: 'priority' },
  order: 'id',
  relations: {
    project: relationTo(projects, (activity: Activity) => activity.projectId),
    task_list: relationTo(taskLists, (activity: Activity) => activity.taskListId),
  },
  load: loadPayers,
  verbs: {
    add: async (core, actor, given) =>
      core.activities.add(actor, (await budgeted(core, actor, given, given)) as unknown as Input),
    async update(core, actor, id, given) {
      const before: Given = 'budget' in given ? { ...(await core.reading.read(actor, 'activity', id)) } : {}
      return core.activities.update(actor, id, await budgeted(core, actor, given, { ...before, ...given }))
    },
    remove: (core, actor, id) => core.activities.remove(actor, id),
    restore: (core, actor, id) => core.activities.restore(actor, id),
  },
  examples: {
    create: { name: 'Proofreading', billable: true, hourly_rate: { amount: '60.00' } },
    update: { code: 'PROOF', priority: 70 },
  },
})
