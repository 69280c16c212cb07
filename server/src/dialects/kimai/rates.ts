// Rates of customers, projects and activities.

import { notFound } from '../../core/errors.ts'
import type { Rate } from '../../core/rates/nouns.ts'
import { type Call, type Desk, together } from './call.ts'
import type { Holder } from './catalogue.ts'
import type { WireObject } from './entities.ts'
import { type Answer, empty, ok } from './errors.ts'
import { flag, number, reference, required } from './fields.ts'
import { blank, type Form, submit } from './form.ts'
import { lookAround, type Surroundings } from './surroundings.ts'
import { embedUser } from './user-entity.ts'
import { presentDecimal } from './wire.ts'

const fields = { user: reference, rate: required(number), internalRate: number, isFixed: flag }

const form: Form<typeof fields> = {
  fields,
  paths: { amount: 'rate', costAmount: 'internalRate', personId: 'user' },
}

const keys = { client: 'clientId', project: 'projectId', activity: 'activityId' } as const
const lists = { client: 'clientIds', project: 'projectIds', activity: 'activityIds' } as const

type Owner = { readonly [K in (typeof keys)[Holder]]?: number }

function presentRate(rate: Rate, around: Surroundings): WireObject {
  return {
    id: rate.id,
    rate: presentDecimal(rate.amount),
    internalRate: rate.costAmount === null ? null : presentDecimal(rate.costAmount),
    isFixed: rate.fixed,
    user: rate.personId === null ? null : embedUser(rate.personId, around),
  }
}

/** The rates that are kept on this one thing, whoever they are for. */
async function ratesOf({ core, actor }: Desk, noun: Holder, id: number): Promise<Rate[]> {
  const rates = await core.rates.list(actor, { [lists[noun]]: [id] })
  // One for an activity inside of a project is the activity's.
  return rates.filter(
    (rate) => Object.values(keys).filter((key) => rate[key] !== null).length === 1 && rate[keys[noun]] === id,
  )
}

/** The three handlers of a noun. */
export function rateHandlers(noun: Holder) {
  const readOwner = ({ core, actor }: Desk, id: number) =>
    noun === 'client'
      ? core.clients.read(actor, id)
      : noun === 'project'
        ? core.projects.read(actor, id)
        : core.activities.read(actor, id)

  return {
    async list(call: Call): Promise<Answer> {
      await readOwner(call, call.id)
      const rates = await ratesOf(call, noun, call.id)
      const around = await lookAround(call, { people: true })
      return ok(rates.map((rate) => presentRate(rate, around)))
    },

    async add(call: Call): Promise<Answer> {
      await readOwner(call, call.id)
      return submit(call, form, 'create', ({ rate: amount, internalRate, isFixed, user }) =>
        together(call, async (desk) => {
          if (amount === undefined || amount === null) throw blank('rate')
          const rate = await desk.core.rates.add(desk.actor, {
            [keys[noun]]: call.id,
            amount,
            costAmount: internalRate ?? null,
            fixed: isFixed ?? false,
            personId: user ?? null,
          })
          return ok(presentRate(rate, await lookAround(desk, { people: true })))
        }),
      )
    },

    async remove(call: Call): Promise<Answer> {
      await readOwner(call, call.id)
      const rates = await ratesOf(call, noun, call.id)
      if (!rates.some(({ id }) => id === call.other)) throw notFound('rate')
      await call.core.rates.remove(call.actor, call.other)
      return empty
    },
  }
}

/** Copies the rates of one thing to another. */
export async function copyRates(desk: Desk, from: Owner, to: Owner): Promise<void> {
  for (const [noun, key] of Object.entries(keys) as [Holder, (typeof keys)[Holder]][]) {
    const id = from[key]
    if (id === undefined) continue
    for (const { amount, costAmount, fixed, personId, validFrom } of await ratesOf(desk, noun, id)) {
      // Who may not see what work costs must not wipe it out of nothing either: a copy without it is a copy.
      await desk.core.rates.add(desk.actor, { amount, costAmount, fixed, personId, validFrom, ...to })
    }
  }
}
