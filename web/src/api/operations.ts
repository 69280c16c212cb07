// What the native API takes and answers, generated from its OpenAPI document and not edited by hand.
// Written anew by: DAYBOOK_ACCEPT=1 npm test -- api-client
// biome-ignore-all format: generated

/** An exact amount of one currency, with its decimals as typed. */
export type Money = {
  /** An exact decimal number. */
  readonly amount: string
  /** An ISO 4217 code in use. */
  readonly currency: string
}

/** An amount. Without a currency the one that applies is meant; any other is refused. */
export type MoneyInput = {
  /** An exact decimal number. */
  readonly amount: string
  /** An ISO 4217 code in use. */
  readonly currency?: string
}

export type Problem = {
  /** Where the docs page explains it. */
  readonly type: string
  readonly title: string
  readonly status: number
  /** Stable, for programs. */
  readonly code: string
  /** For people. */
  readonly detail: string
  readonly errors?: readonly ({
    readonly in: 'body' | 'query' | 'path' | 'header'
    /** JSON pointer into its place. */
    readonly path: string
    readonly code: string
    readonly message: string
  })[]
}

export type PersonName = {
  readonly object: 'person'
  readonly id: number
  readonly name: string
}

export type Person = {
  readonly object: 'person'
  readonly id: number
  readonly name: string
  readonly email: string
  readonly username: string
  /** Null: the organization's. */
  readonly time_zone: string | null
  readonly role: 'owner' | 'admin' | 'manager' | 'member' | 'accountant' | 'guest'
  /** Price of an hour, in the organization's currency. */
  readonly hourly_rate: Money | null
  /** What an hour costs. */
  readonly cost_rate: Money | null
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
}

export type PersonInput = {
  readonly name: string
  readonly email: string
  readonly username?: string
  /** Null: the organization's. */
  readonly time_zone?: string | null
  readonly role: 'owner' | 'admin' | 'manager' | 'member' | 'accountant' | 'guest'
  /** Price of an hour, in the organization's currency. */
  readonly hourly_rate?: MoneyInput | null
  /** What an hour costs. */
  readonly cost_rate?: MoneyInput | null
  /** Somebody who is known on this server keeps their own. */
  readonly password: string
}

export type PersonUpdate = {
  readonly name?: string
  readonly email?: string
  readonly username?: string
  /** Null: the organization's. */
  readonly time_zone?: string | null
  readonly role?: 'owner' | 'admin' | 'manager' | 'member' | 'accountant' | 'guest'
  /** Price of an hour, in the organization's currency. */
  readonly hourly_rate?: MoneyInput | null
  /** What an hour costs. */
  readonly cost_rate?: MoneyInput | null
}

export type Organization = {
  readonly object: 'organization'
  readonly id: number
  readonly name: string
  /** Fixed once there are expenses. */
  readonly currency: string
  /** An IANA time zone, such as Europe/Amsterdam. */
  readonly time_zone: string
  readonly distance_unit: 'mi' | 'km'
  /** Price of a distance unit. */
  readonly distance_rate: Money | null
  /** Price of an hour of an expense counted in time. */
  readonly hourly_rate: Money | null
  /** How 10/2 is read. */
  readonly date_order: 'month-day' | 'day-month'
  readonly email: string
  readonly phone: string
  readonly website: string
  readonly address_line1: string
  readonly address_line2: string
  readonly postal_code: string
  readonly city: string
  readonly region: string
  readonly country: string
  readonly tax_number: string
  /** How invoices are numbered: {yyyy}, {yy}, {mm}, {dd} are of the date, {n}, {nn}… count. */
  readonly invoice_pattern: string
  readonly invoice_due_days: number
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
}

export type OrganizationUpdate = {
  readonly name?: string
  /** Fixed once there are expenses. */
  readonly currency?: string
  /** An IANA time zone, such as Europe/Amsterdam. */
  readonly time_zone?: string
  readonly distance_unit?: 'mi' | 'km'
  /** Price of a distance unit. */
  readonly distance_rate?: MoneyInput | null
  /** Price of an hour of an expense counted in time. */
  readonly hourly_rate?: MoneyInput | null
  /** How 10/2 is read. */
  readonly date_order?: 'month-day' | 'day-month'
  readonly email?: string
  readonly phone?: string
  readonly website?: string
  readonly address_line1?: string
  readonly address_line2?: string
  readonly postal_code?: string
  readonly city?: string
  readonly region?: string
  readonly country?: string
  readonly tax_number?: string
  /** How invoices are numbered: {yyyy}, {yy}, {mm}, {dd} are of the date, {n}, {nn}… count. */
  readonly invoice_pattern?: string
  readonly invoice_due_days?: number
}

export type Token = {
  readonly object: 'token'
  readonly id: number
  readonly person_id: number
  readonly name: string
  readonly scopes: readonly (string)[]
  readonly expires_at: string | null
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
}

export type Session = {
  readonly object: 'session'
  readonly id: number
  readonly person_id: number
  readonly name: string
  readonly scopes: readonly (string)[]
  readonly expires_at: string | null
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
}

export type Consent = {
  readonly object: 'consent'
  readonly id: number
  readonly person_id: number
  readonly name: string
  readonly scopes: readonly (string)[]
  readonly expires_at: string | null
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
}

export type Application = {
  readonly object: 'application'
  readonly id: number
  readonly name: string
  /** The public name that it shows. */
  readonly identifier: string
  /** The one door it comes through. */
  readonly door: 'native' | 'kimai' | 'xpenser' | 'expensicat' | 'paymo' | 'moneybird' | 'command'
  readonly redirect_uris: readonly (string)[]
  readonly scopes: readonly (string)[]
  /** Whether it keeps a secret. */
  readonly confidential: boolean
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
}

export type Receipt = {
  readonly object: 'receipt'
  readonly id: number
  readonly expense_id: number
  readonly person_id: number
  readonly file_name: string
  /** Decided from the bytes. */
  readonly media_type: string
  readonly size_bytes: number
  readonly sha256: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
}

export type Note = {
  readonly object: 'note'
  readonly id: number
  readonly subject_type: 'client' | 'contact' | 'project' | 'task_list' | 'activity' | 'category' | 'tag' | 'team' | 'product' | 'expense' | 'expense_report' | 'time_entry' | 'invoice' | 'invoice_line' | 'payment' | 'membership'
  readonly subject_id: number
  readonly person_id: number
  readonly body: string
  readonly todo: boolean
  readonly assignee_id: number | null
  readonly completed_at: string | null
  readonly completed_by_id: number | null
  readonly pinned: boolean
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
}

export type Property = {
  readonly object: 'property'
  readonly subject_type: 'client' | 'contact' | 'project' | 'task_list' | 'activity' | 'category' | 'tag' | 'team' | 'product' | 'expense' | 'expense_report' | 'time_entry' | 'invoice' | 'invoice_line' | 'payment' | 'membership'
  readonly subject_id: number
  /** Who gives the name its meaning: `organization`, or a door. */
  readonly space: string
  readonly name: string
  readonly value: string | null
}

export type QuickEntryPreview = {
  readonly object: 'quick_entry_preview'
  readonly error: string | null
  readonly expense: {
    readonly category: string
    readonly kind: 'money' | 'distance' | 'duration'
    /** An exact decimal number. */
    readonly quantity: string
    readonly unit: string | null
    readonly amount: Money
    /** An ISO 4217 code in use. */
    readonly currency: string
    readonly description: string
    readonly tags: readonly (string)[]
    /** A wall-clock time, YYYY-MM-DDTHH:MM:SS, beside its time zone. A day alone is its midnight. */
    readonly spent_at: string
    readonly report_id: number
  } | null
  /** Pieces of the text, in UTF-16 units, `to` exclusive. */
  readonly spans: readonly ({
    readonly from: number
    readonly to: number
    readonly means: 'type' | 'quantity' | 'date' | 'tag' | 'report' | 'note' | 'ignored'
    readonly text: string
  })[]
}

export type Change = {
  readonly object: 'change'
  readonly sequence: number
  /** Such as `expense.created`. */
  readonly type: string
  readonly noun: string
  readonly id: number
  readonly action: 'created' | 'updated' | 'deleted' | 'restored' | 'started' | 'stopped'
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly at: string
  readonly person_id: number | null
  readonly door: string
  readonly request_id: string
  readonly data: Readonly<Record<string, unknown>> | null
  readonly previous: Readonly<Record<string, unknown>> | null
}

export type Client = {
  readonly object: 'client'
  readonly id: number
  readonly name: string
  readonly number: string
  /** Null: the organization's currency. */
  readonly currency: string | null
  readonly contact_person: string
  readonly email: string
  readonly phone: string
  readonly website: string
  readonly address_line1: string
  readonly address_line2: string
  readonly postal_code: string
  readonly city: string
  readonly region: string
  /** ISO 3166, two letters, or empty. */
  readonly country: string
  readonly tax_number: string
  readonly comment: string
  readonly color: string
  readonly billable: boolean
  /** What may be spent; null: no limit. */
  readonly budget: Money | null
  /** What may be worked; null: no limit. */
  readonly budget_seconds: number | null
  readonly budget_period: 'total' | 'month'
  readonly state: 'active' | 'archived'
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
}

export type ClientInput = {
  readonly name: string
  readonly number?: string
  /** Null: the organization's currency. */
  readonly currency?: string | null
  readonly contact_person?: string
  readonly email?: string
  readonly phone?: string
  readonly website?: string
  readonly address_line1?: string
  readonly address_line2?: string
  readonly postal_code?: string
  readonly city?: string
  readonly region?: string
  /** ISO 3166, two letters, or empty. */
  readonly country?: string
  readonly tax_number?: string
  readonly comment?: string
  readonly color?: string
  readonly billable?: boolean
  /** What may be spent; null: no limit. */
  readonly budget?: MoneyInput | null
  /** What may be worked; null: no limit. */
  readonly budget_seconds?: number | null
  readonly budget_period?: 'total' | 'month'
  readonly state?: 'active' | 'archived'
}

export type ClientUpdate = {
  readonly name?: string
  readonly number?: string
  /** Null: the organization's currency. */
  readonly currency?: string | null
  readonly contact_person?: string
  readonly email?: string
  readonly phone?: string
  readonly website?: string
  readonly address_line1?: string
  readonly address_line2?: string
  readonly postal_code?: string
  readonly city?: string
  readonly region?: string
  /** ISO 3166, two letters, or empty. */
  readonly country?: string
  readonly tax_number?: string
  readonly comment?: string
  readonly color?: string
  readonly billable?: boolean
  /** What may be spent; null: no limit. */
  readonly budget?: MoneyInput | null
  /** What may be worked; null: no limit. */
  readonly budget_seconds?: number | null
  readonly budget_period?: 'total' | 'month'
  readonly state?: 'active' | 'archived'
}

export type Contact = {
  readonly object: 'contact'
  readonly id: number
  readonly client_id: number
  readonly first_name: string
  readonly last_name: string
  readonly email: string
  readonly phone: string
  readonly mobile: string
  readonly department: string
  readonly job_title: string
  readonly comment: string
  /** The one that is asked first. */
  readonly main: boolean
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
  /** With `with=client`. */
  readonly client?: Client | null
}

export type ContactInput = {
  readonly client_id: number
  readonly first_name?: string
  readonly last_name?: string
  readonly email?: string
  readonly phone?: string
  readonly mobile?: string
  readonly department?: string
  readonly job_title?: string
  readonly comment?: string
  /** The one that is asked first. */
  readonly main?: boolean
}

export type ContactUpdate = {
  readonly client_id?: number
  readonly first_name?: string
  readonly last_name?: string
  readonly email?: string
  readonly phone?: string
  readonly mobile?: string
  readonly department?: string
  readonly job_title?: string
  readonly comment?: string
  /** The one that is asked first. */
  readonly main?: boolean
}

export type Project = {
  readonly object: 'project'
  readonly id: number
  readonly client_id: number | null
  readonly name: string
  readonly code: string
  readonly comment: string
  readonly color: string
  readonly billable: boolean
  /** Price of an hour. */
  readonly hourly_rate: Money | null
  /** What may be spent; null: no limit. */
  readonly budget: Money | null
  /** What may be worked; null: no limit. */
  readonly budget_seconds: number | null
  readonly budget_period: 'total' | 'month'
  readonly starts_on: string | null
  readonly ends_on: string | null
  /** People who work on it. */
  readonly member_ids: readonly (number)[]
  /** Those of them who run it. */
  readonly manager_ids: readonly (number)[]
  readonly state: 'active' | 'archived'
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
  /** With `with=client`. */
  readonly client?: Client | null
}

export type ProjectInput = {
  readonly client_id?: number | null
  readonly name: string
  readonly code?: string
  readonly comment?: string
  readonly color?: string
  readonly billable?: boolean
  /** Price of an hour. */
  readonly hourly_rate?: MoneyInput | null
  /** What may be spent; null: no limit. */
  readonly budget?: MoneyInput | null
  /** What may be worked; null: no limit. */
  readonly budget_seconds?: number | null
  readonly budget_period?: 'total' | 'month'
  readonly starts_on?: string | null
  readonly ends_on?: string | null
  /** People who work on it. */
  readonly member_ids?: readonly (number)[]
  /** Those of them who run it. */
  readonly manager_ids?: readonly (number)[]
  readonly state?: 'active' | 'archived'
}

export type ProjectUpdate = {
  readonly client_id?: number | null
  readonly name?: string
  readonly code?: string
  readonly comment?: string
  readonly color?: string
  readonly billable?: boolean
  /** Price of an hour. */
  readonly hourly_rate?: MoneyInput | null
  /** What may be spent; null: no limit. */
  readonly budget?: MoneyInput | null
  /** What may be worked; null: no limit. */
  readonly budget_seconds?: number | null
  readonly budget_period?: 'total' | 'month'
  readonly starts_on?: string | null
  readonly ends_on?: string | null
  /** People who work on it. */
  readonly member_ids?: readonly (number)[]
  /** Those of them who run it. */
  readonly manager_ids?: readonly (number)[]
  readonly state?: 'active' | 'archived'
}

export type TaskList = {
  readonly object: 'task_list'
  readonly id: number
  readonly project_id: number
  readonly name: string
  readonly comment: string
  readonly color: string
  readonly position: number
  readonly state: 'active' | 'archived'
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
  /** With `with=project`. */
  readonly project?: Project | null
}

export type TaskListInput = {
  readonly project_id: number
  readonly name: string
  readonly comment?: string
  readonly color?: string
  readonly position?: number
  readonly state?: 'active' | 'archived'
}

export type TaskListUpdate = {
  readonly project_id?: number
  readonly name?: string
  readonly comment?: string
  readonly color?: string
  readonly position?: number
  readonly state?: 'active' | 'archived'
}

export type Activity = {
  readonly object: 'activity'
  readonly id: number
  readonly project_id: number | null
  /** A task list of the same project. */
  readonly task_list_id: number | null
  readonly name: string
  readonly code: string
  readonly comment: string
  readonly color: string
  readonly billable: boolean
  /** Price of an hour. */
  readonly hourly_rate: Money | null
  /** What may be spent; null: no limit. */
  readonly budget: Money | null
  /** What may be worked; null: no limit. */
  readonly budget_seconds: number | null
  readonly budget_period: 'total' | 'month'
  readonly position: number
  /** 0 to 100; most are 50. */
  readonly priority: number
  readonly starts_on: string | null
  readonly due_on: string | null
  /** Null while there is work left. */
  readonly completed_at: string | null
  readonly completed_by_id: number | null
  /** Who is to do it; nobody: everyone. */
  readonly assignee_ids: readonly (number)[]
  readonly state: 'active' | 'archived'
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
  /** With `with=project`. */
  readonly project?: Project | null
  /** With `with=task_list`. */
  readonly task_list?: TaskList | null
}

export type ActivityInput = {
  readonly project_id?: number | null
  /** A task list of the same project. */
  readonly task_list_id?: number | null
  readonly name: string
  readonly code?: string
  readonly comment?: string
  readonly color?: string
  readonly billable?: boolean
  /** Price of an hour. */
  readonly hourly_rate?: MoneyInput | null
  /** What may be spent; null: no limit. */
  readonly budget?: MoneyInput | null
  /** What may be worked; null: no limit. */
  readonly budget_seconds?: number | null
  readonly budget_period?: 'total' | 'month'
  readonly position?: number
  /** 0 to 100; most are 50. */
  readonly priority?: number
  readonly starts_on?: string | null
  readonly due_on?: string | null
  /** Who is to do it; nobody: everyone. */
  readonly assignee_ids?: readonly (number)[]
  readonly state?: 'active' | 'archived'
}

export type ActivityUpdate = {
  readonly project_id?: number | null
  /** A task list of the same project. */
  readonly task_list_id?: number | null
  readonly name?: string
  readonly code?: string
  readonly comment?: string
  readonly color?: string
  readonly billable?: boolean
  /** Price of an hour. */
  readonly hourly_rate?: MoneyInput | null
  /** What may be spent; null: no limit. */
  readonly budget?: MoneyInput | null
  /** What may be worked; null: no limit. */
  readonly budget_seconds?: number | null
  readonly budget_period?: 'total' | 'month'
  readonly position?: number
  /** 0 to 100; most are 50. */
  readonly priority?: number
  readonly starts_on?: string | null
  readonly due_on?: string | null
  /** Who is to do it; nobody: everyone. */
  readonly assignee_ids?: readonly (number)[]
  readonly state?: 'active' | 'archived'
}

export type Team = {
  readonly object: 'team'
  readonly id: number
  readonly name: string
  readonly member_ids: readonly (number)[]
  /** Those of the members who lead it. */
  readonly lead_ids: readonly (number)[]
  readonly client_ids: readonly (number)[]
  readonly project_ids: readonly (number)[]
  readonly activity_ids: readonly (number)[]
  readonly comment: string
  readonly color: string
  readonly state: 'active' | 'archived'
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
}

export type TeamInput = {
  readonly name: string
  readonly member_ids?: readonly (number)[]
  /** Those of the members who lead it. */
  readonly lead_ids?: readonly (number)[]
  readonly client_ids?: readonly (number)[]
  readonly project_ids?: readonly (number)[]
  readonly activity_ids?: readonly (number)[]
  readonly comment?: string
  readonly color?: string
  readonly state?: 'active' | 'archived'
}

export type TeamUpdate = {
  readonly name?: string
  readonly member_ids?: readonly (number)[]
  /** Those of the members who lead it. */
  readonly lead_ids?: readonly (number)[]
  readonly client_ids?: readonly (number)[]
  readonly project_ids?: readonly (number)[]
  readonly activity_ids?: readonly (number)[]
  readonly comment?: string
  readonly color?: string
  readonly state?: 'active' | 'archived'
}

export type TimeEntry = {
  readonly object: 'time_entry'
  readonly id: number
  /** Who worked. Default: the caller. */
  readonly person_id: number
  readonly client_id: number | null
  readonly project_id: number | null
  readonly activity_id: number | null
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly started_at: string
  /** Null while it runs. */
  readonly ended_at: string | null
  readonly break_seconds: number
  /** Without the breaks. */
  readonly duration_seconds: number | null
  /** Default: the caller's. */
  readonly time_zone: string
  /** False: only the day and the duration are meant. */
  readonly timed: boolean
  readonly description: string
  readonly billable: boolean
  /** Invoices set it. */
  readonly billed: boolean
  readonly invoice_id: number | null
  /** Overrides every other rate when set. */
  readonly hourly_rate: Money | null
  /** What the entry is worth whatever it lasts; goes before every hourly rate. */
  readonly fixed_rate: Money | null
  /** Names of tags. Unknown names become new tags. */
  readonly tags: readonly (string)[]
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
  /** With `with=person`. */
  readonly person?: PersonName | null
  /** With `with=client`. */
  readonly client?: Client | null
  /** With `with=project`. */
  readonly project?: Project | null
  /** With `with=activity`. */
  readonly activity?: Activity | null
}

export type TimeEntryInput = {
  /** Who worked. Default: the caller. */
  readonly person_id?: number
  readonly client_id?: number | null
  readonly project_id?: number | null
  readonly activity_id?: number | null
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly started_at: string
  /** Null while it runs. */
  readonly ended_at?: string | null
  readonly break_seconds?: number
  /** Default: the caller's. */
  readonly time_zone?: string
  /** False: only the day and the duration are meant. */
  readonly timed?: boolean
  readonly description?: string
  readonly billable?: boolean
  /** Overrides every other rate when set. */
  readonly hourly_rate?: MoneyInput | null
  /** What the entry is worth whatever it lasts; goes before every hourly rate. */
  readonly fixed_rate?: MoneyInput | null
  /** Names of tags. Unknown names become new tags. */
  readonly tags?: readonly (string)[]
}

export type TimeEntryUpdate = {
  readonly client_id?: number | null
  readonly project_id?: number | null
  readonly activity_id?: number | null
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly started_at?: string
  /** Null while it runs. */
  readonly ended_at?: string | null
  readonly break_seconds?: number
  /** Default: the caller's. */
  readonly time_zone?: string
  /** False: only the day and the duration are meant. */
  readonly timed?: boolean
  readonly description?: string
  readonly billable?: boolean
  /** Overrides every other rate when set. */
  readonly hourly_rate?: MoneyInput | null
  /** What the entry is worth whatever it lasts; goes before every hourly rate. */
  readonly fixed_rate?: MoneyInput | null
  /** Names of tags. Unknown names become new tags. */
  readonly tags?: readonly (string)[]
}

export type Rate = {
  readonly object: 'rate'
  readonly id: number
  readonly client_id: number | null
  readonly project_id: number | null
  readonly activity_id: number | null
  readonly person_id: number | null
  /** Per hour; with `fixed`, per entry. */
  readonly amount: Money
  /** What it costs the organization; null: not known. */
  readonly cost_amount: Money | null
  readonly fixed: boolean
  /** The first day it counts on; null: since ever. */
  readonly valid_from: string | null
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
  /** With `with=client`. */
  readonly client?: Client | null
  /** With `with=project`. */
  readonly project?: Project | null
  /** With `with=activity`. */
  readonly activity?: Activity | null
  /** With `with=person`. */
  readonly person?: PersonName | null
}

export type RateInput = {
  readonly client_id?: number | null
  readonly project_id?: number | null
  readonly activity_id?: number | null
  readonly person_id?: number | null
  /** Per hour; with `fixed`, per entry. */
  readonly amount: MoneyInput
  /** What it costs the organization; null: not known. */
  readonly cost_amount?: MoneyInput | null
  readonly fixed?: boolean
  /** The first day it counts on; null: since ever. */
  readonly valid_from?: string | null
}

export type RateUpdate = {
  readonly client_id?: number | null
  readonly project_id?: number | null
  readonly activity_id?: number | null
  readonly person_id?: number | null
  /** Per hour; with `fixed`, per entry. */
  readonly amount?: MoneyInput
  /** What it costs the organization; null: not known. */
  readonly cost_amount?: MoneyInput | null
  readonly fixed?: boolean
  /** The first day it counts on; null: since ever. */
  readonly valid_from?: string | null
}

export type Category = {
  readonly object: 'category'
  readonly id: number
  readonly name: string
  readonly unit: 'mi' | 'km' | 'minute' | 'hour' | 'day' | 'piece' | null
  /** Price of one unit, in the organization's currency. */
  readonly unit_price: Money | null
  readonly comment: string
  readonly color: string
  readonly state: 'active' | 'archived'
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
}

export type CategoryInput = {
  readonly name: string
  readonly unit?: 'mi' | 'km' | 'minute' | 'hour' | 'day' | 'piece' | null
  /** Price of one unit, in the organization's currency. */
  readonly unit_price?: MoneyInput | null
  readonly comment?: string
  readonly color?: string
  readonly state?: 'active' | 'archived'
}

export type CategoryUpdate = {
  readonly name?: string
  readonly unit?: 'mi' | 'km' | 'minute' | 'hour' | 'day' | 'piece' | null
  /** Price of one unit, in the organization's currency. */
  readonly unit_price?: MoneyInput | null
  readonly comment?: string
  readonly color?: string
  readonly state?: 'active' | 'archived'
}

export type Tag = {
  readonly object: 'tag'
  readonly id: number
  readonly name: string
  readonly color: string
  readonly state: 'active' | 'archived'
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
}

export type TagInput = {
  readonly name: string
  readonly color?: string
  readonly state?: 'active' | 'archived'
}

export type TagUpdate = {
  readonly name?: string
  readonly color?: string
  readonly state?: 'active' | 'archived'
}

export type Expense = {
  readonly object: 'expense'
  readonly id: number
  /** Who spent it. Default: the caller. */
  readonly person_id: number
  /** Default: the person's default report. */
  readonly report_id: number
  readonly category_id: number
  readonly client_id: number | null
  readonly project_id: number | null
  readonly activity_id: number | null
  /** A wall-clock time, YYYY-MM-DDTHH:MM:SS, beside its time zone. A day alone is its midnight. */
  readonly spent_at: string
  /** Default: the caller's. */
  readonly time_zone: string
  readonly description: string
  /** Default 1. */
  readonly quantity: string
  readonly unit: 'mi' | 'km' | 'minute' | 'hour' | 'day' | 'piece' | null
  readonly unit_price: Money
  readonly amount: Money
  /** What it comes to in the organization's currency. */
  readonly base_amount: Money
  readonly exchange: {
    /** An exact decimal number. */
    readonly rate: string
    readonly source: string
    /** A calendar day, YYYY-MM-DD. */
    readonly on: string
  } | null
  readonly billable: boolean
  /** Invoices set it. */
  readonly billed: boolean
  readonly invoice_id: number | null
  /** Names of tags. Unknown names become new tags. */
  readonly tags: readonly (string)[]
  /** Receipts behind it, oldest first. */
  readonly receipt_ids: readonly (number)[]
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
  /** With `with=person`. */
  readonly person?: PersonName | null
  /** With `with=report`. */
  readonly report?: ExpenseReport | null
  /** With `with=category`. */
  readonly category?: Category | null
  /** With `with=client`. */
  readonly client?: Client | null
  /** With `with=project`. */
  readonly project?: Project | null
  /** With `with=activity`. */
  readonly activity?: Activity | null
}

export type ExpenseInput = {
  /** Who spent it. Default: the caller. */
  readonly person_id?: number
  /** Default: the person's default report. */
  readonly report_id?: number
  readonly category_id?: number
  /** The name of a category, instead of its id. */
  readonly category?: string
  readonly client_id?: number | null
  readonly project_id?: number | null
  readonly activity_id?: number | null
  /** A wall-clock time, YYYY-MM-DDTHH:MM:SS, beside its time zone. A day alone is its midnight. */
  readonly spent_at: string
  /** Default: the caller's. */
  readonly time_zone?: string
  readonly description?: string
  /** Default 1. */
  readonly quantity?: string
  readonly unit?: 'mi' | 'km' | 'minute' | 'hour' | 'day' | 'piece' | null
  /** An amount. Without a currency the organization's, or the present one, is meant. */
  readonly unit_price?: MoneyInput
  /** An amount. Without a currency the organization's, or the present one, is meant. */
  readonly amount?: MoneyInput
  readonly exchange?: {
    /** An exact decimal number. */
    readonly rate: string
    readonly source: string
    /** A calendar day, YYYY-MM-DD. */
    readonly on: string
  } | null
  readonly billable?: boolean
  /** Names of tags. Unknown names become new tags. */
  readonly tags?: readonly (string)[]
}

export type ExpenseUpdate = {
  /** Default: the person's default report. */
  readonly report_id?: number
  readonly category_id?: number
  /** The name of a category, instead of its id. */
  readonly category?: string
  readonly client_id?: number | null
  readonly project_id?: number | null
  readonly activity_id?: number | null
  /** A wall-clock time, YYYY-MM-DDTHH:MM:SS, beside its time zone. A day alone is its midnight. */
  readonly spent_at?: string
  /** Default: the caller's. */
  readonly time_zone?: string
  readonly description?: string
  /** Default 1. */
  readonly quantity?: string
  readonly unit?: 'mi' | 'km' | 'minute' | 'hour' | 'day' | 'piece' | null
  /** An amount. Without a currency the organization's, or the present one, is meant. */
  readonly unit_price?: MoneyInput
  /** An amount. Without a currency the organization's, or the present one, is meant. */
  readonly amount?: MoneyInput
  readonly exchange?: {
    /** An exact decimal number. */
    readonly rate: string
    readonly source: string
    /** A calendar day, YYYY-MM-DD. */
    readonly on: string
  } | null
  readonly billable?: boolean
  /** Names of tags. Unknown names become new tags. */
  readonly tags?: readonly (string)[]
}

export type ExpenseReport = {
  readonly object: 'expense_report'
  readonly id: number
  readonly person_id: number
  readonly name: string
  readonly state: 'open' | 'submitted' | 'approved' | 'rejected' | 'paid' | 'archived'
  readonly is_default: boolean
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
  /** With `with=person`. */
  readonly person?: PersonName | null
}

export type ExpenseReportInput = {
  readonly name: string
  readonly state?: 'open' | 'submitted' | 'approved' | 'rejected' | 'paid' | 'archived'
}

export type ExpenseReportUpdate = {
  readonly name?: string
  readonly state?: 'open' | 'submitted' | 'approved' | 'rejected' | 'paid' | 'archived'
}

export type Invoice = {
  readonly object: 'invoice'
  readonly id: number
  readonly client_id: number
  /** Who wrote it. */
  readonly person_id: number
  /** Given by hand, or the next one when it is sent. */
  readonly number: string | null
  readonly state: 'draft' | 'sent' | 'viewed' | 'paid' | 'void'
  /** Default: the client's, else the organization's. */
  readonly currency: string
  readonly issued_on: string | null
  readonly due_on: string | null
  readonly title: string
  readonly reference: string
  readonly notes: string
  readonly footer: string
  /** Name and address; empty: those of the client. */
  readonly bill_to: string
  /** Off every line: `10` means 10 %. */
  readonly discount_percent: string
  readonly prices_include_tax: boolean
  /** A compound tax is taken on the net and on the taxes before it. */
  readonly taxes: readonly ({
    readonly name: string
    /** An exact decimal number. */
    readonly percent: string
    readonly compound: boolean
    readonly tax_rate_id: number | null
    readonly amount: Money
  })[]
  /** All lines, in order; those left out of a change go. `taxes` are places in the invoice's `taxes`, all of them by default. A line may bill an expense or time entries. */
  readonly lines: readonly ({
    readonly id: number
    readonly title: string
    readonly description: string
    /** An exact decimal number. */
    readonly quantity: string
    readonly unit_price: Money
    readonly amount: Money
    readonly taxes: readonly (number)[]
    readonly project_id: number | null
    readonly expense_id: number | null
    readonly product_id: number | null
    readonly ledger_account_id: number | null
    readonly from: string | null
    readonly to: string | null
    readonly time_entry_ids: readonly (number)[]
  })[]
  /** Lines before discount. */
  readonly subtotal: Money
  readonly discount: Money
  readonly total: Money
  readonly paid: Money
  readonly sent_at: string | null
  readonly viewed_at: string | null
  readonly paid_at: string | null
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
  /** With `with=client`. */
  readonly client?: Client | null
  /** With `with=person`. */
  readonly person?: PersonName | null
}

export type InvoiceInput = {
  readonly client_id: number
  /** Given by hand, or the next one when it is sent. */
  readonly number?: string | null
  /** Default: the client's, else the organization's. */
  readonly currency?: string
  readonly issued_on?: string | null
  readonly due_on?: string | null
  readonly title?: string
  readonly reference?: string
  readonly notes?: string
  readonly footer?: string
  /** Name and address; empty: those of the client. */
  readonly bill_to?: string
  /** Off every line: `10` means 10 %. */
  readonly discount_percent?: string
  readonly prices_include_tax?: boolean
  /** A compound tax is taken on the net and on the taxes before it. */
  readonly taxes?: readonly ({
    readonly name: string
    /** An exact decimal number. */
    readonly percent: string
    readonly compound?: boolean
    readonly tax_rate_id?: number | null
  })[]
  /** All lines, in order; those left out of a change go. `taxes` are places in the invoice's `taxes`, all of them by default. A line may bill an expense or time entries. */
  readonly lines?: readonly ({
    readonly id?: number
    readonly title?: string
    readonly description?: string
    /** An exact decimal number. */
    readonly quantity?: string
    /** An amount. Without a currency the organization's, or the present one, is meant. */
    readonly unit_price?: MoneyInput
    readonly taxes?: readonly (number)[]
    readonly project_id?: number | null
    readonly expense_id?: number | null
    readonly product_id?: number | null
    readonly ledger_account_id?: number | null
    readonly from?: string | null
    readonly to?: string | null
    readonly time_entry_ids?: readonly (number)[]
  })[]
  /** Time entries that it bills without a line naming them. */
  readonly time_entry_ids?: readonly (number)[]
}

export type InvoiceUpdate = {
  readonly client_id?: number
  /** Given by hand, or the next one when it is sent. */
  readonly number?: string | null
  /** Default: the client's, else the organization's. */
  readonly currency?: string
  readonly issued_on?: string | null
  readonly due_on?: string | null
  readonly title?: string
  readonly reference?: string
  readonly notes?: string
  readonly footer?: string
  /** Name and address; empty: those of the client. */
  readonly bill_to?: string
  /** Off every line: `10` means 10 %. */
  readonly discount_percent?: string
  readonly prices_include_tax?: boolean
  /** A compound tax is taken on the net and on the taxes before it. */
  readonly taxes?: readonly ({
    readonly name: string
    /** An exact decimal number. */
    readonly percent: string
    readonly compound?: boolean
    readonly tax_rate_id?: number | null
  })[]
  /** All lines, in order; those left out of a change go. `taxes` are places in the invoice's `taxes`, all of them by default. A line may bill an expense or time entries. */
  readonly lines?: readonly ({
    readonly id?: number
    readonly title?: string
    readonly description?: string
    /** An exact decimal number. */
    readonly quantity?: string
    /** An amount. Without a currency the organization's, or the present one, is meant. */
    readonly unit_price?: MoneyInput
    readonly taxes?: readonly (number)[]
    readonly project_id?: number | null
    readonly expense_id?: number | null
    readonly product_id?: number | null
    readonly ledger_account_id?: number | null
    readonly from?: string | null
    readonly to?: string | null
    readonly time_entry_ids?: readonly (number)[]
  })[]
  /** Time entries that it bills without a line naming them. */
  readonly time_entry_ids?: readonly (number)[]
}

export type Payment = {
  readonly object: 'payment'
  readonly id: number
  readonly invoice_id: number
  /** Above zero, and no more than what is unpaid. */
  readonly amount: Money
  /** Default: today. */
  readonly paid_on: string
  readonly comment: string
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
  /** With `with=invoice`. */
  readonly invoice?: Invoice | null
}

export type PaymentInput = {
  readonly invoice_id: number
  /** Above zero, and no more than what is unpaid. */
  readonly amount: MoneyInput
  /** Default: today. */
  readonly paid_on?: string
  readonly comment?: string
}

export type PaymentUpdate = {
  /** Above zero, and no more than what is unpaid. */
  readonly amount?: MoneyInput
  /** Default: today. */
  readonly paid_on?: string
  readonly comment?: string
}

export type RecurringInvoice = {
  readonly object: 'recurring_invoice'
  readonly id: number
  readonly client_id: number
  readonly person_id: number
  readonly frequency: 'weekly' | 'biweekly' | 'monthly' | 'quarterly' | 'yearly'
  /** A calendar day, YYYY-MM-DD. */
  readonly starts_on: string
  readonly ends_on: string | null
  readonly max_invoices: number | null
  readonly notes: string
  readonly auto_send: boolean
  /** Prices are in the client's currency. */
  readonly lines: readonly ({
    readonly title: string
    readonly description: string
    /** An exact decimal number. */
    readonly quantity: string
    readonly unit_price: Money
  })[]
  readonly state: 'active' | 'paused' | 'cancelled' | 'completed'
  /** Invoices so far. */
  readonly generated: number
  readonly next_on: string | null
  readonly last_on: string | null
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
  /** With `with=client`. */
  readonly client?: Client | null
}

export type RecurringInvoiceInput = {
  readonly client_id: number
  readonly frequency: 'weekly' | 'biweekly' | 'monthly' | 'quarterly' | 'yearly'
  /** A calendar day, YYYY-MM-DD. */
  readonly starts_on: string
  readonly ends_on?: string | null
  readonly max_invoices?: number | null
  readonly notes?: string
  readonly auto_send?: boolean
  /** Prices are in the client's currency. */
  readonly lines: readonly ({
    readonly title: string
    readonly description?: string
    /** An exact decimal number. */
    readonly quantity?: string
    readonly unit_price: MoneyInput
  })[]
  readonly state?: 'active' | 'paused' | 'cancelled' | 'completed'
}

export type RecurringInvoiceUpdate = {
  readonly state?: 'active' | 'paused' | 'cancelled' | 'completed'
}

export type Product = {
  readonly object: 'product'
  readonly id: number
  readonly name: string
  readonly identifier: string
  readonly unit_price: Money
  readonly tax_rate_id: number | null
  readonly ledger_account_id: number | null
  readonly comment: string
  readonly color: string
  readonly state: 'active' | 'archived'
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
}

export type ProductInput = {
  readonly name: string
  readonly identifier?: string
  /** An amount. Without a currency the organization's, or the present one, is meant. */
  readonly unit_price: MoneyInput
  readonly tax_rate_id?: number | null
  readonly ledger_account_id?: number | null
  readonly comment?: string
  readonly color?: string
  readonly state?: 'active' | 'archived'
}

export type ProductUpdate = {
  readonly name?: string
  readonly identifier?: string
  /** An amount. Without a currency the organization's, or the present one, is meant. */
  readonly unit_price?: MoneyInput
  readonly tax_rate_id?: number | null
  readonly ledger_account_id?: number | null
  readonly comment?: string
  readonly color?: string
  readonly state?: 'active' | 'archived'
}

export type TaxRate = {
  readonly object: 'tax_rate'
  readonly id: number
  readonly name: string
  /** `21` means 21 %. */
  readonly percent: string
  /** ISO 3166, two letters, or empty. */
  readonly country: string
  readonly comment: string
  readonly color: string
  readonly state: 'active' | 'archived'
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
}

export type TaxRateInput = {
  readonly name: string
  /** `21` means 21 %. */
  readonly percent: string
  /** ISO 3166, two letters, or empty. */
  readonly country?: string
  readonly comment?: string
  readonly color?: string
  readonly state?: 'active' | 'archived'
}

export type TaxRateUpdate = {
  readonly name?: string
  /** `21` means 21 %. */
  readonly percent?: string
  /** ISO 3166, two letters, or empty. */
  readonly country?: string
  readonly comment?: string
  readonly color?: string
  readonly state?: 'active' | 'archived'
}

export type LedgerAccount = {
  readonly object: 'ledger_account'
  readonly id: number
  readonly name: string
  readonly number: string
  readonly kind: 'revenue' | 'expenses' | 'assets' | 'liabilities' | 'equity'
  readonly comment: string
  readonly color: string
  readonly state: 'active' | 'archived'
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
}

export type LedgerAccountInput = {
  readonly name: string
  readonly number?: string
  readonly kind?: 'revenue' | 'expenses' | 'assets' | 'liabilities' | 'equity'
  readonly comment?: string
  readonly color?: string
  readonly state?: 'active' | 'archived'
}

export type LedgerAccountUpdate = {
  readonly name?: string
  readonly number?: string
  readonly kind?: 'revenue' | 'expenses' | 'assets' | 'liabilities' | 'equity'
  readonly comment?: string
  readonly color?: string
  readonly state?: 'active' | 'archived'
}

export type CustomField = {
  readonly object: 'custom_field'
  readonly id: number
  /** What has this field. */
  readonly subject_type: 'client' | 'contact' | 'project' | 'task_list' | 'activity' | 'category' | 'tag' | 'team' | 'product' | 'expense' | 'expense_report' | 'time_entry' | 'invoice' | 'invoice_line' | 'payment' | 'membership'
  readonly name: string
  readonly label: string
  readonly comment: string
  readonly color: string
  readonly state: 'active' | 'archived'
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
}

export type CustomFieldInput = {
  /** What has this field. */
  readonly subject_type: 'client' | 'contact' | 'project' | 'task_list' | 'activity' | 'category' | 'tag' | 'team' | 'product' | 'expense' | 'expense_report' | 'time_entry' | 'invoice' | 'invoice_line' | 'payment' | 'membership'
  readonly name: string
  readonly label?: string
  readonly comment?: string
  readonly color?: string
  readonly state?: 'active' | 'archived'
}

export type CustomFieldUpdate = {
  readonly name?: string
  readonly label?: string
  readonly comment?: string
  readonly color?: string
  readonly state?: 'active' | 'archived'
}

export type Webhook = {
  readonly object: 'webhook'
  readonly id: number
  readonly person_id: number
  readonly url: string
  readonly events: readonly (string)[]
  /** A new one is active. */
  readonly state: 'active' | 'paused'
  /** What the target answered last; null before the first delivery. */
  readonly last_status: number | null
  /** Grows with every change. */
  readonly revision: number
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly created_at: string
  /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
  readonly updated_at: string
  readonly deleted_at: string | null
}

export type WebhookInput = {
  readonly url: string
  readonly events?: readonly (string)[]
  readonly secret?: string | null
  /** A new one is active. */
  readonly state?: 'active' | 'paused'
}

export type WebhookUpdate = {
  readonly url?: string
  readonly events?: readonly (string)[]
  readonly secret?: string | null
  /** A new one is active. */
  readonly state?: 'active' | 'paused'
}

/** Every operation: what stands in its path, what it takes and what it answers. */
export type Operations = {
  /** Sign in. */
  startSession: { takes: { body: {
      readonly login: string
      readonly password: string
      /** Of the second factor, where there is one: six digits of the app, or a recovery code. */
      readonly code?: string
    } }; answers: Session }
  /** Sign out. */
  endSession: { takes: Record<never, never>; answers: undefined }
  /** List sessions. */
  listSessions: { takes: { query?: { person_id?: number } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Session)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** End a session. */
  endSessionById: { takes: { path: { id: number } }; answers: undefined }
  /** Make a token. */
  createToken: { takes: { body: {
      readonly name: string
      readonly scopes: readonly (string)[]
      readonly expires_at?: string | null
    } }; answers: {
      readonly object: 'token'
      readonly id: number
      readonly person_id: number
      readonly name: string
      readonly scopes: readonly (string)[]
      readonly expires_at: string | null
      /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
      readonly created_at: string
      /** Shown once. Null when an idempotency key replays the answer: it is not kept. */
      readonly secret: string | null
    } }
  /** List tokens. */
  listTokens: { takes: { query?: { person_id?: number } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Token)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** End a token. */
  endToken: { takes: { path: { id: number } }; answers: undefined }
  /** List consents. */
  listConsents: { takes: { query?: { person_id?: number } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Consent)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** End a consent. */
  endConsent: { takes: { path: { id: number } }; answers: undefined }
  /** Is set-up needed. */
  readSetUp: { takes: Record<never, never>; answers: {
      readonly object: 'set_up'
      readonly needed: boolean
    } }
  /** Set the book up. */
  setUp: { takes: { body: {
      readonly key: string
      readonly organization: {
        readonly name: string
        /** An ISO 4217 code in use. */
        readonly currency: string
        /** An IANA time zone, such as Europe/Amsterdam. */
        readonly time_zone: string
      }
      readonly owner: {
        readonly name: string
        readonly email: string
        readonly password: string
      }
    } }; answers: {
      readonly object: 'set_up'
      readonly needed: boolean
    } }
  /** Whether you have a second factor. */
  readTwoFactor: { takes: Record<never, never>; answers: {
      readonly object: 'two_factor'
      readonly confirmed_at: string | null
      /** Recovery codes that are left. */
      readonly recovery_codes: number
    } }
  /** Begin a second factor. */
  beginTwoFactor: { takes: { body: {
      readonly password: string
    } }; answers: {
      readonly object: 'two_factor_begun'
      readonly secret: string
      readonly address: string
    } }
  /** Confirm a second factor. */
  confirmTwoFactor: { takes: { body: {
      readonly code: string
    } }; answers: {
      readonly object: 'recovery_codes'
      /** Each opens once, for when the app is lost. Shown once. */
      readonly codes: readonly (string)[]
    } }
  /** Make new recovery codes. */
  renewRecoveryCodes: { takes: { body: {
      readonly password: string
    } }; answers: {
      readonly object: 'recovery_codes'
      /** Each opens once, for when the app is lost. Shown once. */
      readonly codes: readonly (string)[]
    } }
  /** Take the second factor away. */
  disableTwoFactor: { takes: { body: {
      readonly password: string
    } }; answers: undefined }
  /** Who am I. */
  readMe: { takes: Record<never, never>; answers: {
      readonly object: 'me'
      readonly person: Person
      readonly organization: Organization
      /** What the credentials allow; `*` is all of the role. */
      readonly scopes: readonly (string)[]
    } }
  /** Change your password. */
  changePassword: { takes: { body: {
      readonly current_password: string
      readonly new_password: string
      readonly end_tokens?: boolean
    } }; answers: undefined }
  /** List people. */
  listPeople: { takes: { query?: { limit?: number; cursor?: number } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Person)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Add a person. */
  addPerson: { takes: { body: PersonInput }; answers: Person }
  /** Read a person. */
  readPerson: { takes: { path: { id: number } }; answers: Person }
  /** Change a person. */
  updatePerson: { takes: { path: { id: number }; body: PersonUpdate }; answers: Person }
  /** End a membership. */
  removePerson: { takes: { path: { id: number } }; answers: undefined }
  /** Read the organization. */
  readOrganization: { takes: Record<never, never>; answers: Organization }
  /** Change the organization. */
  updateOrganization: { takes: { body: OrganizationUpdate }; answers: Organization }
  /** List clients. */
  listClients: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; name?: readonly (string)[]; search?: string; state?: 'active' | 'archived'; sort?: 'id' | '-id' | 'name' | '-name' | 'created_at' | '-created_at' | 'updated_at' | '-updated_at'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Client)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create a client. */
  createClient: { takes: { body: ClientInput }; answers: Client }
  /** Read a client. */
  readClient: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with' } }; answers: Client }
  /** Change a client. */
  updateClient: { takes: { path: { id: number }; body: ClientUpdate }; answers: Client }
  /** Delete a client. */
  deleteClient: { takes: { path: { id: number } }; answers: undefined }
  /** Restore a client. */
  restoreClient: { takes: { path: { id: number } }; answers: Client }
  /** Write many clients at once. */
  bulkWriteClients: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: ClientInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: ClientUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: Client | null
      })[]
    } }
  /** List contacts. */
  listContacts: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; client_id?: readonly (number)[]; search?: string; sort?: 'id' | '-id' | 'created_at' | '-created_at' | 'updated_at' | '-updated_at'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean; with?: readonly ('client')[] } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Contact)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create a contact. */
  createContact: { takes: { body: ContactInput }; answers: Contact }
  /** Read a contact. */
  readContact: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with'; with?: readonly ('client')[] } }; answers: Contact }
  /** Change a contact. */
  updateContact: { takes: { path: { id: number }; body: ContactUpdate }; answers: Contact }
  /** Delete a contact. */
  deleteContact: { takes: { path: { id: number } }; answers: undefined }
  /** Restore a contact. */
  restoreContact: { takes: { path: { id: number } }; answers: Contact }
  /** Write many contacts at once. */
  bulkWriteContacts: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: ContactInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: ContactUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: Contact | null
      })[]
    } }
  /** List projects. */
  listProjects: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; client_id?: readonly (number)[]; name?: readonly (string)[]; search?: string; state?: 'active' | 'archived'; sort?: 'id' | '-id' | 'name' | '-name' | 'created_at' | '-created_at' | 'updated_at' | '-updated_at'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean; with?: readonly ('client')[] } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Project)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create a project. */
  createProject: { takes: { body: ProjectInput }; answers: Project }
  /** Read a project. */
  readProject: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with'; with?: readonly ('client')[] } }; answers: Project }
  /** Change a project. */
  updateProject: { takes: { path: { id: number }; body: ProjectUpdate }; answers: Project }
  /** Delete a project. */
  deleteProject: { takes: { path: { id: number } }; answers: undefined }
  /** Restore a project. */
  restoreProject: { takes: { path: { id: number } }; answers: Project }
  /** Write many projects at once. */
  bulkWriteProjects: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: ProjectInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: ProjectUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: Project | null
      })[]
    } }
  /** List task lists. */
  listTaskLists: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; project_id?: readonly (number)[]; name?: readonly (string)[]; search?: string; state?: 'active' | 'archived'; sort?: 'id' | '-id' | 'name' | '-name' | 'created_at' | '-created_at' | 'updated_at' | '-updated_at' | 'position' | '-position'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean; with?: readonly ('project')[] } }; answers: {
      readonly object: 'list'
      readonly data: readonly (TaskList)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create a task list. */
  createTaskList: { takes: { body: TaskListInput }; answers: TaskList }
  /** Read a task list. */
  readTaskList: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with'; with?: readonly ('project')[] } }; answers: TaskList }
  /** Change a task list. */
  updateTaskList: { takes: { path: { id: number }; body: TaskListUpdate }; answers: TaskList }
  /** Delete a task list. */
  deleteTaskList: { takes: { path: { id: number } }; answers: undefined }
  /** Restore a task list. */
  restoreTaskList: { takes: { path: { id: number } }; answers: TaskList }
  /** Write many task lists at once. */
  bulkWriteTaskLists: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: TaskListInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: TaskListUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: TaskList | null
      })[]
    } }
  /** List activities. */
  listActivities: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; project_id?: readonly (number)[]; task_list_id?: readonly (number)[]; global?: boolean; name?: readonly (string)[]; search?: string; state?: 'active' | 'archived'; sort?: 'id' | '-id' | 'name' | '-name' | 'created_at' | '-created_at' | 'updated_at' | '-updated_at' | 'position' | '-position' | 'priority' | '-priority'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean; with?: readonly ('project' | 'task_list')[] } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Activity)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create an activity. */
  createActivity: { takes: { body: ActivityInput }; answers: Activity }
  /** Read an activity. */
  readActivity: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with'; with?: readonly ('project' | 'task_list')[] } }; answers: Activity }
  /** Change an activity. */
  updateActivity: { takes: { path: { id: number }; body: ActivityUpdate }; answers: Activity }
  /** Delete an activity. */
  deleteActivity: { takes: { path: { id: number } }; answers: undefined }
  /** Restore an activity. */
  restoreActivity: { takes: { path: { id: number } }; answers: Activity }
  /** Write many activities at once. */
  bulkWriteActivities: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: ActivityInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: ActivityUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: Activity | null
      })[]
    } }
  /** List teams. */
  listTeams: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; name?: readonly (string)[]; search?: string; state?: 'active' | 'archived'; sort?: 'id' | '-id' | 'name' | '-name' | 'created_at' | '-created_at' | 'updated_at' | '-updated_at'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Team)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create a team. */
  createTeam: { takes: { body: TeamInput }; answers: Team }
  /** Read a team. */
  readTeam: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with' } }; answers: Team }
  /** Change a team. */
  updateTeam: { takes: { path: { id: number }; body: TeamUpdate }; answers: Team }
  /** Delete a team. */
  deleteTeam: { takes: { path: { id: number } }; answers: undefined }
  /** Restore a team. */
  restoreTeam: { takes: { path: { id: number } }; answers: Team }
  /** Write many teams at once. */
  bulkWriteTeams: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: TeamInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: TeamUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: Team | null
      })[]
    } }
  /** List time entries. */
  listTimeEntries: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; person_id?: readonly (number)[]; client_id?: readonly (number)[]; project_id?: readonly (number)[]; activity_id?: readonly (number)[]; invoice_id?: readonly (number)[]; tag?: readonly (string)[]; running?: boolean; search?: string; started_at_from?: string; started_at_to?: string; ended_at_from?: string; ended_at_to?: string; billable?: boolean; billed?: boolean; sort?: 'id' | '-id' | 'started_at' | '-started_at' | 'created_at' | '-created_at' | 'updated_at' | '-updated_at'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean; with?: readonly ('person' | 'client' | 'project' | 'activity')[] } }; answers: {
      readonly object: 'list'
      readonly data: readonly (TimeEntry)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create a time entry. */
  createTimeEntry: { takes: { body: TimeEntryInput }; answers: TimeEntry }
  /** Read a time entry. */
  readTimeEntry: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with'; with?: readonly ('person' | 'client' | 'project' | 'activity')[] } }; answers: TimeEntry }
  /** Change a time entry. */
  updateTimeEntry: { takes: { path: { id: number }; body: TimeEntryUpdate }; answers: TimeEntry }
  /** Delete a time entry. */
  deleteTimeEntry: { takes: { path: { id: number } }; answers: undefined }
  /** Restore a time entry. */
  restoreTimeEntry: { takes: { path: { id: number } }; answers: TimeEntry }
  /** Write many time entries at once. */
  bulkWriteTimeEntries: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: TimeEntryInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: TimeEntryUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: TimeEntry | null
      })[]
    } }
  /** List rates. */
  listRates: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; client_id?: readonly (number)[]; project_id?: readonly (number)[]; activity_id?: readonly (number)[]; person_id?: readonly (number)[]; sort?: 'id' | '-id'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean; with?: readonly ('client' | 'project' | 'activity' | 'person')[] } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Rate)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create a rate. */
  createRate: { takes: { body: RateInput }; answers: Rate }
  /** Read a rate. */
  readRate: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with'; with?: readonly ('client' | 'project' | 'activity' | 'person')[] } }; answers: Rate }
  /** Change a rate. */
  updateRate: { takes: { path: { id: number }; body: RateUpdate }; answers: Rate }
  /** Delete a rate. */
  deleteRate: { takes: { path: { id: number } }; answers: undefined }
  /** Restore a rate. */
  restoreRate: { takes: { path: { id: number } }; answers: Rate }
  /** Write many rates at once. */
  bulkWriteRates: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: RateInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: RateUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: Rate | null
      })[]
    } }
  /** List categories. */
  listCategories: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; name?: readonly (string)[]; search?: string; state?: 'active' | 'archived'; used_by_person_id?: number; sort?: 'id' | '-id' | 'name' | '-name' | 'created_at' | '-created_at' | 'updated_at' | '-updated_at'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Category)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create a category. */
  createCategory: { takes: { body: CategoryInput }; answers: Category }
  /** Read a category. */
  readCategory: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with' } }; answers: Category }
  /** Change a category. */
  updateCategory: { takes: { path: { id: number }; body: CategoryUpdate }; answers: Category }
  /** Delete a category. */
  deleteCategory: { takes: { path: { id: number } }; answers: undefined }
  /** Restore a category. */
  restoreCategory: { takes: { path: { id: number } }; answers: Category }
  /** Write many categories at once. */
  bulkWriteCategories: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: CategoryInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: CategoryUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: Category | null
      })[]
    } }
  /** List tags. */
  listTags: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; name?: readonly (string)[]; search?: string; state?: 'active' | 'archived'; used_by_person_id?: number; sort?: 'id' | '-id' | 'name' | '-name' | 'created_at' | '-created_at' | 'updated_at' | '-updated_at'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Tag)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create a tag. */
  createTag: { takes: { body: TagInput }; answers: Tag }
  /** Read a tag. */
  readTag: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with' } }; answers: Tag }
  /** Change a tag. */
  updateTag: { takes: { path: { id: number }; body: TagUpdate }; answers: Tag }
  /** Delete a tag. */
  deleteTag: { takes: { path: { id: number } }; answers: undefined }
  /** Restore a tag. */
  restoreTag: { takes: { path: { id: number } }; answers: Tag }
  /** Write many tags at once. */
  bulkWriteTags: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: TagInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: TagUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: Tag | null
      })[]
    } }
  /** List expenses. */
  listExpenses: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; person_id?: readonly (number)[]; report_id?: number; client_id?: readonly (number)[]; project_id?: readonly (number)[]; activity_id?: readonly (number)[]; invoice_id?: readonly (number)[]; category_id?: readonly (number)[]; category?: string; tag?: readonly (string)[]; search?: string; spent_at_from?: string; spent_at_to?: string; base_amount_from?: string; base_amount_to?: string; currency?: string; billable?: boolean; billed?: boolean; sort?: 'id' | '-id' | 'spent_at' | '-spent_at' | 'base_amount' | '-base_amount' | 'created_at' | '-created_at' | 'updated_at' | '-updated_at'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean; with?: readonly ('person' | 'report' | 'category' | 'client' | 'project' | 'activity')[] } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Expense)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create an expense. */
  createExpense: { takes: { body: ExpenseInput }; answers: Expense }
  /** Read an expense. */
  readExpense: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with'; with?: readonly ('person' | 'report' | 'category' | 'client' | 'project' | 'activity')[] } }; answers: Expense }
  /** Change an expense. */
  updateExpense: { takes: { path: { id: number }; body: ExpenseUpdate }; answers: Expense }
  /** Delete an expense. */
  deleteExpense: { takes: { path: { id: number } }; answers: undefined }
  /** Restore an expense. */
  restoreExpense: { takes: { path: { id: number } }; answers: Expense }
  /** Write many expenses at once. */
  bulkWriteExpenses: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: ExpenseInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: ExpenseUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: Expense | null
      })[]
    } }
  /** List expense reports. */
  listExpenseReports: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; person_id?: number; name?: readonly (string)[]; state?: readonly ('open' | 'submitted' | 'approved' | 'rejected' | 'paid' | 'archived')[]; is_default?: boolean; sort?: 'id' | '-id' | 'name' | '-name' | 'created_at' | '-created_at' | 'updated_at' | '-updated_at'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean; with?: readonly ('person')[] } }; answers: {
      readonly object: 'list'
      readonly data: readonly (ExpenseReport)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create an expense report. */
  createExpenseReport: { takes: { body: ExpenseReportInput }; answers: ExpenseReport }
  /** Read an expense report. */
  readExpenseReport: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with'; with?: readonly ('person')[] } }; answers: ExpenseReport }
  /** Change an expense report. */
  updateExpenseReport: { takes: { path: { id: number }; body: ExpenseReportUpdate }; answers: ExpenseReport }
  /** Delete an expense report. */
  deleteExpenseReport: { takes: { path: { id: number } }; answers: undefined }
  /** Restore an expense report. */
  restoreExpenseReport: { takes: { path: { id: number } }; answers: ExpenseReport }
  /** Write many expense reports at once. */
  bulkWriteExpenseReports: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: ExpenseReportInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: ExpenseReportUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: ExpenseReport | null
      })[]
    } }
  /** List invoices. */
  listInvoices: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; client_id?: readonly (number)[]; state?: readonly ('draft' | 'sent' | 'viewed' | 'paid' | 'void')[]; number?: string; reference?: string; issued_on_from?: string; issued_on_to?: string; due_on_from?: string; due_on_to?: string; sort?: 'id' | '-id' | 'total' | '-total' | 'created_at' | '-created_at' | 'updated_at' | '-updated_at'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean; with?: readonly ('client' | 'person')[] } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Invoice)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create an invoice. */
  createInvoice: { takes: { body: InvoiceInput }; answers: Invoice }
  /** Read an invoice. */
  readInvoice: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with'; with?: readonly ('client' | 'person')[] } }; answers: Invoice }
  /** Change an invoice. */
  updateInvoice: { takes: { path: { id: number }; body: InvoiceUpdate }; answers: Invoice }
  /** Delete an invoice. */
  deleteInvoice: { takes: { path: { id: number } }; answers: undefined }
  /** Write many invoices at once. */
  bulkWriteInvoices: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: InvoiceInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: InvoiceUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: Invoice | null
      })[]
    } }
  /** List payments. */
  listPayments: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; invoice_id?: readonly (number)[]; sort?: 'id' | '-id' | 'updated_at' | '-updated_at'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean; with?: readonly ('invoice')[] } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Payment)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create a payment. */
  createPayment: { takes: { body: PaymentInput }; answers: Payment }
  /** Read a payment. */
  readPayment: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with'; with?: readonly ('invoice')[] } }; answers: Payment }
  /** Change a payment. */
  updatePayment: { takes: { path: { id: number }; body: PaymentUpdate }; answers: Payment }
  /** Delete a payment. */
  deletePayment: { takes: { path: { id: number } }; answers: undefined }
  /** Restore a payment. */
  restorePayment: { takes: { path: { id: number } }; answers: Payment }
  /** Write many payments at once. */
  bulkWritePayments: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: PaymentInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: PaymentUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: Payment | null
      })[]
    } }
  /** List recurring invoices. */
  listRecurringInvoices: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; client_id?: readonly (number)[]; state?: readonly ('active' | 'paused' | 'cancelled' | 'completed')[]; sort?: 'id' | '-id'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean; with?: readonly ('client')[] } }; answers: {
      readonly object: 'list'
      readonly data: readonly (RecurringInvoice)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create a recurring invoice. */
  createRecurringInvoice: { takes: { body: RecurringInvoiceInput }; answers: RecurringInvoice }
  /** Read a recurring invoice. */
  readRecurringInvoice: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with'; with?: readonly ('client')[] } }; answers: RecurringInvoice }
  /** Change a recurring invoice. */
  updateRecurringInvoice: { takes: { path: { id: number }; body: RecurringInvoiceUpdate }; answers: RecurringInvoice }
  /** Delete a recurring invoice. */
  deleteRecurringInvoice: { takes: { path: { id: number } }; answers: undefined }
  /** Restore a recurring invoice. */
  restoreRecurringInvoice: { takes: { path: { id: number } }; answers: RecurringInvoice }
  /** Write many recurring invoices at once. */
  bulkWriteRecurringInvoices: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: RecurringInvoiceInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: RecurringInvoiceUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: RecurringInvoice | null
      })[]
    } }
  /** List products. */
  listProducts: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; identifier?: string; name?: readonly (string)[]; search?: string; state?: 'active' | 'archived'; sort?: 'id' | '-id' | 'name' | '-name' | 'created_at' | '-created_at' | 'updated_at' | '-updated_at'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Product)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create a product. */
  createProduct: { takes: { body: ProductInput }; answers: Product }
  /** Read a product. */
  readProduct: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with' } }; answers: Product }
  /** Change a product. */
  updateProduct: { takes: { path: { id: number }; body: ProductUpdate }; answers: Product }
  /** Delete a product. */
  deleteProduct: { takes: { path: { id: number } }; answers: undefined }
  /** Restore a product. */
  restoreProduct: { takes: { path: { id: number } }; answers: Product }
  /** Write many products at once. */
  bulkWriteProducts: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: ProductInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: ProductUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: Product | null
      })[]
    } }
  /** List tax rates. */
  listTaxRates: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; name?: readonly (string)[]; search?: string; state?: 'active' | 'archived'; sort?: 'id' | '-id' | 'name' | '-name' | 'created_at' | '-created_at' | 'updated_at' | '-updated_at'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean } }; answers: {
      readonly object: 'list'
      readonly data: readonly (TaxRate)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create a tax rate. */
  createTaxRate: { takes: { body: TaxRateInput }; answers: TaxRate }
  /** Read a tax rate. */
  readTaxRate: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with' } }; answers: TaxRate }
  /** Change a tax rate. */
  updateTaxRate: { takes: { path: { id: number }; body: TaxRateUpdate }; answers: TaxRate }
  /** Delete a tax rate. */
  deleteTaxRate: { takes: { path: { id: number } }; answers: undefined }
  /** Restore a tax rate. */
  restoreTaxRate: { takes: { path: { id: number } }; answers: TaxRate }
  /** Write many tax rates at once. */
  bulkWriteTaxRates: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: TaxRateInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: TaxRateUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: TaxRate | null
      })[]
    } }
  /** List ledger accounts. */
  listLedgerAccounts: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; name?: readonly (string)[]; search?: string; state?: 'active' | 'archived'; sort?: 'id' | '-id' | 'name' | '-name' | 'created_at' | '-created_at' | 'updated_at' | '-updated_at'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean } }; answers: {
      readonly object: 'list'
      readonly data: readonly (LedgerAccount)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create a ledger account. */
  createLedgerAccount: { takes: { body: LedgerAccountInput }; answers: LedgerAccount }
  /** Read a ledger account. */
  readLedgerAccount: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with' } }; answers: LedgerAccount }
  /** Change a ledger account. */
  updateLedgerAccount: { takes: { path: { id: number }; body: LedgerAccountUpdate }; answers: LedgerAccount }
  /** Delete a ledger account. */
  deleteLedgerAccount: { takes: { path: { id: number } }; answers: undefined }
  /** Restore a ledger account. */
  restoreLedgerAccount: { takes: { path: { id: number } }; answers: LedgerAccount }
  /** Write many ledger accounts at once. */
  bulkWriteLedgerAccounts: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: LedgerAccountInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: LedgerAccountUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: LedgerAccount | null
      })[]
    } }
  /** List custom fields. */
  listCustomFields: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; subject_type?: 'client' | 'contact' | 'project' | 'task_list' | 'activity' | 'category' | 'tag' | 'team' | 'product' | 'expense' | 'expense_report' | 'time_entry' | 'invoice' | 'invoice_line' | 'payment' | 'membership'; name?: readonly (string)[]; search?: string; state?: 'active' | 'archived'; sort?: 'id' | '-id' | 'name' | '-name' | 'created_at' | '-created_at' | 'updated_at' | '-updated_at'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean } }; answers: {
      readonly object: 'list'
      readonly data: readonly (CustomField)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create a custom field. */
  createCustomField: { takes: { body: CustomFieldInput }; answers: CustomField }
  /** Read a custom field. */
  readCustomField: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with' } }; answers: CustomField }
  /** Change a custom field. */
  updateCustomField: { takes: { path: { id: number }; body: CustomFieldUpdate }; answers: CustomField }
  /** Delete a custom field. */
  deleteCustomField: { takes: { path: { id: number } }; answers: undefined }
  /** Restore a custom field. */
  restoreCustomField: { takes: { path: { id: number } }; answers: CustomField }
  /** Write many custom fields at once. */
  bulkWriteCustomFields: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: CustomFieldInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: CustomFieldUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: CustomField | null
      })[]
    } }
  /** List webhooks. */
  listWebhooks: { takes: { query?: { id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; sort?: 'id' | '-id'; limit?: number; cursor?: string; deleted?: 'without' | 'with' | 'only'; total?: boolean } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Webhook)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Create a webhook. */
  createWebhook: { takes: { body: WebhookInput }; answers: Webhook }
  /** Read a webhook. */
  readWebhook: { takes: { path: { id: number }; query?: { deleted?: 'without' | 'with' } }; answers: Webhook }
  /** Change a webhook. */
  updateWebhook: { takes: { path: { id: number }; body: WebhookUpdate }; answers: Webhook }
  /** Delete a webhook. */
  deleteWebhook: { takes: { path: { id: number } }; answers: undefined }
  /** Restore a webhook. */
  restoreWebhook: { takes: { path: { id: number } }; answers: Webhook }
  /** Write many webhooks at once. */
  bulkWriteWebhooks: { takes: { body: {
      readonly operations: readonly ({
        readonly action: 'create'
        readonly data: WebhookInput
      } | {
        readonly action: 'update'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
        readonly data: WebhookUpdate
      } | {
        readonly action: 'delete'
        readonly id: number
        /** Refused as a whole when the row has another revision by now. */
        readonly revision?: number
      })[]
    } }; answers: {
      readonly object: 'bulk'
      readonly data: readonly ({
        readonly action: 'create' | 'update' | 'delete'
        readonly id: number
        readonly data: Webhook | null
      })[]
    } }
  /** List your running timers. */
  listRunningTimeEntries: { takes: Record<never, never>; answers: {
      readonly object: 'list'
      readonly data: readonly (TimeEntry)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Start a timer. */
  startTimeEntry: { takes: { body?: {
      /** Who worked. Default: the caller. */
      readonly person_id?: number
      readonly client_id?: number | null
      readonly project_id?: number | null
      readonly activity_id?: number | null
      /** Default: the caller's. */
      readonly time_zone?: string
      readonly description?: string
      readonly billable?: boolean
      /** Overrides every other rate when set. */
      readonly hourly_rate?: MoneyInput | null
      /** What the entry is worth whatever it lasts; goes before every hourly rate. */
      readonly fixed_rate?: MoneyInput | null
      /** Names of tags. Unknown names become new tags. */
      readonly tags?: readonly (string)[]
      /** true: the person's other running entries stop at the same instant. */
      readonly alone?: boolean
    } }; answers: TimeEntry }
  /** Stop a timer. */
  stopTimeEntry: { takes: { path: { id: number } }; answers: TimeEntry }
  /** Continue work. */
  continueTimeEntry: { takes: { path: { id: number }; body?: {
      /** true: the person's other running entries stop at the same instant. */
      readonly alone?: boolean
    } }; answers: TimeEntry }
  /** Copy a time entry. */
  duplicateTimeEntry: { takes: { path: { id: number } }; answers: TimeEntry }
  /** Total time. */
  totalTime: { takes: { query?: { by?: readonly ('client' | 'project' | 'activity' | 'person' | 'tag' | 'billable' | 'billed' | 'day' | 'week' | 'month' | 'quarter' | 'year')[]; time_zone?: string; id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; person_id?: readonly (number)[]; client_id?: readonly (number)[]; project_id?: readonly (number)[]; activity_id?: readonly (number)[]; invoice_id?: readonly (number)[]; tag?: readonly (string)[]; running?: boolean; search?: string; started_at_from?: string; started_at_to?: string; ended_at_from?: string; ended_at_to?: string; billable?: boolean; billed?: boolean } }; answers: {
      readonly object: 'time_totals'
      readonly groups: readonly ({
        /** What the group has in common, by dimension: an id, true or false, a currency, or a period such as 2026-05-20, 2026-W21, 2026-05, 2026-Q2, 2026. */
        readonly key: Readonly<Record<string, unknown>>
        readonly count: number
        readonly seconds: number
        readonly billable_seconds: number
        readonly billed_seconds: number
        readonly money: readonly ({
          readonly amount: Money
          readonly billable: Money
          readonly billed: Money
        })[] | null
        readonly unpriced_seconds: number | null
      })[]
      readonly whole: {
        /** What the group has in common, by dimension: an id, true or false, a currency, or a period such as 2026-05-20, 2026-W21, 2026-05, 2026-Q2, 2026. */
        readonly key: Readonly<Record<string, unknown>>
        readonly count: number
        readonly seconds: number
        readonly billable_seconds: number
        readonly billed_seconds: number
        readonly money: readonly ({
          readonly amount: Money
          readonly billable: Money
          readonly billed: Money
        })[] | null
        readonly unpriced_seconds: number | null
      }
      /** Entries that still run; they are in no sum. */
      readonly running: number
      /** An IANA time zone, such as Europe/Amsterdam. */
      readonly time_zone: string
    } }
  /** Total expenses. */
  totalExpenses: { takes: { query?: { by?: readonly ('client' | 'project' | 'activity' | 'person' | 'tag' | 'billable' | 'billed' | 'day' | 'week' | 'month' | 'quarter' | 'year' | 'category' | 'currency' | 'report')[]; id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; person_id?: readonly (number)[]; report_id?: number; client_id?: readonly (number)[]; project_id?: readonly (number)[]; activity_id?: readonly (number)[]; invoice_id?: readonly (number)[]; category_id?: readonly (number)[]; category?: string; tag?: readonly (string)[]; search?: string; spent_at_from?: string; spent_at_to?: string; base_amount_from?: string; base_amount_to?: string; currency?: string; billable?: boolean; billed?: boolean } }; answers: {
      readonly object: 'expense_totals'
      readonly groups: readonly ({
        /** What the group has in common, by dimension: an id, true or false, a currency, or a period such as 2026-05-20, 2026-W21, 2026-05, 2026-Q2, 2026. */
        readonly key: Readonly<Record<string, unknown>>
        readonly count: number
        /** By currency, as it was spent. */
        readonly money: readonly ({
          readonly amount: Money
          readonly billable: Money
          readonly billed: Money
        })[]
        readonly base_amount: Money
      })[]
      readonly whole: {
        /** What the group has in common, by dimension: an id, true or false, a currency, or a period such as 2026-05-20, 2026-W21, 2026-05, 2026-Q2, 2026. */
        readonly key: Readonly<Record<string, unknown>>
        readonly count: number
        /** By currency, as it was spent. */
        readonly money: readonly ({
          readonly amount: Money
          readonly billable: Money
          readonly billed: Money
        })[]
        readonly base_amount: Money
      }
    } }
  /** Total time or expenses. */
  readTotals: { takes: { query?: { of?: 'time' | 'expenses'; by?: readonly ('client' | 'project' | 'activity' | 'person' | 'tag' | 'billable' | 'billed' | 'day' | 'week' | 'month' | 'quarter' | 'year' | 'category' | 'currency' | 'report')[]; time_zone?: string; id?: readonly (number)[]; created_at_from?: string; created_at_to?: string; updated_at_from?: string; updated_at_to?: string; person_id?: readonly (number)[]; client_id?: readonly (number)[]; project_id?: readonly (number)[]; activity_id?: readonly (number)[]; invoice_id?: readonly (number)[]; tag?: readonly (string)[]; running?: boolean; search?: string; started_at_from?: string; started_at_to?: string; ended_at_from?: string; ended_at_to?: string; billable?: boolean; billed?: boolean; report_id?: number; category_id?: readonly (number)[]; category?: string; spent_at_from?: string; spent_at_to?: string; base_amount_from?: string; base_amount_to?: string; currency?: string } }; answers: {
      readonly object: 'time_totals'
      readonly groups: readonly ({
        /** What the group has in common, by dimension: an id, true or false, a currency, or a period such as 2026-05-20, 2026-W21, 2026-05, 2026-Q2, 2026. */
        readonly key: Readonly<Record<string, unknown>>
        readonly count: number
        readonly seconds: number
        readonly billable_seconds: number
        readonly billed_seconds: number
        readonly money: readonly ({
          readonly amount: Money
          readonly billable: Money
          readonly billed: Money
        })[] | null
        readonly unpriced_seconds: number | null
      })[]
      readonly whole: {
        /** What the group has in common, by dimension: an id, true or false, a currency, or a period such as 2026-05-20, 2026-W21, 2026-05, 2026-Q2, 2026. */
        readonly key: Readonly<Record<string, unknown>>
        readonly count: number
        readonly seconds: number
        readonly billable_seconds: number
        readonly billed_seconds: number
        readonly money: readonly ({
          readonly amount: Money
          readonly billable: Money
          readonly billed: Money
        })[] | null
        readonly unpriced_seconds: number | null
      }
      /** Entries that still run; they are in no sum. */
      readonly running: number
      /** An IANA time zone, such as Europe/Amsterdam. */
      readonly time_zone: string
    } | {
      readonly object: 'expense_totals'
      readonly groups: readonly ({
        /** What the group has in common, by dimension: an id, true or false, a currency, or a period such as 2026-05-20, 2026-W21, 2026-05, 2026-Q2, 2026. */
        readonly key: Readonly<Record<string, unknown>>
        readonly count: number
        /** By currency, as it was spent. */
        readonly money: readonly ({
          readonly amount: Money
          readonly billable: Money
          readonly billed: Money
        })[]
        readonly base_amount: Money
      })[]
      readonly whole: {
        /** What the group has in common, by dimension: an id, true or false, a currency, or a period such as 2026-05-20, 2026-W21, 2026-05, 2026-Q2, 2026. */
        readonly key: Readonly<Record<string, unknown>>
        readonly count: number
        /** By currency, as it was spent. */
        readonly money: readonly ({
          readonly amount: Money
          readonly billable: Money
          readonly billed: Money
        })[]
        readonly base_amount: Money
      }
    } }
  /** Send an invoice. */
  sendInvoice: { takes: { path: { id: number }; body?: {
      /** A calendar day, YYYY-MM-DD. */
      readonly issued_on?: string
    } }; answers: Invoice }
  /** Mark an invoice as seen. */
  viewInvoice: { takes: { path: { id: number } }; answers: Invoice }
  /** Mark an invoice as paid. */
  payInvoice: { takes: { path: { id: number } }; answers: Invoice }
  /** Void an invoice. */
  voidInvoice: { takes: { path: { id: number } }; answers: Invoice }
  /** Complete an activity. */
  completeActivity: { takes: { path: { id: number } }; answers: Activity }
  /** Reopen an activity. */
  reopenActivity: { takes: { path: { id: number } }; answers: Activity }
  /** Copy an expense. */
  duplicateExpense: { takes: { path: { id: number } }; answers: Expense }
  /** Download an invoice. */
  openInvoicePdf: { takes: { path: { id: number } }; answers: Blob }
  /** Download expenses. */
  openExpensesPdf: { takes: { query: { id: readonly (number)[] } }; answers: Blob }
  /** Read the history of entities. */
  listHistory: { takes: { query: { subject_type: 'client' | 'contact' | 'project' | 'task_list' | 'activity' | 'category' | 'tag' | 'team' | 'product' | 'expense' | 'expense_report' | 'time_entry' | 'invoice' | 'invoice_line' | 'payment' | 'membership'; subject_id: readonly (number)[] } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Change)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** List the receipts of an expense. */
  listReceipts: { takes: { path: { id: number } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Receipt)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Put a receipt behind an expense. */
  addReceipt: { takes: { path: { id: number }; body: Blob | FormData }; answers: {
      readonly object: 'receipt'
      readonly id: number
      readonly expense_id: number
      readonly person_id: number
      readonly file_name: string
      /** Decided from the bytes. */
      readonly media_type: string
      readonly size_bytes: number
      readonly sha256: string
      /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
      readonly created_at: string
      /** Others with the same bytes that you may read: perhaps the same purchase recorded twice. */
      readonly duplicates: readonly (Receipt)[]
    } }
  /** Read about a receipt. */
  readReceipt: { takes: { path: { id: number } }; answers: Receipt }
  /** Delete a receipt. */
  deleteReceipt: { takes: { path: { id: number } }; answers: undefined }
  /** Download a receipt. */
  openReceipt: { takes: { path: { id: number } }; answers: Blob }
  /** See a receipt, small. */
  openSmallThumbnail: { takes: { path: { id: number } }; answers: Blob }
  /** See a receipt, medium. */
  openMediumThumbnail: { takes: { path: { id: number } }; answers: Blob }
  /** See a receipt, large. */
  openLargeThumbnail: { takes: { path: { id: number } }; answers: Blob }
  /** Restore a receipt. */
  restoreReceipt: { takes: { path: { id: number } }; answers: Receipt }
  /** See how a line is understood. */
  previewQuickEntry: { takes: { body: {
      readonly text: string
      /** Outranks a date in the text. */
      readonly date?: string
      readonly report_id?: number
    } }; answers: QuickEntryPreview }
  /** Record the expense of a line. */
  recordQuickEntry: { takes: { body: {
      readonly text: string
      /** Outranks a date in the text. */
      readonly date?: string
      readonly report_id?: number
    } }; answers: Expense }
  /** List the notes of entities. */
  listNotes: { takes: { query: { subject_type: 'client' | 'contact' | 'project' | 'task_list' | 'activity' | 'category' | 'tag' | 'team' | 'product' | 'expense' | 'expense_report' | 'time_entry' | 'invoice' | 'invoice_line' | 'payment' | 'membership'; subject_id: readonly (number)[] } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Note)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Write a note or to-do. */
  createNote: { takes: { body: {
      readonly subject_type: 'client' | 'contact' | 'project' | 'task_list' | 'activity' | 'category' | 'tag' | 'team' | 'product' | 'expense' | 'expense_report' | 'time_entry' | 'invoice' | 'invoice_line' | 'payment' | 'membership'
      readonly subject_id: number
      readonly body: string
      readonly todo?: boolean
      readonly assignee_id?: number | null
      readonly pinned?: boolean
    } }; answers: Note }
  /** Change a note. */
  updateNote: { takes: { path: { id: number }; body: {
      readonly body?: string
      readonly pinned?: boolean
    } }; answers: Note }
  /** Delete a note. */
  deleteNote: { takes: { path: { id: number } }; answers: undefined }
  /** Complete a to-do. */
  completeNote: { takes: { path: { id: number } }; answers: Note }
  /** Reopen a to-do. */
  reopenNote: { takes: { path: { id: number } }; answers: Note }
  /** Restore a note. */
  restoreNote: { takes: { path: { id: number } }; answers: Note }
  /** List the properties of entities. */
  listProperties: { takes: { query: { subject_type: 'client' | 'contact' | 'project' | 'task_list' | 'activity' | 'category' | 'tag' | 'team' | 'product' | 'expense' | 'expense_report' | 'time_entry' | 'invoice' | 'invoice_line' | 'payment' | 'membership'; subject_id: readonly (number)[]; space?: string } }; answers: {
      readonly object: 'list'
      readonly data: readonly (Property)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Set a property. */
  setProperty: { takes: { body: {
      readonly subject_type: 'client' | 'contact' | 'project' | 'task_list' | 'activity' | 'category' | 'tag' | 'team' | 'product' | 'expense' | 'expense_report' | 'time_entry' | 'invoice' | 'invoice_line' | 'payment' | 'membership'
      readonly subject_id: number
      readonly name: string
      readonly value: string | null
    } }; answers: Property }
  /** Follow what happens. */
  listChanges: { takes: { query?: { since?: number; limit?: number; wait?: number } }; answers: {
      readonly object: 'changes'
      readonly data: readonly (Change)[]
      readonly has_more: boolean
      readonly next_since: number
    } }
  /** List applications. */
  listApplications: { takes: Record<never, never>; answers: {
      readonly object: 'list'
      readonly data: readonly (Application)[]
      readonly has_more: boolean
      readonly next_cursor: string | null
      readonly total?: number
    } }
  /** Register an application. */
  createApplication: { takes: { body: {
      readonly name: string
      readonly door: 'native' | 'kimai' | 'xpenser' | 'expensicat' | 'paymo' | 'moneybird' | 'command'
      readonly redirect_uris: readonly (string)[]
      readonly scopes: readonly (string)[]
      readonly confidential: boolean
    } }; answers: {
      readonly object: 'application'
      readonly id: number
      readonly name: string
      /** The public name that it shows. */
      readonly identifier: string
      /** The one door it comes through. */
      readonly door: 'native' | 'kimai' | 'xpenser' | 'expensicat' | 'paymo' | 'moneybird' | 'command'
      readonly redirect_uris: readonly (string)[]
      readonly scopes: readonly (string)[]
      /** Whether it keeps a secret. */
      readonly confidential: boolean
      /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
      readonly created_at: string
      readonly secret: string | null
    } }
  /** Give an application another secret. */
  renewApplicationSecret: { takes: { path: { id: number } }; answers: {
      readonly object: 'application'
      readonly id: number
      readonly name: string
      /** The public name that it shows. */
      readonly identifier: string
      /** The one door it comes through. */
      readonly door: 'native' | 'kimai' | 'xpenser' | 'expensicat' | 'paymo' | 'moneybird' | 'command'
      readonly redirect_uris: readonly (string)[]
      readonly scopes: readonly (string)[]
      /** Whether it keeps a secret. */
      readonly confidential: boolean
      /** An instant as RFC 3339 has it. Answers are in UTC; any offset is read. */
      readonly created_at: string
      readonly secret: string | null
    } }
  /** Take an application away. */
  deleteApplication: { takes: { path: { id: number } }; answers: undefined }
}

/** Method and path of every operation. */
export const operations: { readonly [name in keyof Operations]: readonly [method: string, path: string] } = {
  startSession: ['POST', '/session'],
  endSession: ['DELETE', '/session'],
  listSessions: ['GET', '/sessions'],
  endSessionById: ['DELETE', '/sessions/{id}'],
  createToken: ['POST', '/tokens'],
  listTokens: ['GET', '/tokens'],
  endToken: ['DELETE', '/tokens/{id}'],
  listConsents: ['GET', '/consents'],
  endConsent: ['DELETE', '/consents/{id}'],
  readSetUp: ['GET', '/set-up'],
  setUp: ['POST', '/set-up'],
  readTwoFactor: ['GET', '/me/two-factor'],
  beginTwoFactor: ['POST', '/me/two-factor'],
  confirmTwoFactor: ['POST', '/me/two-factor/confirm'],
  renewRecoveryCodes: ['POST', '/me/two-factor/recovery-codes'],
  disableTwoFactor: ['POST', '/me/two-factor/disable'],
  readMe: ['GET', '/me'],
  changePassword: ['POST', '/me/password'],
  listPeople: ['GET', '/people'],
  addPerson: ['POST', '/people'],
  readPerson: ['GET', '/people/{id}'],
  updatePerson: ['PATCH', '/people/{id}'],
  removePerson: ['DELETE', '/people/{id}'],
  readOrganization: ['GET', '/organization'],
  updateOrganization: ['PATCH', '/organization'],
  listClients: ['GET', '/clients'],
  createClient: ['POST', '/clients'],
  readClient: ['GET', '/clients/{id}'],
  updateClient: ['PATCH', '/clients/{id}'],
  deleteClient: ['DELETE', '/clients/{id}'],
  restoreClient: ['POST', '/clients/{id}/restore'],
  bulkWriteClients: ['POST', '/clients/bulk'],
  listContacts: ['GET', '/contacts'],
  createContact: ['POST', '/contacts'],
  readContact: ['GET', '/contacts/{id}'],
  updateContact: ['PATCH', '/contacts/{id}'],
  deleteContact: ['DELETE', '/contacts/{id}'],
  restoreContact: ['POST', '/contacts/{id}/restore'],
  bulkWriteContacts: ['POST', '/contacts/bulk'],
  listProjects: ['GET', '/projects'],
  createProject: ['POST', '/projects'],
  readProject: ['GET', '/projects/{id}'],
  updateProject: ['PATCH', '/projects/{id}'],
  deleteProject: ['DELETE', '/projects/{id}'],
  restoreProject: ['POST', '/projects/{id}/restore'],
  bulkWriteProjects: ['POST', '/projects/bulk'],
  listTaskLists: ['GET', '/task-lists'],
  createTaskList: ['POST', '/task-lists'],
  readTaskList: ['GET', '/task-lists/{id}'],
  updateTaskList: ['PATCH', '/task-lists/{id}'],
  deleteTaskList: ['DELETE', '/task-lists/{id}'],
  restoreTaskList: ['POST', '/task-lists/{id}/restore'],
  bulkWriteTaskLists: ['POST', '/task-lists/bulk'],
  listActivities: ['GET', '/activities'],
  createActivity: ['POST', '/activities'],
  readActivity: ['GET', '/activities/{id}'],
  updateActivity: ['PATCH', '/activities/{id}'],
  deleteActivity: ['DELETE', '/activities/{id}'],
  restoreActivity: ['POST', '/activities/{id}/restore'],
  bulkWriteActivities: ['POST', '/activities/bulk'],
  listTeams: ['GET', '/teams'],
  createTeam: ['POST', '/teams'],
  readTeam: ['GET', '/teams/{id}'],
  updateTeam: ['PATCH', '/teams/{id}'],
  deleteTeam: ['DELETE', '/teams/{id}'],
  restoreTeam: ['POST', '/teams/{id}/restore'],
  bulkWriteTeams: ['POST', '/teams/bulk'],
  listTimeEntries: ['GET', '/time-entries'],
  createTimeEntry: ['POST', '/time-entries'],
  readTimeEntry: ['GET', '/time-entries/{id}'],
  updateTimeEntry: ['PATCH', '/time-entries/{id}'],
  deleteTimeEntry: ['DELETE', '/time-entries/{id}'],
  restoreTimeEntry: ['POST', '/time-entries/{id}/restore'],
  bulkWriteTimeEntries: ['POST', '/time-entries/bulk'],
  listRates: ['GET', '/rates'],
  createRate: ['POST', '/rates'],
  readRate: ['GET', '/rates/{id}'],
  updateRate: ['PATCH', '/rates/{id}'],
  deleteRate: ['DELETE', '/rates/{id}'],
  restoreRate: ['POST', '/rates/{id}/restore'],
  bulkWriteRates: ['POST', '/rates/bulk'],
  listCategories: ['GET', '/categories'],
  createCategory: ['POST', '/categories'],
  readCategory: ['GET', '/categories/{id}'],
  updateCategory: ['PATCH', '/categories/{id}'],
  deleteCategory: ['DELETE', '/categories/{id}'],
  restoreCategory: ['POST', '/categories/{id}/restore'],
  bulkWriteCategories: ['POST', '/categories/bulk'],
  listTags: ['GET', '/tags'],
  createTag: ['POST', '/tags'],
  readTag: ['GET', '/tags/{id}'],
  updateTag: ['PATCH', '/tags/{id}'],
  deleteTag: ['DELETE', '/tags/{id}'],
  restoreTag: ['POST', '/tags/{id}/restore'],
  bulkWriteTags: ['POST', '/tags/bulk'],
  listExpenses: ['GET', '/expenses'],
  createExpense: ['POST', '/expenses'],
  readExpense: ['GET', '/expenses/{id}'],
  updateExpense: ['PATCH', '/expenses/{id}'],
  deleteExpense: ['DELETE', '/expenses/{id}'],
  restoreExpense: ['POST', '/expenses/{id}/restore'],
  bulkWriteExpenses: ['POST', '/expenses/bulk'],
  listExpenseReports: ['GET', '/expense-reports'],
  createExpenseReport: ['POST', '/expense-reports'],
  readExpenseReport: ['GET', '/expense-reports/{id}'],
  updateExpenseReport: ['PATCH', '/expense-reports/{id}'],
  deleteExpenseReport: ['DELETE', '/expense-reports/{id}'],
  restoreExpenseReport: ['POST', '/expense-reports/{id}/restore'],
  bulkWriteExpenseReports: ['POST', '/expense-reports/bulk'],
  listInvoices: ['GET', '/invoices'],
  createInvoice: ['POST', '/invoices'],
  readInvoice: ['GET', '/invoices/{id}'],
  updateInvoice: ['PATCH', '/invoices/{id}'],
  deleteInvoice: ['DELETE', '/invoices/{id}'],
  bulkWriteInvoices: ['POST', '/invoices/bulk'],
  listPayments: ['GET', '/payments'],
  createPayment: ['POST', '/payments'],
  readPayment: ['GET', '/payments/{id}'],
  updatePayment: ['PATCH', '/payments/{id}'],
  deletePayment: ['DELETE', '/payments/{id}'],
  restorePayment: ['POST', '/payments/{id}/restore'],
  bulkWritePayments: ['POST', '/payments/bulk'],
  listRecurringInvoices: ['GET', '/recurring-invoices'],
  createRecurringInvoice: ['POST', '/recurring-invoices'],
  readRecurringInvoice: ['GET', '/recurring-invoices/{id}'],
  updateRecurringInvoice: ['PATCH', '/recurring-invoices/{id}'],
  deleteRecurringInvoice: ['DELETE', '/recurring-invoices/{id}'],
  restoreRecurringInvoice: ['POST', '/recurring-invoices/{id}/restore'],
  bulkWriteRecurringInvoices: ['POST', '/recurring-invoices/bulk'],
  listProducts: ['GET', '/products'],
  createProduct: ['POST', '/products'],
  readProduct: ['GET', '/products/{id}'],
  updateProduct: ['PATCH', '/products/{id}'],
  deleteProduct: ['DELETE', '/products/{id}'],
  restoreProduct: ['POST', '/products/{id}/restore'],
  bulkWriteProducts: ['POST', '/products/bulk'],
  listTaxRates: ['GET', '/tax-rates'],
  createTaxRate: ['POST', '/tax-rates'],
  readTaxRate: ['GET', '/tax-rates/{id}'],
  updateTaxRate: ['PATCH', '/tax-rates/{id}'],
  deleteTaxRate: ['DELETE', '/tax-rates/{id}'],
  restoreTaxRate: ['POST', '/tax-rates/{id}/restore'],
  bulkWriteTaxRates: ['POST', '/tax-rates/bulk'],
  listLedgerAccounts: ['GET', '/ledger-accounts'],
  createLedgerAccount: ['POST', '/ledger-accounts'],
  readLedgerAccount: ['GET', '/ledger-accounts/{id}'],
  updateLedgerAccount: ['PATCH', '/ledger-accounts/{id}'],
  deleteLedgerAccount: ['DELETE', '/ledger-accounts/{id}'],
  restoreLedgerAccount: ['POST', '/ledger-accounts/{id}/restore'],
  bulkWriteLedgerAccounts: ['POST', '/ledger-accounts/bulk'],
  listCustomFields: ['GET', '/custom-fields'],
  createCustomField: ['POST', '/custom-fields'],
  readCustomField: ['GET', '/custom-fields/{id}'],
  updateCustomField: ['PATCH', '/custom-fields/{id}'],
  deleteCustomField: ['DELETE', '/custom-fields/{id}'],
  restoreCustomField: ['POST', '/custom-fields/{id}/restore'],
  bulkWriteCustomFields: ['POST', '/custom-fields/bulk'],
  listWebhooks: ['GET', '/webhooks'],
  createWebhook: ['POST', '/webhooks'],
  readWebhook: ['GET', '/webhooks/{id}'],
  updateWebhook: ['PATCH', '/webhooks/{id}'],
  deleteWebhook: ['DELETE', '/webhooks/{id}'],
  restoreWebhook: ['POST', '/webhooks/{id}/restore'],
  bulkWriteWebhooks: ['POST', '/webhooks/bulk'],
  listRunningTimeEntries: ['GET', '/time-entries/running'],
  startTimeEntry: ['POST', '/time-entries/start'],
  stopTimeEntry: ['POST', '/time-entries/{id}/stop'],
  continueTimeEntry: ['POST', '/time-entries/{id}/continue'],
  duplicateTimeEntry: ['POST', '/time-entries/{id}/duplicate'],
  totalTime: ['GET', '/time-entries/totals'],
  totalExpenses: ['GET', '/expenses/totals'],
  readTotals: ['GET', '/totals'],
  sendInvoice: ['POST', '/invoices/{id}/send'],
  viewInvoice: ['POST', '/invoices/{id}/view'],
  payInvoice: ['POST', '/invoices/{id}/pay'],
  voidInvoice: ['POST', '/invoices/{id}/void'],
  completeActivity: ['POST', '/activities/{id}/complete'],
  reopenActivity: ['POST', '/activities/{id}/reopen'],
  duplicateExpense: ['POST', '/expenses/{id}/duplicate'],
  openInvoicePdf: ['GET', '/invoices/{id}/pdf'],
  openExpensesPdf: ['GET', '/expenses/pdf'],
  listHistory: ['GET', '/history'],
  listReceipts: ['GET', '/expenses/{id}/receipts'],
  addReceipt: ['POST', '/expenses/{id}/receipts'],
  readReceipt: ['GET', '/receipts/{id}'],
  deleteReceipt: ['DELETE', '/receipts/{id}'],
  openReceipt: ['GET', '/receipts/{id}/file'],
  openSmallThumbnail: ['GET', '/receipts/{id}/thumbnails/small'],
  openMediumThumbnail: ['GET', '/receipts/{id}/thumbnails/medium'],
  openLargeThumbnail: ['GET', '/receipts/{id}/thumbnails/large'],
  restoreReceipt: ['POST', '/receipts/{id}/restore'],
  previewQuickEntry: ['POST', '/quick-entry/preview'],
  recordQuickEntry: ['POST', '/quick-entry'],
  listNotes: ['GET', '/notes'],
  createNote: ['POST', '/notes'],
  updateNote: ['PATCH', '/notes/{id}'],
  deleteNote: ['DELETE', '/notes/{id}'],
  completeNote: ['POST', '/notes/{id}/complete'],
  reopenNote: ['POST', '/notes/{id}/reopen'],
  restoreNote: ['POST', '/notes/{id}/restore'],
  listProperties: ['GET', '/properties'],
  setProperty: ['PUT', '/properties'],
  listChanges: ['GET', '/changes'],
  listApplications: ['GET', '/applications'],
  createApplication: ['POST', '/applications'],
  renewApplicationSecret: ['POST', '/applications/{id}/secret'],
  deleteApplication: ['DELETE', '/applications/{id}'],
}
