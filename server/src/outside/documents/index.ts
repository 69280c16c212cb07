// Documents of the book as PDF/A-3b: embedded fonts, no network, no template language.

import type { Printer } from '../../core/ports.ts'
import { printExpenses } from './expenses.ts'
import { printInvoice } from './invoice.ts'

/** Prints what the core hands over. */
export const printer: Printer = { invoice: printInvoice, expenses: printExpenses }
