// Which of the things a form refers to are not there, so that a failure can name all of them at once.

import type { Desk } from './call.ts'

/** What a reference field chooses from. */
export type Choice = 'client' | 'project' | 'activity' | 'category' | 'person'

/** The fields whose number leads to nothing live of the organization. */
export async function unknownChoices(
  desk: Desk,
  choices: Readonly<Record<string, Choice>>,
  values: Readonly<Record<string, unknown>>,
): Promise<string[]> {
  const unknown: string[] = []
  for (const [field, choice] of Object.entries(choices)) {
    const id = values[field]
    if (typeof id === 'number' && !(await isThere(desk, choice, id))) unknown.push(field)
  }
  return unknown
}

async function isThere({ core, actor }: Desk, choice: Choice, id: number): Promise<boolean> {
  if (choice === 'person') {
    return (await core.organizations.listMembers(actor)).some(({ person }) => person.id === id)
  }
  const verbs = {
    client: core.clients,
    project: core.projects,
    activity: core.activities,
    category: core.categories,
  }[choice]
  return (await verbs.byIds(actor, [id])).some((entity) => entity.deletedAt === null)
}
