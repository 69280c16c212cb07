// Timers: starting, stopping and continuing work.

import Type from 'typebox'
import type { TimeEntryInput } from '../../core/time/verbs.ts'
import { listOf } from '../crud.ts'
import { render } from '../listing.ts'
import type { Answer, Call, Operation } from '../operation.ts'
import { inputOf, takerOf } from '../resource.ts'
import { timeEntries, workFields } from '../resources/time-entries.ts'
import { answerThing, worded } from '../writing.ts'

const group = timeEntries.many
const alone = Type.Optional(
  Type.Boolean({ description: "true: the person's other running entries stop at the same instant." }),
)
const work = inputOf(workFields, 'create')
const take = takerOf(workFields)

/** Operations of timers. */
export const timerOperations: readonly Operation[] = [
  {
    name: 'listRunningTimeEntries',
    method: 'GET',
    path: '/time-entries/running',
    group,
    summary: 'List your running timers',
    status: 200,
    answer: listOf(timeEntries.schema),
    lasting: () => true,
    example: {},
    run: running,
  },
  {
    name: 'startTimeEntry',
    method: 'POST',
    path: '/time-entries/start',
    group,
    summary: 'Start a timer',
    body: Type.Object({ ...propertiesIn(work), alone }, { additionalProperties: false }),
    bodyOptional: true,
    status: 201,
    answer: timeEntries.schema,
    example: { body: { project_id: 1, description: 'Reading the manuscript', alone: true } },
    run: (call) =>
      worded(call.body, async () => {
        const { alone: only = false, ...fields } = call.body as { alone?: boolean }
        const given = take(fields, { actor: call.actor, related: {} })
        const input = given as Partial<TimeEntryInput>
        const entry = await call.core.time.start(call.actor, input, { alone: only })
        return answerThing(timeEntries, call, entry, 201, locationOf(call, entry.id))
      }),
  },
  {
    name: 'stopTimeEntry',
    method: 'POST',
    path: '/time-entries/{id}/stop',
    group,
    summary: 'Stop a timer',
    about: 'One that has ended already is answered unchanged.',
    status: 200,
    answer: timeEntries.schema,
    example: { ids: { id: 1 } },
    run: async (call) =>
      answerThing(timeEntries, call, await call.core.time.stop(call.actor, call.ids.id ?? 0), 200),
  },
  {
    name: 'continueTimeEntry',
    method: 'POST',
    path: '/time-entries/{id}/continue',
    group,
    summary: 'Continue work',
    about: 'Starts a new entry with the same work as an old one, for you and now.',
    body: Type.Object({ alone }, { additionalProperties: false }),
    bodyOptional: true,
    status: 201,
    answer: timeEntries.schema,
    example: { ids: { id: 1 }, body: { alone: true } },
    async run(call) {
      const { alone: only = false } = call.body as { alone?: boolean }
      const entry = await call.core.time.continueEntry(call.actor, call.ids.id ?? 0, { alone: only })
      return answerThing(timeEntries, call, entry, 201, locationOf(call, entry.id))
    },
  },
  {
    name: 'duplicateTimeEntry',
    method: 'POST',
    path: '/time-entries/{id}/duplicate',
    group,
    summary: 'Copy a time entry',
    about: 'A copy with its times and rates, not billed.',
    status: 201,
    answer: timeEntries.schema,
    example: { ids: { id: 1 } },
    async run(call) {
      const entry = await call.core.time.duplicate(call.actor, call.ids.id ?? 0)
      return answerThing(timeEntries, call, entry, 201, locationOf(call, entry.id))
    },
  },
]

async function running(call: Call): Promise<Answer> {
  const { core, actor } = call
  const filter = { running: true, personId: actor.personId, limit: 200 }
  const items = await render(timeEntries, call, await core.reading.stamps(actor, 'time_entry', filter))
  return {
    status: 200,
    body: `{"object":"list","data":[${items.join(',')}],"has_more":false,"next_cursor":null}`,
  }
}

function propertiesIn(schema: object): Record<string, typeof alone> {
  return (schema as { properties: Record<string, typeof alone> }).properties
}

function locationOf({ tools }: Call, id: number): { readonly location: string } {
  return { location: `${tools.publicUrl}/api/v1/time-entries/${id}` }
}
