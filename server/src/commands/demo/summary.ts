// What the demo tells of itself when it is done: who there is and how to come in through every door.

import type { DemoPerson, Founded } from './cast.ts'

/** Printed as JSON by the command; tests and acceptance runs rely on these names. */
export type DemoSummary = {
  readonly organizations: readonly {
    readonly id: number
    readonly name: string
    readonly currency: string
    readonly timeZone: string
  }[]
  readonly people: readonly DemoPerson[]
  /** `base` is what a user of that service's clients configures. */
  readonly doors: {
    readonly native: { readonly base: string; readonly token: string }
    readonly kimai: { readonly base: string; readonly user: string; readonly token: string }
    readonly xpenser: { readonly base: string; readonly user: string; readonly password: string }
    readonly expensicat: { readonly base: string; readonly token: string }
    readonly paymo: {
      readonly base: string
      readonly user: string
      readonly password: string
      readonly apiKey: string
    }
    readonly moneybird: { readonly base: string; readonly administrationId: string; readonly token: string }
  }
}

/** The summary. The studio's owner comes in everywhere but at Xpenser, which is the freelancer's. */
export function summarize(publicUrl: string, studio: Founded, freelance: Founded): DemoSummary {
  const base = publicUrl.replace(/\/+$/, '')
  const owner = ownerOf(studio)
  const user = ownerOf(freelance)
  const { token } = owner
  return {
    organizations: [studio, freelance].map(({ organization: { id, name, currency, timeZone } }) => ({
      id,
      name,
      currency,
      timeZone,
    })),
    people: [...studio.people, ...freelance.people],
    doors: {
      native: { base: `${base}/api/v1`, token },
      kimai: { base: `${base}/kimai`, user: owner.username, token },
      xpenser: { base: `${base}/xpenser`, user: user.username, password: user.password },
      expensicat: { base: `${base}/expensicat`, token },
      paymo: { base: `${base}/paymo`, user: owner.email, password: owner.password, apiKey: token },
      moneybird: { base: `${base}/moneybird`, administrationId: String(studio.organization.id), token },
    },
  }
}

function ownerOf({ people }: Founded): DemoPerson {
  const [owner] = people
  if (owner === undefined) throw new RangeError('There is nobody.')
  return owner
}
