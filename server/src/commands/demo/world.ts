// Harbour Studio as tables: clients, projects, activities, categories and tags.

import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import { type LocalDate, timeZone } from '../../core/day.ts'
import { decimal } from '../../core/decimal.ts'
import { currency } from '../../core/money.ts'
import type { OrganizationInput } from '../../core/people/organizations.ts'

/** An agency in Amsterdam. */
export const studio: OrganizationInput = {
  name: 'Harbour Studio',
  currency: currency('EUR'),
  timeZone: timeZone('Europe/Amsterdam'),
  distanceUnit: 'km',
  distanceRate: decimal('0.23'),
  hourlyRate: decimal('85'),
  dateOrder: 'day-month',
}

/** Clients in five currencies; one without a currency of its own, one archived. */
export const clients: readonly CatalogueInput<'client'>[] = [
  {
    name: 'Noordzee Shipping B.V.',
    number: 'C-001',
    currency: currency('EUR'),
    contactPerson: 'Hanneke Vos',
    email: 'hanneke.vos@noordzee.example',
    phone: '+31 10 555 0142',
    website: 'https://noordzee.example',
    addressLine1: 'Maasboulevard 101',
    postalCode: '3011 XA',
    city: 'Rotterdam',
    country: 'NL',
    taxNumber: 'NL001234567B01',
    color: '#1f6feb',
    comment: 'Invoices go to the harbour office, with a purchase order number.',
  },
  {
    name: 'Brightwater Brewing Co.',
    number: 'C-002',
    currency: currency('USD'),
    contactPerson: 'Dana Cole',
    email: 'dana@brightwater.example',
    phone: '+1 503 555 0178',
    website: 'https://brightwater.example',
    addressLine1: '18 Mill Race',
    addressLine2: 'Suite 4',
    postalCode: '97209',
    city: 'Portland',
    region: 'OR',
    country: 'US',
    color: '#d29922',
  },
  {
    name: 'Kestrel & Finch Ltd',
    number: 'C-003',
    currency: currency('GBP'),
    contactPerson: 'Oliver Finch',
    email: 'accounts@kestrelfinch.example',
    phone: '+44 20 7946 0155',
    addressLine1: '7 Cloth Fair',
    postalCode: 'EC1A 7JQ',
    city: 'London',
    country: 'GB',
    taxNumber: 'GB123456789',
    color: '#8957e5',
  },
  {
    name: 'Alpenblick Hotels AG',
    number: 'C-004',
    currency: currency('CHF'),
    contactPerson: 'Reto Zürcher',
    email: 'reto@alpenblick.example',
    addressLine1: 'Bahnhofstrasse 12',
    postalCode: '7500',
    city: 'St. Moritz',
    country: 'CH',
    taxNumber: 'CHE-123.456.789 MWST',
    color: '#cf222e',
  },
  {
    name: '桜茶屋 Sakura Tea House',
    number: 'C-005',
    currency: currency('JPY'),
    contactPerson: '田中 優子',
    email: 'yuko@sakura.example',
    addressLine1: '祇園町北側 5-2',
    postalCode: '605-0073',
    city: '京都市',
    country: 'JP',
    color: '#bf3989',
  },
  {
    name: 'Stadsarchief Delft',
    number: 'C-006',
    contactPerson: 'Bram Peeters',
    email: 'b.peeters@archief.example',
    addressLine1: 'Oude Delft 169',
    postalCode: '2611 HB',
    city: 'Delft',
    country: 'NL',
    color: '#2da44e',
  },
  {
    name: 'Old Mill Museum',
    number: 'C-007',
    currency: currency('EUR'),
    city: 'Leiden',
    country: 'NL',
    state: 'archived',
    comment: 'Closed for rebuilding until further notice.',
  },
]

export type ProjectRow = Omit<CatalogueInput<'project'>, 'clientId'> & { readonly client: string | null }

/** Projects: billable and internal ones, with budgets in money, in time and in both, one archived. */
export const projects: readonly ProjectRow[] = [
  {
    name: 'Fleet portal',
    client: 'Noordzee Shipping B.V.',
    code: 'FLEET',
    color: '#1f6feb',
    hourlyRate: decimal('95'),
    budgetMinor: 22_000_000n,
    budgetSeconds: 2_400 * 3600,
    startsOn: '2025-11-17' as LocalDate,
    comment: 'Where every ship is, for the people on the quay.',
  },
  {
    name: 'Port signage',
    client: 'Noordzee Shipping B.V.',
    code: 'SIGN',
    color: '#58a6ff',
    budgetMinor: 1_850_000n,
    startsOn: '2026-03-02' as LocalDate,
    endsOn: '2026-06-30' as LocalDate,
  },
  {
    name: 'Online shop',
    client: 'Brightwater Brewing Co.',
    code: 'SHOP',
    color: '#d29922',
    hourlyRate: decimal('110'),
    budgetMinor: 16_000_000n,
    startsOn: '2025-11-17' as LocalDate,
  },
  {
    name: 'Annual report 2025',
    client: 'Kestrel & Finch Ltd',
    code: 'AR25',
    color: '#8957e5',
    hourlyRate: decimal('87.50'),
    budgetSeconds: 480 * 3600,
    startsOn: '2026-01-05' as LocalDate,
    endsOn: '2026-05-29' as LocalDate,
  },
  {
    name: 'Booking site',
    client: 'Alpenblick Hotels AG',
    code: 'BOOK',
    color: '#cf222e',
    hourlyRate: decimal('120'),
    budgetMinor: 9_000_000n,
    startsOn: '2026-05-04' as LocalDate,
  },
  {
    name: 'Brand guide',
    client: '桜茶屋 Sakura Tea House',
    code: 'TEA',
    color: '#bf3989',
    budgetMinor: 3_500_000n,
    startsOn: '2026-06-01' as LocalDate,
    endsOn: '2026-10-30' as LocalDate,
  },
  {
    name: 'Reading room',
    client: 'Stadsarchief Delft',
    code: 'READ',
    color: '#2da44e',
    startsOn: '2026-07-06' as LocalDate,
  },
  { name: 'Exhibition 2024', client: 'Old Mill Museum', code: 'EXH24', state: 'archived' },
  { name: 'Internal', client: null, code: 'INT', color: '#6e7781', billable: false },
  {
    name: 'Studio website',
    client: null,
    code: 'WEB',
    color: '#8c959f',
    billable: false,
    budgetSeconds: 600 * 3600,
  },
]

export type ActivityRow = Omit<CatalogueInput<'activity'>, 'projectId'> & { readonly project: string | null }

/** Activities across all projects, then those of single ones. */
export const activities: readonly ActivityRow[] = [
  { name: 'Design', project: null, color: '#a371f7' },
  { name: 'Development', project: null, color: '#3fb950' },
  { name: 'Project management', project: null, color: '#db61a2' },
  { name: 'Meeting', project: null, color: '#d4a72c' },
  { name: 'Research', project: null, color: '#39c5cf' },
  { name: 'Travel time', project: null, color: '#768390', hourlyRate: decimal('45') },
  { name: 'Administration', project: null, color: '#57606a', billable: false },
  { name: 'Print support', project: null, state: 'archived' },
  { name: 'Accessibility audit', project: 'Fleet portal', code: 'A11Y', hourlyRate: decimal('120') },
  { name: 'Checkout', project: 'Online shop' },
  { name: 'Typesetting', project: 'Annual report 2025', hourlyRate: decimal('82.50') },
  { name: 'Illustration', project: 'Brand guide' },
]

/** Kinds of expenses: money, distance, days and hours. */
export const categories: readonly CatalogueInput<'category'>[] = [
  { name: 'Mileage', unit: 'km', unitPrice: decimal('0.23'), color: '#1f6feb', comment: 'Own car.' },
  { name: 'Per diem', unit: 'day', unitPrice: decimal('35.00'), color: '#2da44e' },
  { name: 'Subcontractor', unit: 'hour', unitPrice: decimal('65.00'), color: '#8957e5' },
  { name: 'Train', color: '#d29922' },
  { name: 'Flight', color: '#58a6ff' },
  { name: 'Hotel', color: '#bf3989' },
  { name: 'Taxi', color: '#e3b341' },
  { name: 'Parking', color: '#6e7781' },
  { name: 'Lunch', color: '#3fb950' },
  { name: 'Dinner with client', color: '#cf222e' },
  { name: 'Office supplies', color: '#39c5cf' },
  { name: 'Software', color: '#a371f7' },
  { name: 'Hardware', color: '#57606a' },
  { name: 'Printing', color: '#db61a2' },
  { name: 'Postage', color: '#8c959f' },
  { name: 'Fax', state: 'archived' },
]

/** Labels on entries and expenses. */
export const tags: readonly CatalogueInput<'tag'>[] = [
  { name: 'remote', color: '#58a6ff' },
  { name: 'on-site', color: '#2da44e' },
  { name: 'overtime', color: '#cf222e' },
  { name: 'urgent', color: '#d29922' },
  { name: 'pitch', color: '#bf3989' },
  { name: 'rework', color: '#8957e5' },
  { name: 'client-trip', color: '#1f6feb' },
  { name: 'company-card', color: '#57606a' },
  { name: 'old-label', state: 'archived' },
]
