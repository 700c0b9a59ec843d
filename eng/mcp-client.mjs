// Calls tools with the official client, which validates every result against the tool's outputSchema.
import { createInterface } from 'node:readline';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const client = new Client({ name: 'tests', version: '1.0.0' });
await client.connect(new StreamableHTTPClientTransport(new URL(process.argv[2]), {
  requestInit: { headers: { Authorization: `Bearer ${process.env.MCP_KEY}` } },
}));
await client.listTools(); // from here on it knows the schemas

for await (const line of createInterface({ input: process.stdin })) {
  const progress = [];
  const { name, arguments: values } = JSON.parse(line);
  try {
    const result = await client.callTool({ name, arguments: values }, undefined, { onprogress: told => progress.push(told) });
    console.log(JSON.stringify({ result, progress }));
  } catch (thrown) {
    console.log(JSON.stringify({ thrown: thrown.message }));
  }
}

await client.close();
