// What people at Harbour Studio spend money on, as a table.

import type { Currency } from '../../core/money.ts'
import { currency } from '../../core/money.ts'

export type Purchase = {
  readonly category: string
  readonly shop: string
  readonly descriptions: readonly string[]
  readonly currency: Currency
  /** Bounds of the amount in minor units, or of the quantity in whole units for those that count one. */
  readonly from: number
  readonly to: number
  /** Ending of the receipt's file name; null: there never is one. */
  readonly receipt: 'png' | 'jpg' | 'pdf' | null
  /** Project it is billed to; null: the studio's own cost. */
  readonly project: string | null
}

/** Money in five currencies, kilometres, days and hours. */
export const purchases: readonly Purchase[] = [
  own('Lunch', 'Cafe de Kade', 'EUR', 950, 3200, 'jpg', [
    'Team lunch',
    'with Bram',
    'Sandwiches for the workshop',
  ]),
  own('Office supplies', 'Papierhuis', 'EUR', 450, 8900, 'png', [
    'Markers and paper',
    'Toner',
    'Sketchbooks',
  ]),
  own('Software', 'Typefoundry Online', 'EUR', 1200, 24_900, 'pdf', [
    'Font licence',
    'Hosting',
    'Stock photos',
  ]),
  own('Hardware', 'Bits & Boards', 'EUR', 1900, 64_900, 'pdf', [
    'Keyboard',
    'Colour meter',
    'Spare display cable',
  ]),
  own('Postage', 'Post Office', 'EUR', 390, 2750, 'png', ['Proofs by registered mail', 'Samples']),
  own('Parking', 'Parking Westerdok', 'EUR', 300, 2400, 'jpg', ['Parking', '']),
  billed('Train', 'NS International', 'EUR', 1480, 9900, 'pdf', 'Fleet portal', [
    'Rotterdam and back',
    'Day return',
  ]),
  billed('Mileage', '', 'EUR', 12, 240, null, 'Fleet portal', ['To the harbour office', 'Gates 3 to 9']),
  billed('Mileage', '', 'EUR', 18, 95, null, 'Port signage', ['Site survey', 'Mounting of the prototypes']),
  billed('Printing', 'Drukkerij Lont', 'EUR', 4500, 38_000, 'pdf', 'Port signage', ['Test prints', 'Vinyl']),
  billed('Subcontractor', '', 'EUR', 2, 14, null, 'Online shop', ['Load test', 'Copy in American English']),
  billed('Flight', 'Transatlantic Air', 'USD', 38_000, 92_000, 'pdf', 'Online shop', [
    'AMS – PDX',
    'PDX – AMS',
  ]),
  billed('Hotel', 'Hotel Pearl District', 'USD', 14_900, 43_000, 'png', 'Online shop', [
    'Two nights, kick-off',
  ]),
  billed('Taxi', 'Black Cabs', 'GBP', 900, 4800, 'jpg', 'Annual report 2025', [
    'To the printer',
    'Liverpool Street',
  ]),
  billed('Dinner with client', 'The Old Cloth', 'GBP', 4200, 16_500, 'jpg', 'Annual report 2025', [
    'with Oliver Finch',
  ]),
  billed('Train', 'Rhätische Bahn', 'CHF', 3800, 15_200, 'pdf', 'Booking site', ['Zürich – St. Moritz']),
  billed('Hotel', 'Pension Alpenrose', 'CHF', 12_000, 31_000, 'png', 'Booking site', [
    'Workshop with the front desk',
  ]),
  billed('Per diem', '', 'EUR', 1, 4, null, 'Booking site', ['St. Moritz', 'Workshop days']),
  billed('Hotel', 'Ryokan Gion', 'JPY', 14_000, 38_500, 'png', 'Brand guide', ['Two nights in Kyoto']),
  billed('Dinner with client', 'Sakura Tea House', 'JPY', 4800, 16_200, 'jpg', 'Brand guide', ['田中さんと']),
  billed('Train', 'NS', 'EUR', 640, 2280, 'png', 'Reading room', ['Delft and back']),
]

function own(
  category: string,
  shop: string,
  code: string,
  from: number,
  to: number,
  receipt: Purchase['receipt'],
  descriptions: readonly string[],
): Purchase {
  return { category, shop, currency: currency(code), from, to, receipt, descriptions, project: null }
}

function billed(
  category: string,
  shop: string,
  code: string,
  from: number,
  to: number,
  receipt: Purchase['receipt'],
  project: string,
  descriptions: readonly string[],
): Purchase {
  return { category, shop, currency: currency(code), from, to, receipt, descriptions, project }
}
