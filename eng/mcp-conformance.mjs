// Runs a scenario of the official conformance suite. The suite sends no API key, so a proxy adds it and changes nothing else.
import { spawn } from 'node:child_process';
import http from 'node:http';
import { fileURLToPath } from 'node:url';

const target = new URL(process.argv[2]);
const suite = fileURLToPath(import.meta.resolve('@modelcontextprotocol/conformance/dist/index.js'));
const proxy = http.createServer((request, response) => {
  const headers = { ...request.headers, authorization: `Bearer ${process.env.MCP_KEY}` };
  const inner = http.request({ hostname: target.hostname, port: target.port, path: request.url, method: request.method, headers }, answer => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  inner.on('error', () => response.destroy());
  request.pipe(inner);
});

proxy.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${proxy.address().port}${target.pathname}`;
  const shim = fileURLToPath(new URL('mcp-older-node.mjs', import.meta.url));
  const run = spawn(process.execPath, ['--import', shim, suite, 'server', '--url', url, '--scenario', process.argv[3]], { stdio: ['ignore', 'inherit', 'inherit'] });
  run.on('exit', code => {
    proxy.closeAllConnections();
    proxy.close();
    process.exitCode = code ?? 1;
  });
});
