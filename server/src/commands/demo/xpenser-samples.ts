// The account that Xpenser's published calls speak of, with its numbers, as tables. Instants are UTC.

import type { LocalDate, LocalDateTime } from '../../core/day.ts'
import { timeZone } from '../../core/day.ts'
import { type Decimal, decimal } from '../../core/decimal.ts'
import type { ReportState } from '../../core/expenses/nouns.ts'
import type { ExpenseInput } from '../../core/expenses/verbs.ts'
import { currency } from '../../core/money.ts'
import type { OrganizationInput } from '../../core/people/organizations.ts'

/** A freelancer in California. */
export const freelance: OrganizationInput = {
  name: 'Pacific Freelance',
  currency: currency('USD'),
  timeZone: timeZone('America/Los_Angeles'),
  distanceUnit: 'mi',
  distanceRate: decimal('0.55'),
  hourlyRate: decimal('60'),
  dateOrder: 'month-day',
}

/** When the account begins. */
export const accountBegins = '2009-08-03 16:00:00'

/** The owner's number, which begins the addresses of receipts. */
export const ownerId = 14

/** The default report has the number of the published calls. */
export const defaultReportId = 76

/** Open reports with their published numbers. */
export const sampleReports: readonly { id: number; name: string; created: string }[] = [
  { id: 54, name: 'Conference', created: '2009-09-14 17:02:10' },
  { id: 110, name: 'ProjectX', created: '2009-10-22 10:08:40' },
]

/** Reports that have gone further, each with one or two expenses in it. */
export const closedReports: readonly { name: string; state: ReportState; created: string }[] = [
  { name: 'Trade fair', state: 'archived', created: '2010-01-11 18:20:00' },
  { name: 'Winter visits', state: 'paid', created: '2010-02-15 17:45:00' },
  { name: 'Seattle', state: 'approved', created: '2010-03-08 16:30:00' },
  { name: 'Denver', state: 'rejected', created: '2010-03-22 19:05:00' },
  { name: 'April', state: 'submitted', created: '2010-04-30 21:10:00' },
]

/** Types of the account, as written there; `lunch` is a small one. */
export const sampleCategories: readonly { name: string; unit?: 'mi' | 'minute'; unitPrice?: Decimal }[] = [
  { name: 'lunch' },
  { name: 'Airfare' },
  { name: 'Parking' },
  { name: 'Travel: Lunch' },
  { name: 'Hotel' },
  { name: 'Office Supplies' },
  { name: 'Mileage', unit: 'mi', unitPrice: decimal('0.55') },
  { name: 'Time', unit: 'minute', unitPrice: decimal('1') },
]

/** Tags with their published numbers. The page gives 71 to two of them; `meals` got a number of its own. */
export const sampleTags = [
  { id: 29, name: 'personal' },
  { id: 71, name: 'travel' },
  { id: 72, name: 'cash' },
  { id: 73, name: 'meals' },
] as const

export type SampleReceipt = {
  readonly id: number
  readonly key?: string
  readonly fileName: string
  readonly shop: string
  readonly attached: string
}

export type Sample = {
  readonly id?: number
  readonly report: number
  readonly created: string
  readonly input: Omit<ExpenseInput, 'reportId'>
  readonly receipt?: SampleReceipt
  /** When it was deleted. */
  readonly deleted?: string
}

/** The public key in the address of the published receipt. */
export const sampleReceiptKey = '373835ab-17f7-4a0a-9c89-a26bf91f5687'

/**
 * Expenses in the order they were written down. The page shows receipt 7 on three of them; it stands on 3831, and the
 * other two have one each of their own. Expense 45 is as it was before the published update.
 */
export const samples: readonly Sample[] = [
  conference('2009-09-15 20:31:05', money('lunch', '12.50', '2009-09-15 12:20', 'with Anna')),
  conference('2009-09-15 20:33:40', money('Parking', '8', '2009-09-15 08:40', 'convention center')),
  conference(
    '2009-09-16 20:02:12',
    money('lunch', '31.75', '2009-09-16 12:45', 'speakers of the panel', 'meals'),
  ),
  conference('2009-09-16 20:05:48', money('lunch', '25', '2009-09-16 13:10', 'exactly the allowance')),
  conference('2009-09-16 23:15:00', money('lunch', '48.20', '2009-09-16 14:30', 'sponsors', 'meals', 'cash')),
  {
    ...conference('2009-09-16 23:16:30', money('lunch', '48.20', '2009-09-16 14:30', 'sponsors')),
    deleted: '2009-09-16 23:17:02',
  },
  conference('2009-09-17 21:44:00', {
    ...money('Mileage', '0.55', '2009-09-17 09:00', 'to San Jose and back', 'travel'),
    quantity: decimal('94'),
    unit: 'mi',
  }),
  conference('2009-09-17 21:50:20', {
    ...money('Time', '1', '2009-09-17 10:00', 'at the booth'),
    quantity: decimal('90'),
    unit: 'minute',
  }),
  conference('2009-09-18 15:12:09', {
    ...money('Hotel', '142.00', '2009-09-17 22:00', 'Munich, stopover', 'travel'),
    currency: currency('EUR'),
    exchange: { rate: decimal('1.48'), source: 'ECB', on: '2009-09-17' as LocalDate },
  }),
  projectX(3807, '2009-10-22 10:11:00', money('Airfare', '119.61', '2009-09-23 10:10', 'SAN to JFK')),
  {
    ...projectX(
      3811,
      '2009-10-22 10:14:33',
      money('Parking', '20', '2009-09-25 10:14', 'San Diego airport', 'travel'),
    ),
    receipt: { id: 5, fileName: 'IMG_0012.JPG', shop: 'SAN Parking', attached: '2009-10-22 10:14:33' },
  },
  projectX(3816, '2009-10-22 10:26:34', money('Travel: Lunch', '4', '2009-09-25 10:26', '', 'meals', 'cash')),
  {
    id: 45,
    report: defaultReportId,
    created: '2009-11-20 22:44:21',
    input: money('lunch', '30.00', '2009-10-02 05:14', 'with jack'),
    receipt: { id: 6, fileName: 'IMG_0019.JPG', shop: 'Harbor Grill', attached: '2009-11-20 22:44:22' },
  },
  {
    id: 3831,
    report: defaultReportId,
    created: '2009-11-20 22:44:21',
    input: money('lunch', '34.50', '2009-10-02 05:14', 'with jack', 'personal', 'cash'),
    receipt: {
      id: 7,
      key: sampleReceiptKey,
      fileName: 'IMG_0007.JPG',
      shop: 'Harbor Grill',
      attached: '2009-11-20 22:44:22',
    },
  },
]

/** Plain money, or a price per unit, at a wall-clock time to the minute. */
export function money(
  category: string,
  amount: string,
  spentAt: string,
  description: string,
  ...tagNames: string[]
) {
  return {
    category: { name: category },
    unitPrice: decimal(amount),
    spentAt: `${spentAt.replace(' ', 'T')}:00` as LocalDateTime,
    description,
    tagNames,
  }
}

function conference(created: string, input: Sample['input']): Sample {
  return { report: 54, created, input }
}

function projectX(id: number, created: string, input: Sample['input']): Sample {
  return { id, report: 110, created, input }
}
