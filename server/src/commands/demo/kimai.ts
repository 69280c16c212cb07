// What Kimai shows and no other door of the studio needed so far: custom fields, teams, and rates of their own.

import type { Project } from '../../core/catalogue/nouns.ts'
import { decimal } from '../../core/decimal.ts'
import type { SubjectNoun } from '../../core/notes/nouns.ts'
import type { Founded } from './cast.ts'
import type { Stage } from './stage.ts'

const customFields: readonly { subjectNoun: SubjectNoun; name: string; label: string }[] = [
  { subjectNoun: 'client', name: 'purchase-order', label: 'Purchase order' },
  { subjectNoun: 'client', name: 'payment-days', label: 'Days to pay' },
  { subjectNoun: 'project', name: 'cost-centre', label: 'Cost centre' },
  { subjectNoun: 'expense', name: 'order-number', label: 'Order number' },
  { subjectNoun: 'time_entry', name: 'location', label: 'Location' },
]

const teams = [
  {
    name: 'Web',
    color: '#1f6feb',
    leads: ['joris'],
    members: ['joris', 'tom', 'lena'],
    clients: ['Brightwater Brewing Co.'],
    projects: ['Online shop', 'Booking site'],
  },
  {
    name: 'Print',
    color: '#bf3989',
    leads: ['anke'],
    members: ['anke', 'lena'],
    clients: [],
    projects: ['Annual report 2025', 'Brand guide'],
  },
]

/** Adds them at the stage's present instant, as the owner. */
export async function addTeamwork(
  { core }: Stage,
  { actor, people }: Founded,
  clientIds: ReadonlyMap<string, number>,
  projects: ReadonlyMap<string, Project>,
): Promise<void> {
  const owner = actor('marit')
  const idOf = (username: string) => people.find((person) => person.username === username)?.id ?? 0
  const projectId = (name: string) => projects.get(name)?.id ?? 0
  for (const field of customFields) await core.customFields.add(owner, field)
  for (const team of teams) {
    await core.teams.add(owner, {
      name: team.name,
      color: team.color,
      memberIds: team.members.map(idOf),
      leadIds: team.leads.map(idOf),
      clientIds: team.clients.map((name) => clientIds.get(name) ?? 0),
      projectIds: team.projects.map(projectId),
    })
  }
  const client = clientIds.get('Kestrel & Finch Ltd') ?? 0
  await core.rates.add(owner, { clientId: client, amount: decimal('92.50'), costAmount: decimal('60') })
  const [signage, tom] = [projectId('Port signage'), idOf('tom')]
  await core.rates.add(owner, { projectId: signage, personId: tom, amount: decimal('88') })
}
