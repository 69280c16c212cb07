// Founds Harbour Studio: the organization, its people and everything that work is sorted by.

import type { Actor } from '../../core/actor.ts'
import type { Activity, Project } from '../../core/catalogue/nouns.ts'
import type { Founded } from './cast.ts'
import { found } from './cast.ts'
import { studioPeople } from './people.ts'
import type { Stage } from './stage.ts'
import { activities, categories, clients, projects, studio, tags } from './world.ts'

export type Harbour = Founded & {
  readonly clientId: (name: string) => number
  readonly project: (name: string) => Project
  /** The activity of that name in the project, else the one across all. */
  readonly activity: (name: string, projectId: number) => Activity
}

/** Founds the studio at the stage's present instant. */
export async function foundHarbour(stage: Stage): Promise<Harbour> {
  const { core } = stage
  const founded = await found(stage, studio, studioPeople)
  const owner = founded.actor('marit')
  const clientIds = new Map<string, number>()
  for (const row of clients) clientIds.set(row.name, (await core.clients.add(owner, row)).id)
  const projectsByName = new Map<string, Project>()
  for (const { client, ...row } of projects) {
    const clientId = client === null ? null : known(clientIds, client)
    projectsByName.set(row.name, await core.projects.add(owner, { ...row, clientId }))
  }
  const made: Activity[] = []
  for (const { project, ...row } of activities) {
    const projectId = project === null ? null : known(projectsByName, project).id
    made.push(await core.activities.add(owner, { ...row, projectId }))
  }
  for (const row of categories) await core.categories.add(owner, row)
  for (const row of tags) await core.tags.add(owner, row)
  await describe(stage, owner, clientIds, projectsByName)
  return {
    ...founded,
    clientId: (name) => known(clientIds, name),
    project: (name) => known(projectsByName, name),
    activity(name, projectId) {
      const own = made.find((activity) => activity.name === name && activity.projectId === projectId)
      const found = own ?? made.find((activity) => activity.name === name && activity.projectId === null)
      if (found === undefined) throw new RangeError(`No activity ${name}.`)
      return found
    },
  }
}

/** Values of the studio's own that no field of the book has. */
async function describe(
  { core }: Stage,
  owner: Actor,
  clientIds: ReadonlyMap<string, number>,
  projectsByName: ReadonlyMap<string, Project>,
): Promise<void> {
  const noordzee = known(clientIds, 'Noordzee Shipping B.V.')
  const fleet = known(projectsByName, 'Fleet portal').id
  const { setProperty } = core.notes
  await setProperty(owner, { noun: 'client', id: noordzee }, 'organization', 'purchase-order', 'PO-2025-7781')
  await setProperty(owner, { noun: 'client', id: noordzee }, 'organization', 'payment-days', '30')
  await setProperty(owner, { noun: 'project', id: fleet }, 'organization', 'cost-centre', 'KST 4100')
  const shop = known(projectsByName, 'Online shop').id
  await setProperty(owner, { noun: 'project', id: shop }, 'organization', 'cost-centre', 'KST 4200')
}

function known<T>(map: ReadonlyMap<string, T>, name: string): T {
  const value = map.get(name)
  if (value === undefined) throw new RangeError(`Nothing is named ${name}.`)
  return value
}
