// Harbour Studio's year as tables: who works when, on what, and on which days nobody does.

import type { LocalDate } from '../../core/day.ts'

/** First and last day of the year that is told. */
export const firstDay = '2025-11-20' as LocalDate
export const lastDay = '2026-11-19' as LocalDate

/** Days on which the studio is closed: public holidays of the Netherlands. */
export const holidays: ReadonlySet<string> = new Set([
  '2025-12-25',
  '2025-12-26',
  '2026-01-01',
  '2026-04-03',
  '2026-04-06',
  '2026-04-27',
  '2026-05-05',
  '2026-05-14',
  '2026-05-25',
])

export type Worker = {
  readonly username: string
  /** ISO weekdays, Monday is 1. */
  readonly weekdays: readonly number[]
  /** Minutes after midnight at which the day starts at the earliest. */
  readonly startsAt: number
  /** First and last days of holidays. */
  readonly away: readonly (readonly [string, string])[]
}

/** Those who log their time. */
export const workers: readonly Worker[] = [
  {
    username: 'marit',
    weekdays: [1, 2, 4],
    startsAt: 540,
    away: [
      ['2026-02-16', '2026-02-20'],
      ['2026-07-20', '2026-08-07'],
    ],
  },
  {
    username: 'joris',
    weekdays: [2, 3],
    startsAt: 510,
    away: [['2026-08-03', '2026-08-21']],
  },
  {
    username: 'anke',
    weekdays: [1, 2, 3, 4],
    startsAt: 500,
    away: [
      ['2025-12-22', '2026-01-02'],
      ['2026-06-15', '2026-06-26'],
    ],
  },
  {
    username: 'tom',
    weekdays: [1, 2, 3, 4, 5],
    startsAt: 520,
    away: [
      ['2026-04-20', '2026-04-24'],
      ['2026-08-10', '2026-08-28'],
    ],
  },
  {
    username: 'lena',
    weekdays: [1, 2, 3, 4, 5],
    startsAt: 475,
    away: [
      ['2025-12-29', '2026-01-09'],
      ['2026-07-06', '2026-07-24'],
    ],
  },
]

export type Job = {
  readonly project: string
  readonly activity: string
  readonly people: readonly string[]
  readonly descriptions: readonly string[]
}

/** Work by project; a project's own dates say when there is any of it. */
export const jobs: readonly Job[] = [
  job('Fleet portal', 'Development', 'joris tom lena', [
    'Position feed: reconnect after a lost link',
    'Map tiles for the inner harbour',
    'Berth planner, drag and drop',
    'Import of the tide tables',
    'Tests for the arrival estimate',
    'Review and merge of the week’s branches',
  ]),
  job('Fleet portal', 'Accessibility audit', 'anke lena', [
    'Keyboard walk through the berth planner',
    'Contrast of the night palette',
    'Screen reader labels on the map',
  ]),
  job('Fleet portal', 'Meeting', 'marit anke tom', [
    'Demo for the harbour office',
    'Sprint review with Hanneke',
  ]),
  job('Port signage', 'Design', 'marit anke lena', [
    'Pictograms, second round',
    'Sizes for reading from a moving truck',
    'Artwork for gates 3 to 9',
  ]),
  job('Online shop', 'Checkout', 'joris tom', [
    'Age check before payment',
    'Shipping rates by state',
    'Coupons: one per household',
    'Fix: basket lost after sign-in',
  ]),
  job('Online shop', 'Design', 'lena anke', [
    'Product page for seasonal beers',
    'Photo grid',
    'E-mail: your order',
  ]),
  job('Online shop', 'Research', 'tom lena', [
    'Interviews with three tap rooms',
    'How others sell mixed crates',
  ]),
  job('Annual report 2025', 'Typesetting', 'lena tom', [
    'Tables of the balance sheet',
    'Second proof, corrections by the auditors',
    'Cover and spine',
  ]),
  job('Annual report 2025', 'Project management', 'anke marit', [
    'Schedule with the printer',
    'Round of corrections',
  ]),
  job('Booking site', 'Development', 'tom lena joris', [
    'Calendar of free rooms',
    'Prices by season and by board',
    'Link to the front desk’s system',
    'Spring clock change: nights that are 23 hours long',
  ]),
  job('Booking site', 'Travel time', 'marit anke', [
    'Night train to St. Moritz',
    'Amsterdam – Zürich and back',
  ]),
  job('Brand guide', 'Illustration', 'lena anke', [
    'Tea caddies, ink',
    'Seasons: plum, cherry, maple',
    '看板の下絵',
  ]),
  job('Brand guide', 'Design', 'marit lena', ['Type for two scripts', 'Paper samples', 'Chapter on colour']),
  job('Reading room', 'Development', 'joris tom', ['Zoomable maps', 'Search in the notary’s index']),
  job('Reading room', 'Research', 'anke', [
    'Observation in the reading room',
    'Card sorting with archivists',
  ]),
  job('Studio website', 'Design', 'tom lena', ['Case study: port signage', 'Portraits of the team']),
  job('Internal', 'Administration', 'marit joris anke', [
    'Quotes and contracts',
    'Hiring: portfolio review',
    'VAT return',
  ]),
]

/** Weekly on Mondays, for everyone who is there. */
export const weeklyMeeting = job('Internal', 'Meeting', 'marit joris anke tom lena', ['Planning of the week'])

function job(project: string, activity: string, people: string, descriptions: readonly string[]): Job {
  return { project, activity, people: people.split(' '), descriptions }
}
