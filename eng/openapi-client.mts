// A whole cycle with a client that openapi-typescript generated: see openapi.sh. Arguments: address, API key.
import createClient from 'openapi-fetch';
import type { paths } from './api.js';

declare const process: { argv: string[] };

const [address, key] = process.argv.slice(2);
const api = createClient<paths>({ baseUrl: address.replace(/\/$/, ''), headers: { Authorization: `Bearer ${key}` } });

function must<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.data === undefined) {
    throw new Error(`${answer.response.url}: ${answer.response.status} ${JSON.stringify(answer.error)}`);
  }

  return answer.data;
}

function check(is: boolean, what: string, value: unknown) {
  if (!is) {
    throw new Error(`${what}: ${JSON.stringify(value)}`);
  }
}

// a rule set and a run of it
must(await api.PUT('/api/rule-sets/{name}', {
  params: { path: { name: 'generated-typescript' } },
  body: {
    actions: [
      { type: 'set', name: 'double', values: { total: '{{amount}}' } },
      { type: 'end', name: 'done', output: '{{total}}' },
    ],
  },
}));
const started = must(await api.POST('/api/rule-sets/{name}/runs', {
  params: { path: { name: 'generated-typescript' } },
  body: { context: { amount: 12.5 } },
}));
const run = must(await api.GET('/api/runs/{id}', { params: { path: { id: started.runId }, header: { Prefer: 'wait=20' } } }));
check(run.status === 'completed' && run.output === 12.5, 'The run did not end as it should', run);

// a task, created once by two requests with the same idempotency key
const request = {
  params: { header: { 'Idempotency-Key': `typescript-${Date.now()}` } },
  body: {
    title: 'Approve the generated client',
    assignee: 'ann@example.com',
    notify: false,
    form: { fields: [{ type: 'boolean' as const, name: 'approved', label: 'Approved', required: true }] },
  },
};
const created = must(await api.POST('/api/tasks', request));
check(must(await api.POST('/api/tasks', request)).taskId === created.taskId, 'A repeated request created another task', created);

const task = must(await api.GET('/api/tasks/{id}', { params: { path: { id: created.taskId } } }));
check(task.status === 'pending' && task.maxUses + 1 === 2, 'The task is not pending', task);

const wrong = await api.POST('/api/tasks/{id}/responses', { params: { path: { id: task.id } }, body: { values: {}, by: 'ann@example.com' } });
check(wrong.response.status === 422 && wrong.error?.errors?.[0].pointer === '/values/approved', 'An empty response was not refused', wrong.error);

must(await api.POST('/api/tasks/{id}/responses', {
  params: { path: { id: task.id } },
  body: { values: { approved: true }, by: 'ann@example.com' },
}));
const ended = must(await api.GET('/api/tasks/{id}', { params: { path: { id: task.id }, header: { Prefer: 'wait=20' } } }));
check(ended.status === 'completed' && ended.responses[0].values.approved === true, 'The task did not end as it should', ended);
