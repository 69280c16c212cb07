// In which currency a rate or a budget is meant: the client's, or the organization's.

import type { Actor } from '../core/actor.ts'
import type { Project } from '../core/catalogue/nouns.ts'
import type { Decimal } from '../core/decimal.ts'
import type { Core } from '../core/index.ts'
import type { Currency } from '../core/money.ts'
import type { Field } from './fields.ts'
import { at, idsOf, type Look, mapOf, type Related } from './look.ts'
import { money, moneyInput, nullable, presentMoney, readDecimal, type WireMoney } from './wire.ts'

/** The currency that things of this client are charged in. */
export function currencyOf(look: Look, clientId: number | null): Currency {
  return at(look, 'client', clientId)?.currency ?? look.actor.organization.currency
}

/** The client behind work: its own, or its project's. */
export function clientBehind(
  look: Look,
  { clientId, projectId }: { readonly clientId?: number | null; readonly projectId: number | null },
): number | null {
  return clientId ?? at(look, 'project', projectId)?.clientId ?? null
}

/** Loads the projects and clients that decide currencies. */
export async function loadPayers(
  core: Core,
  actor: Actor,
  things: readonly { readonly clientId?: number | null; readonly projectId?: number | null }[],
): Promise<Related> {
  const projects: Project[] = await core.reading.named(
    actor,
    'project',
    idsOf(things.map(({ projectId }) => projectId)),
  )
  const clientIds = idsOf([...things, ...projects].map(({ clientId }) => clientId))
  return {
    project: mapOf(projects),
    client: mapOf(await core.reading.named(actor, 'client', clientIds)),
  }
}

/** A rate or price as money of a currency that follows from other things. */
export function rate<K extends string, E extends { readonly [k in K]: Decimal | null }>(
  name: K,
  about: string,
  currency: (entity: E, look: Look) => Currency,
): Field<E> {
  return {
    out: nullable(money),
    in: moneyInputOrNull,
    about,
    money: true,
    show(entity, look) {
      const amount = entity[name]
      return amount === null ? null : presentMoney(amount, currency(entity, look))
    },
    take(value, given) {
      given[name] = value === null ? null : readDecimal(name, (value as WireMoney).amount)
    },
  }
}

const moneyInputOrNull = nullable(moneyInput)

/** The organization's own currency. */
export function ownCurrency(_: unknown, { actor }: Look): Currency {
  return actor.organization.currency
}
