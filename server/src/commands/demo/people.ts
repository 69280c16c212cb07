// The people of the demo: who they are, what they may do and what they cost.

import { type TimeZone, timeZone } from '../../core/day.ts'
import { type Decimal, decimal } from '../../core/decimal.ts'
import type { Role } from '../../core/people/nouns.ts'

export type Character = {
  readonly username: string
  readonly name: string
  readonly email: string
  readonly password: string
  readonly role: Role
  readonly hourlyRate: Decimal | null
  readonly costRate: Decimal | null
  readonly timeZone?: TimeZone
}

/** Harbour Studio has someone in every role. The owner is the first. */
export const studioPeople = [
  character('marit', 'Marit de Vries', 'owner', 'lighthouse', '110', '65'),
  character('joris', 'Joris Bakker', 'admin', 'breakwater', '95', '52.50'),
  character('anke', 'Anke Visser', 'manager', 'drawbridge', '90', '48'),
  character('tom', 'Tom Okafor', 'member', 'starboard', '80', '41'),
  {
    ...character('lena', 'Lena Schmidt', 'member', 'windjammer', '80', '42.75'),
    timeZone: timeZone('Europe/Lisbon'),
  },
  character('pieter', 'Pieter Smit', 'accountant', 'balancesheet', null, '55'),
  character('gwen', 'Gwen Hart', 'guest', 'passenger', null, null),
] as const satisfies readonly Character[]

/** Pacific Freelance. Its owner signs in with the name and the password of the published curl lines. */
export const freelancePeople = [
  {
    username: 'user',
    name: 'Sam Rivera',
    email: 'user@example.com',
    password: 'password',
    role: 'owner',
    hourlyRate: decimal('60'),
    costRate: null,
  },
  {
    username: 'kai',
    name: 'Kai Nakamura',
    email: 'kai@pacific.example',
    password: 'tidepools',
    role: 'member',
    hourlyRate: decimal('45'),
    costRate: decimal('30'),
  },
] as const satisfies readonly Character[]

function character(
  username: string,
  name: string,
  role: Role,
  password: string,
  hourlyRate: string | null,
  costRate: string | null,
): Character {
  return {
    username,
    name,
    email: `${username}@harbour.example`,
    password,
    role,
    hourlyRate: hourlyRate === null ? null : decimal(hourlyRate),
    costRate: costRate === null ? null : decimal(costRate),
  }
}
