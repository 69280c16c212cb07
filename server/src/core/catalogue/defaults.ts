// What a new entity of the catalogue is unless its creator says otherwise, and how long names may be.

import { decimal } from '../decimal.ts'
import type { Entities } from '../entity.ts'
import type { Fresh } from '../writing.ts'
import { maxCategoryName, maxTagName } from './nouns.ts'

/** Nouns that the catalogue's verbs keep. */
export const catalogueNouns = [
  'client',
  'contact',
  'project',
  'task_list',
  'activity',
  'category',
  'tag',
  'tax_rate',
  'product',
  'ledger_account',
  'team',
  'custom_field',
] as const
export type CatalogueNoun = (typeof catalogueNouns)[number]

/** The fields of a noun that its creator decides. */
export type Fields<N extends CatalogueNoun> = Omit<Fresh<N>, 'organizationId'>

/** Fields that have no default: they must be given. */
const required = {
  client: ['name'],
  contact: ['clientId'],
  project: ['name'],
  task_list: ['name', 'projectId'],
  activity: ['name'],
  category: ['name'],
  tag: ['name'],
  tax_rate: ['name', 'percent'],
  product: ['name', 'unitPrice'],
  ledger_account: ['name'],
  team: ['name'],
  custom_field: ['name', 'subjectNoun'],
} as const satisfies { readonly [N in CatalogueNoun]: readonly (keyof Entities[N])[] }

type Required<N extends CatalogueNoun> = (typeof required)[N][number] & keyof Fields<N>

/** What a caller gives: the required fields, and any others. */
export type CatalogueInput<N extends CatalogueNoun> = Partial<Fields<N>> & Pick<Fields<N>, Required<N>>

const budget = { budgetMinor: null, budgetSeconds: null, budgetPeriod: 'total' } as const
const shown = { comment: '', color: '', state: 'active' } as const

/** What is not given. */
export const defaults: { readonly [N in CatalogueNoun]: Omit<Fields<N>, Required<N>> } = {
  client: {
    number: '',
    currency: null,
    contactPerson: '',
    email: '',
    phone: '',
    website: '',
    addressLine1: '',
    addressLine2: '',
    postalCode: '',
    city: '',
    region: '',
    country: '',
    taxNumber: '',
    billable: true,
    ...budget,
    ...shown,
  },
  contact: {
    firstName: '',
    lastName: '',
    email: '',
    phone: '',
    mobile: '',
    department: '',
    jobTitle: '',
    comment: '',
    main: false,
  },
  project: {
    clientId: null,
    code: '',
    billable: true,
    hourlyRate: null,
    startsOn: null,
    endsOn: null,
    memberIds: [],
    managerIds: [],
    ...budget,
    ...shown,
  },
  task_list: { position: 0, ...shown },
  activity: {
    projectId: null,
    taskListId: null,
    code: '',
    billable: true,
    hourlyRate: null,
    position: 0,
    priority: 50,
    startsOn: null,
    dueOn: null,
    completedAt: null,
    completedById: null,
    assigneeIds: [],
    ...budget,
    ...shown,
  },
  category: { unit: null, unitPrice: null, ...shown },
  tag: { color: '', state: 'active' },
  tax_rate: { country: '', ...shown },
  product: { identifier: '', currency: null, taxRateId: null, ledgerAccountId: null, ...shown },
  ledger_account: { number: '', kind: 'revenue', ...shown },
  team: { memberIds: [], leadIds: [], clientIds: [], projectIds: [], activityIds: [], ...shown },
  custom_field: { label: '', ...shown },
}

/** Longest name of each noun, in UTF-16 units; its other short texts have the same limit. */
export const maxNames: { readonly [N in CatalogueNoun]: number } = {
  client: 200,
  contact: 200,
  project: 200,
  task_list: 200,
  activity: 200,
  category: maxCategoryName,
  tag: maxTagName,
  tax_rate: 100,
  product: 200,
  ledger_account: 100,
  team: 100,
  custom_field: 100,
}

/** A percentage above this is a typing mistake. */
export const maxPercent = decimal('1000')
