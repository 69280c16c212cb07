// What customers, projects and activities have in common: read, create, update, delete, custom fields, teams.

import type { Team } from '../../core/catalogue/nouns.ts'
import type { Decimal } from '../../core/decimal.ts'
import { type Currency, toMinor } from '../../core/money.ts'
import { fold } from '../../core/text.ts'
import type { Pairs } from '../../http/pairs.ts'
import { type Call, type Desk, type Handler, together } from './call.ts'
import type { Depth, WireObject } from './entities.ts'
import { type Answer, empty, gone, ok } from './errors.ts'
import { keepMeta } from './extras.ts'
import { color, duration, flag, number, oneOf, references, text } from './fields.ts'
import { type Fields, type Form, submit, type Values, wrongChoice } from './form.ts'
import { choice, descending } from './query.ts'
import { loadTeams } from './surroundings.ts'

/** The nouns that hold work and spending. */
export type Holder = 'client' | 'project' | 'activity'

/** A thing that such a noun is. */
type Entity = { readonly id: number; readonly name: string }

/** What is special of one noun. `E` is the entity, `F` its form. */
export type Kind<E extends Entity, F extends Fields> = {
  readonly noun: Holder
  readonly read: (desk: Desk, id: number) => Promise<E>
  /** The form as it changes this entity, or for `undefined` makes one. */
  readonly form: (before: E | undefined) => Form<F>
  readonly create: (desk: Desk, values: Values<F>) => Promise<E>
  readonly update: (desk: Desk, before: E, values: Values<F>) => Promise<E>
  readonly remove: (desk: Desk, id: number) => Promise<void>
  readonly show: (desk: Desk, entities: readonly E[], depth: Depth) => Promise<WireObject[]>
}

/** Fields that all three forms have. */
export const sharedFields = {
  comment: text(20_000),
  invoiceText: text(20_000),
  color,
  visible: flag,
  billable: flag,
  budget: number,
  timeBudget: duration,
  budgetType: oneOf('month'),
}

/** On creating alone; later the teams' own endpoints are asked. */
export const teamsField = { teams: references }

/** Where the core's inputs stand in these forms. */
export const sharedPaths = { budgetMinor: 'budget', budgetSeconds: 'timeBudget' } as const

type SharedValues = Values<typeof sharedFields>

/** The shared fields as the core takes them; absent ones stay away. */
export function parseShared(values: SharedValues, currency: Currency) {
  const { comment, visible, billable, budget, timeBudget, budgetType } = values
  return {
    ...(comment === undefined ? {} : { comment }),
    ...(values.color === undefined ? {} : { color: values.color }),
    ...(visible === undefined ? {} : { state: visible ? ('active' as const) : ('archived' as const) }),
    ...(billable === undefined ? {} : { billable }),
    ...(budget === undefined ? {} : { budgetMinor: minorOf(budget, currency) }),
    ...(timeBudget === undefined ? {} : { budgetSeconds: timeBudget || null }),
    ...(budgetType === undefined ? {} : { budgetPeriod: 'month' as const }),
  }
}

// No budget and one of nothing are the same here.
function minorOf(budget: Decimal | null, currency: Currency): bigint | null {
  return budget === null ? null : toMinor(budget, currency, 'half-away-from-zero') || null
}

/** Puts a new entity into teams. Throws `invalid` at `teams` for one that is not there. */
export async function joinTeams(
  { core, actor }: Desk,
  field: 'clientIds' | 'projectIds' | 'activityIds',
  id: number,
  teamIds: readonly number[] = [],
): Promise<void> {
  const teams = await core.teams.byIds(actor, teamIds)
  for (const teamId of teamIds) {
    const team = teams.find((each) => each.id === teamId && each.deletedAt === null)
    if (team === undefined) throw wrongChoice('teams')
    await core.teams.update(actor, teamId, { [field]: [...team[field], id] })
  }
}

/** The handlers of one noun. */
export function handlersOf<E extends Entity, F extends Fields>(kind: Kind<E, F>) {
  const { noun } = kind

  async function single(desk: Desk, entity: E, status = 200): Promise<Answer> {
    const [shown = {}] = await kind.show(desk, [entity], 'single')
    return ok(shown, status)
  }

  const handlers = {
    async read(call) {
      return { ...(await single(call, await kind.read(call, call.id))), lasting: true }
    },
    create: (call) =>
      submit(call, kind.form(undefined), 'create', (values) =>
        together(call, async (desk) => single(desk, await kind.create(desk, values))),
      ),
    async update(call) {
      const before = await kind.read(call, call.id)
      return submit(call, kind.form(before), 'change', (values) =>
        together(call, async (desk) => single(desk, await kind.update(desk, before, values))),
      )
    },
    async remove(call) {
      // What is gone is not there any more, the second time too.
      await together(call, async (desk) => {
        await kind.read(desk, call.id)
        await kind.remove(desk, call.id)
      })
      return empty
    },
    meta: (call) =>
      together(call, async (desk) => {
        const entity = await kind.read(desk, call.id)
        await keepMeta(call, desk, noun, call.id)
        return single(desk, entity)
      }),
    async team() {
      return gone('This endpoint was removed, use "POST /api/teams/" instead.')
    },
  } as const satisfies Readonly<Record<string, Handler>>
  return handlers
}

/** A list that is always sent whole, by name unless asked otherwise. */
export async function listWhole<E extends Entity>(
  call: Call,
  entities: readonly E[],
  parentOf: ((entity: E) => string) | undefined,
  present: (entities: readonly E[], teams: readonly Team[]) => Promise<WireObject[]>,
): Promise<Answer> {
  const sorted = sortByQuery(call.query, entities, parentOf)
  return ok(await present(sorted, await loadTeams(call)))
}

function sortByQuery<E extends Entity>(
  query: Pairs,
  entities: readonly E[],
  parentOf: ((entity: E) => string) | undefined,
): E[] {
  const by = choice(query, 'orderBy', ['id', 'name', 'customer', 'project']) ?? 'name'
  const keyOf = (entity: E) => fold(by === 'name' ? entity.name : (parentOf?.(entity) ?? entity.name))
  const turn = descending(query, 'ASC') ? -1 : 1
  const keys = new Map(entities.map((entity) => [entity, by === 'id' ? '' : keyOf(entity)]))
  const compare = (a: E, b: E) => {
    const [x = '', y = ''] = [keys.get(a), keys.get(b)]
    return turn * (x < y ? -1 : x > y ? 1 : a.id - b.id)
  }
  return [...entities].sort(compare)
}
