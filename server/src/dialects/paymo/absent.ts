// Resources of the original that this book does not keep: their lists are empty, their objects are not there.

/** Path segment, and the key of its answers where that differs. */
export const absentResources: ReadonlyMap<string, string> = new Map([
  ...[
    'bookings',
    'comments',
    'discussions',
    'estimateitems',
    'estimates',
    'estimatetemplates',
    'files',
    'invoicetemplates',
    'milestones',
    'projectstatuses',
    'subtasks',
    'threads',
    'userstasks',
    'workflows',
    'workflowstatuses',
  ].map((name): [string, string] => [name, name]),
  ['projecttemplates', 'project_templates'],
  ['projecttemplatestasklists', 'project_templates_tasklists'],
  ['projecttemplatestasks', 'project_templates_tasks'],
  ['recurringprofiles', 'recurring_profiles'],
])
