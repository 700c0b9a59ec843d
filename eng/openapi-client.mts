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

must(await api.PUT('/api/rule-sets/{name}', {
  params: { path: { name: 'generated-typescript' } },
  body: {
    actions: [{
      type: 'humanTask',
      name: 'ask',
      title: 'Approve the generated client',
      assignee: 'ann@example.com',
      notify: false,
      form: { fields: [{ type: 'boolean', name: 'approved', label: 'Approved', required: true }] },
    }],
  },
}));

const started = must(await api.POST('/api/rule-sets/{name}/runs', {
  params: { path: { name: 'generated-typescript' }, header: { 'Idempotency-Key': `ts-${Date.now()}` } },
  body: { context: { amount: 12.5 }, correlationId: 'generated-typescript' },
}));

let run = must(await api.GET('/api/runs/{id}', { params: { path: { id: started.runId } } }));
for (let i = 0; i < 100 && run.status !== 'paused'; i++) {
  await new Promise(next => setTimeout(next, 100));
  run = must(await api.GET('/api/runs/{id}', { params: { path: { id: started.runId } } }));
}

const task = must(await api.GET('/api/tasks/{id}', { params: { path: { id: run.tasks[0].id } } }));
if (task.status !== 'pending' || task.maxUses + 1 !== 2) {
  throw new Error(`The task is ${JSON.stringify(task)}`);
}

must(await api.POST('/api/tasks/{id}/responses', {
  params: { path: { id: task.id } },
  body: { values: { approved: true }, by: 'ann@example.com' },
}));

const ended = must(await api.GET('/api/runs/{id}', { params: { path: { id: run.id }, header: { Prefer: 'wait=20' } } }));
if (ended.status !== 'completed') {
  throw new Error(`The run is ${ended.status}.`);
}
