// Task lists: activities of one project that belong together.

import type { TaskList } from '../../core/catalogue/nouns.ts'
import { choice, idOf, keptFields, prose, whole, words } from '../fields.ts'
import { catalogueSorts, equals, keptFilters } from '../filters.ts'
import { ids, names, oneOf, search } from '../parameters.ts'
import { catalogueVerbs, relationTo, resource } from '../resource.ts'
import { states } from './clients.ts'
import { projects } from './projects.ts'

/** Task lists. */
export const taskLists = resource({
  noun: 'task_list',
  object: 'task_list',
  type: 'TaskList',
  types: 'TaskLists',
  path: 'task-lists',
  one: 'a task list',
  many: 'Task lists',
  about: 'Activities of one project that belong together.',
  fields: {
    project_id: idOf('projectId', { required: true }),
    name: words('name', { required: true }),
    comment: prose('comment'),
    color: words('color'),
    position: whole('position', 0, 1_000_000),
    state: choice('state', states),
    ...keptFields,
  },
  filters: {
    ...keptFilters,
    project_id: equals(ids, 'projectIds'),
    name: equals(names, 'names'),
    search: equals(search, 'text', 'A text in the name, letter case aside.'),
    state: equals(oneOf(states), 'state'),
  },
  sorts: { ...catalogueSorts, position: 'position' },
  order: 'position',
  relations: { project: relationTo(projects, (list: TaskList) => list.projectId) },
  verbs: catalogueVerbs(({ taskLists }) => taskLists),
  examples: { create: { project_id: 1, name: 'Print run' }, update: { position: 2 } },
})
