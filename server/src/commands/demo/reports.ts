// The expense reports of the studio's year: one a month for everyone who spends, handed in, decided upon, paid, put away.

import type { Actor } from '../../core/actor.ts'
import { addDays, at, instantOf, type LocalDate, weekdayOf } from '../../core/day.ts'
import type { ReportState } from '../../core/expenses/nouns.ts'
import type { Harbour } from './harbour.ts'
import { type Purchase, purchases } from './purchases.ts'
import { createRandom, type Random } from './random.ts'
import { planSpending } from './spending.ts'
import type { Stage } from './stage.ts'
import type { Timeline } from './timeline.ts'
import { firstDay, lastDay } from './work.ts'

const spenders = ['marit', 'joris', 'anke', 'tom', 'lena', 'pieter']

type Month = { readonly name: string; readonly start: LocalDate; readonly state: ReportState }

// How far the reports of each month have come by the end of the year.
const months: readonly Month[] = [
  month('November 2025', firstDay, 'archived'),
  month('December 2025', '2025-12-01', 'archived'),
  month('January 2026', '2026-01-02', 'archived'),
  month('February 2026', '2026-02-02', 'paid'),
  month('March 2026', '2026-03-02', 'paid'),
  month('April 2026', '2026-04-01', 'paid'),
  month('May 2026', '2026-05-01', 'paid'),
  month('June 2026', '2026-06-01', 'paid'),
  month('July 2026', '2026-07-01', 'paid'),
  month('August 2026', '2026-08-03', 'paid'),
  month('September 2026', '2026-09-01', 'approved'),
  month('October 2026', '2026-10-01', 'submitted'),
  month('November 2026', '2026-11-02', 'open'),
]

/** Whose report of which month came back, and why. */
const rejection = { username: 'joris', month: 'October 2026', reason: 'The hotel bill is missing.' }

/** Plans every report with what is in it, and some loose expenses in the default reports. */
export function planReports(timeline: Timeline, stage: Stage, harbour: Harbour): void {
  for (const [index, username] of spenders.entries()) {
    const random = createRandom(2000 + index)
    const actor = harbour.actor(username)
    for (const one of months) planMonth(timeline, stage, harbour, { actor, username, month: one, random })
    for (const day of ['2026-11-12', '2026-11-18'] as LocalDate[]) {
      const purchase = pickPurchase(harbour, random, day)
      planSpending(timeline, stage, harbour, actor, random, { purchase, day, reportId: () => undefined })
    }
  }
}

type Plan = {
  readonly actor: Actor
  readonly username: string
  readonly month: Month
  readonly random: Random
}

function planMonth(timeline: Timeline, stage: Stage, harbour: Harbour, plan: Plan): void {
  const { actor, month, random } = plan
  let id: number | undefined
  timeline.plan(instantOf(at(month.start, '08:05:00'), actor.timeZone), async () => {
    id = (await stage.core.reports.add(actor, { name: month.name })).id
  })
  const end = endOf(month)
  const days = weekdays(month.start, end)
  for (let count = random.int(2, 5); count > 0; count -= 1) {
    const day = random.pick(days)
    const purchase = pickPurchase(harbour, random, day)
    planSpending(timeline, stage, harbour, actor, random, { purchase, day, reportId: () => id })
  }
  planDecisions(timeline, stage, harbour, plan, () => id)
}

function planDecisions(
  timeline: Timeline,
  stage: Stage,
  harbour: Harbour,
  { actor, username, month }: Plan,
  reportId: () => number | undefined,
): void {
  const { core } = stage
  // Nobody decides upon a report of their own.
  const judge = harbour.actor(username === 'anke' ? 'marit' : 'anke')
  const rejected = username === rejection.username && month.name === rejection.month
  const road = rejected ? (['submitted', 'rejected'] as const) : roads[month.state]
  for (const state of road) {
    const by = state === 'submitted' ? actor : state === 'paid' ? harbour.actor('joris') : judge
    const when = instantOf(at(addDays(endOf(month), delays[state]), '16:20:00'), actor.timeZone)
    timeline.plan(when, async () => {
      const id = reportId() ?? 0
      await core.reports.update(by, id, { state })
      if (state === 'rejected') {
        await core.notes.add(by, { noun: 'expense_report', id }, { body: rejection.reason })
      }
    })
  }
}

// The states a report goes through on its way, and how many days after the end of its month.
const roads: { readonly [S in ReportState]: readonly Exclude<ReportState, 'open'>[] } = {
  open: [],
  submitted: ['submitted'],
  rejected: ['submitted', 'rejected'],
  approved: ['submitted', 'approved'],
  paid: ['submitted', 'approved', 'paid'],
  archived: ['submitted', 'approved', 'paid', 'archived'],
}
const delays = { submitted: 1, rejected: 4, approved: 4, paid: 11, archived: 95 } as const

function pickPurchase(harbour: Harbour, random: Random, day: LocalDate): Purchase {
  return random.pick(
    purchases.filter(({ project }) => {
      if (project === null) return true
      const { startsOn, endsOn } = harbour.project(project)
      return (startsOn === null || day >= startsOn) && (endsOn === null || day <= endsOn)
    }),
  )
}

function weekdays(from: LocalDate, to: LocalDate): LocalDate[] {
  const days: LocalDate[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) if (weekdayOf(day) <= 5) days.push(day)
  return days
}

/** The last day of the month, or of the year that is told. */
function endOf({ start }: Month): LocalDate {
  const { year, month } = Temporal.PlainDate.from(start)
  const end = Temporal.PlainYearMonth.from({ year, month })
  const day = end.toPlainDate({ day: end.daysInMonth }).toString() as LocalDate
  // On the last day itself people are still at work.
  return day < lastDay ? day : addDays(lastDay, -1)
}

function month(name: string, start: string, state: ReportState): Month {
  return { name, start: start as LocalDate, state }
}
