// The studio's year of work: who logged what, the timer that still runs, and what was billed.

import type { Actor } from '../../core/actor.ts'
import { addDays, at, type Instant, instantOf, type LocalDate, weekdayOf } from '../../core/day.ts'
import type { TimeEntryInput } from '../../core/time/verbs.ts'
import type { Harbour } from './harbour.ts'
import { createRandom, type Random } from './random.ts'
import type { Stage } from './stage.ts'
import type { Timeline } from './timeline.ts'
import { firstDay, holidays, type Job, jobs, lastDay, type Worker, weeklyMeeting, workers } from './work.ts'

/** Who still has a timer running when the year ends, and since when on the last day. */
export const running = { username: 'tom', since: '13:05:12' } as const

/** A stretch of work and the pause behind it, in minutes. A break lies within the stretch. */
type Stretch = { readonly minutes: number; readonly pause: number; readonly break?: number }

const days: readonly (readonly Stretch[])[] = [
  [
    { minutes: 205, pause: 40 },
    { minutes: 240, pause: 0 },
  ],
  [
    { minutes: 120, pause: 10 },
    { minutes: 90, pause: 45 },
    { minutes: 230, pause: 0 },
  ],
  [
    { minutes: 90, pause: 5 },
    { minutes: 110, pause: 35 },
    { minutes: 130, pause: 10 },
    { minutes: 95, pause: 0 },
  ],
  [{ minutes: 495, pause: 0, break: 45 }],
]

/** Plans the year of every worker, each from a stream of numbers of its own. */
export function planYear(timeline: Timeline, stage: Stage, harbour: Harbour): void {
  for (const [index, worker] of workers.entries()) {
    const random = createRandom(1000 + index)
    for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) {
      if (isAtWork(worker, day)) planDay(timeline, stage, harbour, { worker, day, random })
    }
  }
  const actor = harbour.actor(running.username)
  const job = jobs[0]
  timeline.plan(instantOf(at(lastDay, running.since), actor.timeZone), () => {
    const work = job === undefined ? {} : workOf(harbour, job, 'Berth planner: ships side by side')
    return stage.core.time.start(actor, { ...work, tagNames: ['remote'] }, { alone: true })
  })
}

type Day = { readonly worker: Worker; readonly day: LocalDate; readonly random: Random }

function planDay(timeline: Timeline, stage: Stage, harbour: Harbour, { worker, day, random }: Day): void {
  const actor = harbour.actor(worker.username)
  const stretches = [...random.pick(days)]
  const meets = weekdayOf(day) === 1
  if (meets) stretches.unshift({ minutes: 45, pause: 5 })
  const late = day !== lastDay && random.oneIn(14)
  if (late) stretches.push({ minutes: 75, pause: 0 })
  let minute = worker.startsAt + 5 * random.int(0, 8)
  for (const [index, stretch] of stretches.entries()) {
    const evening = late && index === stretches.length - 1
    if (evening) minute = Math.max(minute, 19 * 60 + 30)
    const meeting = meets && index === 0
    const minutes = meeting ? stretch.minutes : stretch.minutes + 5 * random.int(-3, 3)
    const from = instantOf(at(day, clock(minute)), actor.timeZone)
    const job = meeting ? weeklyMeeting : random.pick(jobs.filter((one) => isOpen(harbour, one, worker, day)))
    const input = entryOf(harbour, job, random, { from, minutes, stretch, evening })
    minute += minutes + stretch.pause
    // The afternoon of the last day is still going on for whoever has the timer running.
    if (day === lastDay && worker.username === running.username && minute > 12 * 60 + 30) break
    planEntry(timeline, stage, actor, input, random)
  }
}

function entryOf(
  harbour: Harbour,
  job: Job,
  random: Random,
  when: { from: Instant; minutes: number; stretch: Stretch; evening: boolean },
): TimeEntryInput & { endedAt: Instant } {
  const work = workOf(harbour, job, random.pick(job.descriptions))
  const rework = work.billable && random.oneIn(15)
  const where = random.oneIn(5) ? [random.pick(['remote', 'on-site', 'urgent', 'client-trip'])] : []
  return {
    ...work,
    billable: work.billable && !rework,
    startedAt: when.from,
    endedAt: when.from + when.minutes * 60_000,
    breakSeconds: (when.stretch.break ?? 0) * 60,
    // A whole day in one piece is remembered by its length rather than by the clock, now and then.
    timed: when.stretch.break === undefined || !random.oneIn(3),
    tagNames: [...where, ...(rework ? ['rework'] : []), ...(when.evening ? ['overtime'] : [])],
  }
}

/** Logs an entry when it ends, or with a timer; a few are found to be doubles and deleted an hour later. */
function planEntry(
  timeline: Timeline,
  stage: Stage,
  actor: Actor,
  input: TimeEntryInput & { endedAt: Instant },
  random: Random,
): void {
  const { time } = stage.core
  let id = 0
  const { startedAt, endedAt, ...work } = input
  if (work.breakSeconds === 0 && random.oneIn(8)) {
    timeline.plan(startedAt, async () => {
      id = (await time.start(actor, work)).id
    })
    timeline.plan(endedAt, () => time.stop(actor, id))
  } else {
    timeline.plan(endedAt + 60_000, async () => {
      id = (await time.log(actor, input)).id
    })
  }
  if (random.oneIn(150)) timeline.plan(endedAt + 3_600_000, () => time.remove(actor, id))
}

// Months that went out as invoices, each on a morning early in the next month.
const billings = [
  { from: '2025-11-01', to: '2025-11-30', on: '2025-12-04' },
  { from: '2025-12-01', to: '2025-12-31', on: '2026-01-06' },
  { from: '2026-01-01', to: '2026-01-31', on: '2026-02-04' },
  { from: '2026-02-01', to: '2026-02-28', on: '2026-03-04' },
] as const

/** Plans the mornings on which a month's billable work is marked as billed. */
export function planBilling(timeline: Timeline, stage: Stage, harbour: Harbour): void {
  const owner = harbour.actor('marit')
  const { time } = stage.core
  const instant = (day: string, clockTime: string) =>
    instantOf(at(day as LocalDate, clockTime), harbour.organization.timeZone)
  for (const { from, to, on } of billings) {
    timeline.plan(instant(on, '09:40:00'), async () => {
      const startedAt = { from: instant(from, '00:00:00'), to: instant(to, '23:59:59') }
      const entries = await time.list(owner, { startedAt, billable: true, billed: false })
      for (const entry of entries) await time.update(owner, entry.id, { billed: true })
    })
  }
}

function workOf(harbour: Harbour, job: Job, description: string) {
  const project = harbour.project(job.project)
  const activity = harbour.activity(job.activity, project.id)
  return {
    clientId: project.clientId,
    projectId: project.id,
    activityId: activity.id,
    description,
    billable: project.billable && activity.billable,
  }
}

function isAtWork(worker: Worker, day: LocalDate): boolean {
  if (!worker.weekdays.includes(weekdayOf(day)) || holidays.has(day)) return false
  return !worker.away.some(([from, to]) => from <= day && day <= to)
}

function isOpen(harbour: Harbour, job: Job, worker: Worker, day: LocalDate): boolean {
  const { startsOn, endsOn } = harbour.project(job.project)
  if ((startsOn !== null && day < startsOn) || (endsOn !== null && day > endsOn)) return false
  return job.people.includes(worker.username)
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`
}
