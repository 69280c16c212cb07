// The rules of the catalogue's fields, the same for every noun that has them.

import { checkMember, checkReference } from '../context.ts'
import { compareDecimals, type Decimal, isNegative } from '../decimal.ts'
import type { Entities, Noun } from '../entity.ts'
import { invalid } from '../errors.ts'
import { maxAmountMinor } from '../money.ts'
import { maxIds } from '../page.ts'
import { fold, maxTextLength, name, text } from '../text.ts'
import type { Change } from '../writing.ts'
import { type CatalogueNoun, type Fields, maxNames, maxPercent } from './defaults.ts'

// Names of these are unique in an organization, letter case aside: people type them instead of picking an id.
const uniqueNames: ReadonlySet<Noun> = new Set<Noun>(['category', 'tag'])

/** What a field that names one other entity points to. */
const references: Readonly<Record<string, Noun>> = {
  clientId: 'client',
  projectId: 'project',
  taskListId: 'task_list',
  taxRateId: 'tax_rate',
  ledgerAccountId: 'ledger_account',
}

/** What a field that names several others points to. */
const lists: Readonly<Record<string, Noun>> = {
  memberIds: 'membership',
  managerIds: 'membership',
  assigneeIds: 'membership',
  leadIds: 'membership',
  clientIds: 'client',
  projectIds: 'project',
  activityIds: 'activity',
}

/**
 * Fields of an input, trimmed and checked against the rules of its noun; `before` is the entity they change.
 * Throws `invalid` at the first wrong one.
 */
export async function checkFields<N extends CatalogueNoun>(
  change: Change,
  organizationId: number,
  noun: N,
  input: Partial<Fields<N>>,
  before: Entities[N] | undefined,
): Promise<Partial<Fields<N>>> {
  const fields: Record<string, unknown> = { ...input }
  for (const [field, value] of Object.entries(fields)) {
    if (typeof value === 'string') fields[field] = checkText(noun, field, value)
    if (typeof value === 'number' || typeof value === 'bigint') checkNumber(field, value)
    const target = references[field]
    // What was taken before it went may stay.
    const same = before !== undefined && (before as unknown as Record<string, unknown>)[field] === value
    if (target !== undefined && typeof value === 'number' && !same) {
      await checkReference(change, organizationId, target, field, value)
    }
    const others = lists[field]
    if (others !== undefined && Array.isArray(value)) {
      fields[field] = await checkList(change, organizationId, others, field, value, listOf(before, field))
    }
  }
  const whole = { ...before, ...fields } as Partial<Entities['activity' & N]>
  await checkTogether(change, noun, whole, fields)
  if (typeof fields.name === 'string') {
    await checkName(change, organizationId, noun, fields.name, before, whole as { subjectNoun?: string })
  }
  return fields as Partial<Fields<N>>
}

function checkText(noun: CatalogueNoun, field: string, value: string): string {
  if (field === 'percent') return checkDecimal(field, value as Decimal, maxPercent)
  if (field === 'comment') return text(field, value, maxTextLength)
  return field === 'name' ? name(field, value, maxNames[noun]) : text(field, value, maxNames[noun])
}

function checkDecimal(field: string, value: Decimal, most: Decimal): string {
  if (isNegative(value) || compareDecimals(value, most) > 0) {
    throw invalid(field, 'range', `This is 0 to ${most}.`)
  }
  return value
}

const ranges: Readonly<Record<string, readonly [number, number]>> = {
  budgetSeconds: [0, Number.MAX_SAFE_INTEGER],
  position: [0, 1_000_000_000],
  priority: [0, 100],
}

function checkNumber(field: string, value: number | bigint): void {
  if (field === 'budgetMinor' && (value < 0n || value > maxAmountMinor)) {
    throw invalid(field, 'range', `A budget is 0 to ${maxAmountMinor} minor units.`)
  }
  const range = ranges[field]
  if (range === undefined) return
  if (!Number.isSafeInteger(value) || value < range[0] || value > range[1]) {
    throw invalid(field, 'range', `This is a whole number, ${range[0]} to ${range[1]}.`)
  }
}

async function checkList(
  change: Change,
  organizationId: number,
  noun: Noun,
  field: string,
  ids: readonly number[],
  known: readonly number[],
): Promise<number[]> {
  const unique = [...new Set(ids)]
  if (unique.length > maxIds) throw invalid(field, 'too_many', `At most ${maxIds} of them.`)
  for (const id of unique) {
    if (known.includes(id)) continue
    if (noun === 'membership') await checkMember(change, organizationId, field, id)
    else await checkReference(change, organizationId, noun, field, id)
  }
  return unique
}

async function checkTogether(
  change: Change,
  noun: Noun,
  { projectId, taskListId }: { projectId?: number | null; taskListId?: number | null },
  fields: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (noun === 'contact' && fields.firstName === '' && fields.lastName === '') {
    throw invalid('lastName', 'required', 'A contact needs a name.')
  }
  const moved = Object.hasOwn(fields, 'taskListId') || Object.hasOwn(fields, 'projectId')
  if (noun !== 'activity' || !moved || taskListId === null || taskListId === undefined) return
  const list = await change.read('task_list', taskListId)
  if (list.projectId !== projectId) {
    throw invalid('taskListId', 'unknown_value', 'The task list belongs to another project.')
  }
}

async function checkName(
  change: Change,
  organizationId: number,
  noun: CatalogueNoun,
  wanted: string,
  before: { readonly id: number } | undefined,
  { subjectNoun }: { readonly subjectNoun?: string },
): Promise<void> {
  const isField = noun === 'custom_field'
  if (!isField && !uniqueNames.has(noun)) return
  const known = await change.tx.list(noun as 'custom_field', { organizationId, names: [wanted] })
  const twin = known.find(
    (entity) =>
      entity.id !== before?.id &&
      fold(entity.name) === fold(wanted) &&
      (!isField || entity.subjectNoun === subjectNoun),
  )
  if (twin !== undefined) {
    throw invalid('name', 'taken', `There is a ${noun.replace('_', ' ')} of this name already.`)
  }
}

function listOf(entity: object | undefined, field: string): readonly number[] {
  const value = (entity as Readonly<Record<string, unknown>> | undefined)?.[field]
  return Array.isArray(value) ? value : []
}
