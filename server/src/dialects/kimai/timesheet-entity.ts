// A time entry as it is shown: alone or in lists, with numbers or with objects around it.

import { type Decimal, decimal, divideDecimals, multiplyDecimals } from '../../core/decimal.ts'
import type { FoundRate } from '../../core/rates/precedence.ts'
import type { TimeEntry } from '../../core/time/nouns.ts'
import type { Desk } from './call.ts'
import { expandActivity, expandProject, orNull, type WireObject } from './entities.ts'
import { type Extras, inPortions, loadExtras } from './extras.ts'
import { seesRates } from './rights.ts'
import { lookAround, type Surroundings } from './surroundings.ts'
import { embedUser } from './user-entity.ts'
import { presentDecimal, presentInstant } from './wire.ts'

/** What a list shows: neither of the rates kept on the entry; with `expanded`, objects in place of numbers. */
export type Shape = { readonly single: boolean; readonly expanded: boolean }

type Facts = {
  readonly rates: ReadonlyMap<number, FoundRate>
  readonly tags: ReadonlyMap<number, string>
  readonly extrasOf: (id: number) => Extras
  readonly around: Surroundings | undefined
}

/** Digits of a computed rate. */
const rateScale = 4

const zero = decimal('0')
const secondsPerHour = decimal('3600')

/** Entries in their order, with everything loaded in batches. */
export async function showTimesheets(
  desk: Desk,
  entries: readonly TimeEntry[],
  shape: Shape,
): Promise<WireObject[]> {
  const { core, actor } = desk
  const tagIds = entries.flatMap((entry) => entry.tagIds)
  const tags = await inPortions(tagIds, (ids) => core.tags.byIds(actor, ids))
  const facts: Facts = {
    rates: await core.rates.ofEntries(actor, entries),
    tags: new Map(tags.map(({ id, name }) => [id, name])),
    extrasOf: await loadExtras(
      desk,
      'time_entry',
      entries.map(({ id }) => id),
    ),
    around: shape.expanded
      ? await lookAround(desk, {
          projectIds: entries.map(({ projectId }) => projectId),
          activityIds: entries.map(({ activityId }) => activityId),
          people: true,
        })
      : undefined,
  }
  const rated = seesRates(actor)
  return entries.map((entry) => presentTimesheet(entry, facts, shape, rated))
}

/** One entry alone. */
export async function showTimesheet(desk: Desk, entry: TimeEntry, expanded = false): Promise<WireObject> {
  const [shown = {}] = await showTimesheets(desk, [entry], { single: true, expanded })
  return shown
}

function presentTimesheet(entry: TimeEntry, facts: Facts, { single }: Shape, rated: boolean): WireObject {
  const { around } = facts
  const { projectId, activityId } = entry
  const project = around?.projects.get(projectId ?? 0)
  const activity = around?.activities.get(activityId ?? 0)
  return {
    activity:
      around === undefined ? activityId : activity === undefined ? null : expandActivity(activity, around),
    project: around === undefined ? projectId : project === undefined ? null : expandProject(project, around),
    user: around === undefined ? entry.personId : embedUser(entry.personId, around),
    tags: entry.tagIds.flatMap((id) => facts.tags.get(id) ?? []),
    id: entry.id,
    begin: presentInstant(entry.startedAt, entry.timeZone),
    end: entry.endedAt === null ? null : presentInstant(entry.endedAt, entry.timeZone),
    duration: entry.durationSeconds ?? 0,
    break: entry.breakSeconds,
    description: orNull(entry.description),
    ...(rated ? ratesOf(entry, facts.rates.get(entry.id), single) : {}),
    exported: entry.billed,
    billable: entry.billable,
    metaFields: facts.extrasOf(entry.id).meta,
  }
}

/** What the entry is worth. A running one is worth nothing yet; without a known cost it costs what it is worth. */
function ratesOf(entry: TimeEntry, found: FoundRate | undefined, single: boolean): WireObject {
  const { fixed = false, amount = zero, cost = null } = found ?? {}
  const seconds = entry.durationSeconds
  const worth = (hourly: Decimal) => (seconds === null ? zero : earned(hourly, seconds))
  const rate = fixed ? (seconds === null ? zero : amount) : worth(amount)
  return {
    rate: presentDecimal(rate),
    internalRate: presentDecimal(cost === null || fixed ? rate : worth(cost)),
    ...(single
      ? {
          fixedRate: fixed && found !== undefined ? presentDecimal(amount) : null,
          hourlyRate: fixed || found === undefined ? null : presentDecimal(amount),
        }
      : {}),
  }
}

/** `seconds / 3600 × hourly`, rounded once to four digits, half away from zero. */
export function earned(hourly: Decimal, seconds: number): Decimal {
  const product = multiplyDecimals(hourly, decimal(String(seconds)))
  return divideDecimals(product, secondsPerHour, rateScale, 'half-away-from-zero')
}
