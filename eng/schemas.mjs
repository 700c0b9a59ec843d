// See schemas.sh.
import { createInterface } from 'node:readline';
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

for await (const line of createInterface({ input: process.stdin })) {
  const { schema, values } = JSON.parse(line);
  const said = [];
  const note = text => said.push(String(text));
  try {
    const ajv = new Ajv.default({ strict: true, allErrors: true, logger: { log: note, warn: note, error: note } });
    formats.default(ajv);
    const validate = ajv.compile(schema);
    const valid = values.map(value => validate(value));
    console.log(JSON.stringify({ error: said.join('; ') || null, valid }));
  } catch (error) {
    console.log(JSON.stringify({ error: [error.message, ...said].join('; '), valid: [] }));
  }
}
