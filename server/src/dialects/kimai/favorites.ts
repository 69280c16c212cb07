// Favourite timesheets: a list of numbers that each person keeps.

import type { Call, Desk } from './call.ts'
import { type Answer, empty, ok } from './errors.ts'
import { keepOwn, loadExtras } from './extras.ts'
import { showTimesheets } from './timesheet-entity.ts'
import { memberOf } from './users.ts'

/** Favourites of one person at most; the oldest go first. */
const most = 100

async function favoritesOf(desk: Desk): Promise<{ membershipId: number; ids: number[] }> {
  const { membership } = await memberOf(desk, desk.actor.personId)
  const extras = (await loadExtras(desk, 'membership', [membership.id]))(membership.id)
  const ids = (extras.own('favorites') ?? '').split(',').map(Number)
  return { membershipId: membership.id, ids: ids.filter((id) => Number.isSafeInteger(id) && id > 0) }
}

/** `GET /api/favorites/timesheets`. */
export async function listFavorites(call: Call): Promise<Answer> {
  const { ids } = await favoritesOf(call)
  const entries = (await call.core.time.byIds(call.actor, ids)).filter((entry) => entry.deletedAt === null)
  return ok(await showTimesheets(call, entries, { single: false, expanded: true }))
}

/** `POST /api/favorites/timesheets/{id}`. */
export async function addFavorite(call: Call): Promise<Answer> {
  const entry = await call.core.time.read(call.actor, call.id)
  await keep(call, (ids) => [...ids.filter((id) => id !== entry.id), entry.id].slice(-most))
  return empty
}

/** `DELETE /api/favorites/timesheets/{id}`. */
export async function removeFavorite(call: Call): Promise<Answer> {
  const entry = await call.core.time.read(call.actor, call.id)
  await keep(call, (ids) => ids.filter((id) => id !== entry.id))
  return empty
}

async function keep(desk: Desk, change: (ids: readonly number[]) => readonly number[]): Promise<void> {
  const { membershipId, ids } = await favoritesOf(desk)
  await keepOwn(desk, 'membership', membershipId, { favorites: change(ids).join(',') })
}
