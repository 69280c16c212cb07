// Every address of the door with the handler of each method, in the order of Kimai's own documentation.

import type { Noun } from '../../core/entity.ts'
import { activities, listActivities } from './activities.ts'
import type { Handler } from './call.ts'
import { commentHandlers } from './comments.ts'
import { customers, listCustomers } from './customers.ts'
import {
  createExpense,
  deleteExpense,
  duplicateExpense,
  listCategories,
  listExpenses,
  readExpense,
  setExpenseMeta,
  updateExpense,
} from './expenses.ts'
import { addFavorite, listFavorites, removeFavorite } from './favorites.ts'
import { deleteInvoice, downloadInvoice, listInvoices, readInvoice, setInvoiceFields } from './invoices.ts'
import { duplicateProject, listProjects, projects } from './projects.ts'
import { rateHandlers } from './rates.ts'
import { listPlugins, ping, readColors, readFormats, readTimesheetConfig, readVersion } from './system.ts'
import { createTag, deleteTag, findTagsByName, listTagNames } from './tags.ts'
import {
  createTeam,
  deleteTeam,
  listTeams,
  readTeam,
  type TeamList,
  teamListHandlers,
  updateTeam,
} from './teams.ts'
import {
  createTimesheet,
  deleteTimesheet,
  duplicateTimesheet,
  listActive,
  listRecent,
  listTimesheets,
  readTimesheet,
  restartTimesheet,
  setTimesheetMeta,
  stopTimesheet,
  toggleExported,
  updateTimesheet,
} from './timesheets.ts'
import { createUser, deleteToken, listUsers, readMe, readUser, setPreferences, updateUser } from './users.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

export type Route = {
  readonly path: string
  readonly methods: { readonly [M in Method]?: Handler }
  /** What `:id` is the number of, where a record of somebody else is 403 and not 404. */
  readonly noun?: Noun
}

const expense = { noun: 'expense' } as const
const timesheet = { noun: 'time_entry' } as const

const rates = {
  client: rateHandlers('client'),
  project: rateHandlers('project'),
  activity: rateHandlers('activity'),
}
const comments = { client: commentHandlers('client'), project: commentHandlers('project') }

function ratesBelow(path: string, handlers: ReturnType<typeof rateHandlers>): Route[] {
  return [
    { path: `${path}/:id/rates`, methods: { GET: handlers.list, POST: handlers.add } },
    { path: `${path}/:id/rates/:other`, methods: { DELETE: handlers.remove } },
  ]
}

function commentsBelow(path: string, handlers: ReturnType<typeof commentHandlers>): Route[] {
  return [
    { path: `${path}/:id/comments`, methods: { GET: handlers.list, POST: handlers.add } },
    { path: `${path}/:id/comments/:other`, methods: { DELETE: handlers.remove } },
    { path: `${path}/:id/comments/:other/pin`, methods: { PATCH: handlers.pin } },
  ]
}

function teamLists(...lists: readonly TeamList[]): Route[] {
  return lists.map((list) => {
    const handlers = teamListHandlers(list)
    return { path: `/api/teams/:id/${list}/:other`, methods: { POST: handlers.add, DELETE: handlers.remove } }
  })
}

/** All routes. A method that is missing is answered 405. README lists the same. */
export const routes: readonly Route[] = [
  { path: '/api/ping', methods: { GET: ping } },
  { path: '/api/version', methods: { GET: readVersion } },
  { path: '/api/plugins', methods: { GET: listPlugins } },
  { path: '/api/config/timesheet', methods: { GET: readTimesheetConfig } },
  { path: '/api/config/colors', methods: { GET: readColors } },
  { path: '/api/config/i18n', methods: { GET: readFormats } },

  { path: '/api/expenses', methods: { GET: listExpenses, POST: createExpense } },
  { path: '/api/expenses/categories', methods: { GET: listCategories } },
  {
    path: '/api/expenses/:id',
    methods: { GET: readExpense, PATCH: updateExpense, DELETE: deleteExpense },
    ...expense,
  },
  { path: '/api/expenses/:id/duplicate', methods: { PATCH: duplicateExpense }, ...expense },
  { path: '/api/expenses/:id/meta', methods: { PATCH: setExpenseMeta }, ...expense },

  { path: '/api/timesheets', methods: { GET: listTimesheets, POST: createTimesheet } },
  { path: '/api/timesheets/recent', methods: { GET: listRecent } },
  { path: '/api/timesheets/active', methods: { GET: listActive } },
  {
    path: '/api/timesheets/:id',
    methods: { GET: readTimesheet, PATCH: updateTimesheet, DELETE: deleteTimesheet },
    ...timesheet,
  },
  { path: '/api/timesheets/:id/stop', methods: { PATCH: stopTimesheet }, ...timesheet },
  { path: '/api/timesheets/:id/restart', methods: { PATCH: restartTimesheet }, ...timesheet },
  { path: '/api/timesheets/:id/duplicate', methods: { PATCH: duplicateTimesheet }, ...timesheet },
  { path: '/api/timesheets/:id/export', methods: { PATCH: toggleExported }, ...timesheet },
  { path: '/api/timesheets/:id/meta', methods: { PATCH: setTimesheetMeta }, ...timesheet },

  { path: '/api/customers', methods: { GET: listCustomers, POST: customers.create } },
  {
    path: '/api/customers/:id',
    methods: { GET: customers.read, PATCH: customers.update, DELETE: customers.remove },
  },
  { path: '/api/customers/:id/meta', methods: { PATCH: customers.meta } },
  { path: '/api/customers/:id/team', methods: { POST: customers.team } },
  ...ratesBelow('/api/customers', rates.client),
  ...commentsBelow('/api/customers', comments.client),

  { path: '/api/projects', methods: { GET: listProjects, POST: projects.create } },
  {
    path: '/api/projects/:id',
    methods: { GET: projects.read, PATCH: projects.update, DELETE: projects.remove },
  },
  { path: '/api/projects/:id/meta', methods: { PATCH: projects.meta } },
  { path: '/api/projects/:id/team', methods: { POST: projects.team } },
  { path: '/api/projects/:id/duplicate', methods: { POST: duplicateProject } },
  ...ratesBelow('/api/projects', rates.project),
  ...commentsBelow('/api/projects', comments.project),

  { path: '/api/activities', methods: { GET: listActivities, POST: activities.create } },
  {
    path: '/api/activities/:id',
    methods: { GET: activities.read, PATCH: activities.update, DELETE: activities.remove },
  },
  { path: '/api/activities/:id/meta', methods: { PATCH: activities.meta } },
  { path: '/api/activities/:id/team', methods: { POST: activities.team } },
  ...ratesBelow('/api/activities', rates.activity),

  { path: '/api/tags', methods: { GET: listTagNames, POST: createTag } },
  { path: '/api/tags/find', methods: { GET: findTagsByName } },
  { path: '/api/tags/:id', methods: { DELETE: deleteTag } },

  { path: '/api/users', methods: { GET: listUsers, POST: createUser } },
  { path: '/api/users/me', methods: { GET: readMe } },
  { path: '/api/users/:id', methods: { GET: readUser, PATCH: updateUser } },
  { path: '/api/users/:id/preferences', methods: { PATCH: setPreferences } },
  { path: '/api/users/api-token/:id', methods: { DELETE: deleteToken } },

  { path: '/api/teams', methods: { GET: listTeams, POST: createTeam } },
  { path: '/api/teams/:id', methods: { GET: readTeam, PATCH: updateTeam, DELETE: deleteTeam } },
  ...teamLists('members', 'customers', 'projects', 'activities'),

  { path: '/api/invoices', methods: { GET: listInvoices } },
  { path: '/api/invoices/:id', methods: { GET: readInvoice, DELETE: deleteInvoice } },
  { path: '/api/invoices/:id/download', methods: { GET: downloadInvoice } },
  { path: '/api/invoices/:id/custom-fields', methods: { PATCH: setInvoiceFields } },

  { path: '/api/favorites/timesheets', methods: { GET: listFavorites } },
  {
    path: '/api/favorites/timesheets/:id',
    methods: { POST: addFavorite, DELETE: removeFavorite },
    ...timesheet,
  },
]

/** Addresses of the original that are not served: pages and inner workings of its own web interface. */
export const refused: readonly string[] = [
  '/api/doc',
  '/api/doc.json',
  '/api/dashboard/widgets',
  '/api/actions/:subject/:id/:view/:locale',
  '/api/export/:id',
]
