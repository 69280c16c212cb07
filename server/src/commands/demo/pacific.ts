// Pacific Freelance: the account of the published Xpenser samples, a second member and some of their present work.

import type { Actor } from '../../core/actor.ts'
import { addDays, at, type Instant, instantOf, type LocalDate, weekdayOf } from '../../core/day.ts'
import { decimal } from '../../core/decimal.ts'
import { currency } from '../../core/money.ts'
import { type Founded, found } from './cast.ts'
import { freelancePeople } from './people.ts'
import { createRandom } from './random.ts'
import { drawReceipt } from './receipts.ts'
import type { Stage } from './stage.ts'
import type { Timeline } from './timeline.ts'
import { lastDay } from './work.ts'
import {
  closedReports,
  defaultReportId,
  freelance,
  money,
  ownerId,
  type Sample,
  sampleCategories,
  sampleReports,
  samples,
  sampleTags,
} from './xpenser-samples.ts'

/** Founds the account at the stage's present instant, with the numbers of the published calls. */
export async function foundPacific(stage: Stage): Promise<Founded> {
  const { core } = stage
  // Receipt addresses begin with a small number that the door takes from the person.
  stage.pinIds('person', ownerId)
  // The owner's default report is the first one that this organization gets.
  stage.pinIds('expense_report', defaultReportId)
  const founded = await found(stage, freelance, freelancePeople)
  const owner = founded.actor('user')
  for (const row of sampleCategories) await core.categories.add(owner, row)
  stage.pinIds('tag', ...sampleTags.map((tag) => tag.id))
  for (const { name } of sampleTags) await core.tags.add(owner, { name })
  return founded
}

/** Plans the published reports and expenses, each at its own time, and reports in every other state. */
export function planSamples(timeline: Timeline, stage: Stage, pacific: Founded): void {
  const { core } = stage
  const owner = pacific.actor('user')
  for (const { id, name, created } of sampleReports) {
    timeline.plan(utc(created), () => {
      stage.pinIds('expense_report', id)
      return core.reports.add(owner, { name })
    })
  }
  for (const sample of samples) planSample(timeline, stage, owner, sample)
  for (const [index, { name, state, created }] of closedReports.entries()) {
    const start = utc(created)
    const day = created.slice(0, 10)
    timeline.plan(start, async () => {
      const { id: reportId } = await core.reports.add(owner, { name })
      await core.expenses.record(owner, {
        ...money('Airfare', `${189 + 13 * index}.40`, `${day} 07:30`, name),
        reportId,
      })
      await core.expenses.record(owner, {
        ...money('Taxi', String(18 + 4 * index), `${day} 09:10`, '', 'cash'),
        reportId,
      })
      await core.reports.update(owner, reportId, { state: 'submitted' })
      await core.reports.update(owner, reportId, { state })
    })
  }
}

function planSample(timeline: Timeline, stage: Stage, owner: Actor, sample: Sample): void {
  const { core } = stage
  const { id: wanted, report: reportId, created, input, receipt, deleted } = sample
  let id = 0
  timeline.plan(utc(created), async () => {
    if (wanted !== undefined) stage.pinIds('expense', wanted)
    id = (await core.expenses.record(owner, { ...input, reportId })).id
  })
  if (receipt !== undefined) {
    const { shop, fileName, key } = receipt
    const day = input.spentAt.slice(0, 10)
    const slip = {
      shop,
      day,
      items: [input.description ?? ''],
      total: `USD ${input.unitPrice}`,
      number: fileName.slice(4, 8),
    }
    timeline.plan(utc(receipt.attached), () => {
      stage.pinIds('receipt', receipt.id)
      if (key !== undefined) stage.pinKey(key)
      return stage.attach(owner, id, drawReceipt(fileName, slip))
    })
  }
  if (deleted !== undefined) timeline.plan(utc(deleted), () => core.expenses.remove(owner, id))
}

/** Plans the last weeks of both members: two clients, time entries and the other one's expenses. */
export function planPacificWork(timeline: Timeline, stage: Stage, pacific: Founded): void {
  const { core } = stage
  const owner = pacific.actor('user')
  const first = '2026-10-19' as LocalDate
  const places: { clientId: number; projectId: number }[] = []
  timeline.plan(instantOf(at(first, '07:45:00'), owner.timeZone), async () => {
    for (const [name, code, project] of [
      ['Bayside Clinics', 'USD', 'Patient portal'],
      ['Maple Systems Inc.', 'CAD', 'Design system'],
    ] as const) {
      const { id: clientId } = await core.clients.add(owner, { name, currency: currency(code) })
      const { id: projectId } = await core.projects.add(owner, {
        name: project,
        clientId,
        hourlyRate: decimal('75'),
      })
      places.push({ clientId, projectId })
    }
  })
  for (const [index, username] of (['user', 'kai'] as const).entries()) {
    const actor = pacific.actor(username)
    const random = createRandom(3000 + index)
    for (let day = first; day < lastDay; day = addDays(day, 1)) {
      if (weekdayOf(day) > 5 || random.oneIn(4)) continue
      const startedAt = instantOf(at(day, '09:00:00'), actor.timeZone) + random.int(0, 12) * 300_000
      const endedAt = startedAt + random.int(24, 80) * 300_000
      const description = random.pick(['Wireframes', 'Components', 'Call with the team', 'Release notes', ''])
      const place = random.int(0, 1)
      timeline.plan(endedAt + 30_000, () =>
        core.time.log(actor, { ...places[place], startedAt, endedAt, description }),
      )
      if (username === 'kai' && random.oneIn(3))
        planErrand(timeline, stage, actor, day, random.int(600, 9000))
    }
  }
}

function planErrand(timeline: Timeline, stage: Stage, actor: Actor, day: LocalDate, cents: number): void {
  const amount = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
  timeline.plan(instantOf(at(day, '18:30:00'), actor.timeZone), () =>
    stage.core.expenses.record(
      actor,
      money('Office Supplies', amount, `${day} 12:40`, 'Errand in town', 'travel'),
    ),
  )
}

/** The instant of `YYYY-MM-DD HH:MM:SS` in UTC. */
export function utc(text: string): Instant {
  return Temporal.Instant.from(`${text.replace(' ', 'T')}Z`).epochMilliseconds
}
