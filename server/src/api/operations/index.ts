// Every operation of this door, in the order of the docs page.

import { operationsOf } from '../crud.ts'
import type { Operation } from '../operation.ts'
import { resources } from '../resources/index.ts'
import { applicationOperations } from './applications.ts'
import { changeOperations } from './changes.ts'
import { documentOperations } from './documents.ts'
import { moveOperations } from './moves.ts'
import { noteOperations } from './notes.ts'
import { peopleOperations } from './people.ts'
import { quickEntryOperations } from './quick-entry.ts'
import { receiptOperations } from './receipts.ts'
import { signInOperations } from './sign-in.ts'
import { timerOperations } from './timers.ts'
import { totalsOperations } from './totals.ts'
import { twoFactorOperations } from './two-factor.ts'

export type { Method, Operation } from '../operation.ts'

/** All of them. */
export const operations: readonly Operation[] = [
  ...signInOperations,
  ...twoFactorOperations,
  ...peopleOperations,
  ...resources.flatMap(operationsOf),
  ...timerOperations,
  ...totalsOperations,
  ...moveOperations,
  ...documentOperations,
  ...receiptOperations,
  ...quickEntryOperations,
  ...noteOperations,
  ...changeOperations,
  ...applicationOperations,
]
