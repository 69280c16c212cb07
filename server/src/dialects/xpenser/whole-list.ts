// Lists that Xpenser answers whole, read from the core page by page.

import { type Cursor, maxPageSize } from '../../core/page.ts'

/** Every entity of a list by id, however many there are: this API knows no pages. */
export async function wholeList<T extends { readonly id: number }>(
  list: (page: { readonly after?: Cursor }) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const found: T[] = []
  let page = await list({})
  found.push(...page)
  while (page.length === maxPageSize) {
    const last = found.at(-1)?.id ?? 0
    page = await list({ after: { value: last, id: last } })
    found.push(...page)
  }
  return found
}
