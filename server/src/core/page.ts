// Asking for lists: ranges, sort order and keyset pages, the same for every noun.

/** Bounds of a comparable value, both inclusive. A range with `from` above `to` matches nothing. */
export type Range<T> = { readonly from?: T; readonly to?: T }

/** Whether tombstones are among the answers. */
export type Deleted = 'without' | 'with' | 'only'

/** The sort key of the last row of a page; the next page starts behind it. */
export type Cursor = { readonly value: number | string; readonly id: number }

/** The common part of every list query. Sorting always ends with the id, in the same direction. */
export type Paging<Sort extends string> = {
  readonly sort?: Sort
  readonly descending?: boolean
  /** Not together with sorts by what can be null: there pages are counted by `offset`. */
  readonly after?: Cursor
  /** Rows left out before the page, for those who count pages. 0 to `maxOffset`. */
  readonly offset?: number
  /** 1 to `maxPageSize`; the default is `maxPageSize`. */
  readonly limit?: number
  readonly deleted?: Deleted
}

/** Rows of one page at most. A longer list is walked page by page, which keeps memory flat. */
export const maxPageSize = 1000

/** Ids in one filter at most: one page of them. */
export const maxIds = 1000

/** Rows left out at most: whoever wants more of a list walks it by cursor. */
export const maxOffset = 10_000_000
