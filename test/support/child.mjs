// A program that misbehaves as it is told: die, hang, flood, stubborn (ignores SIGTERM), family (has a child), serve PORT.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

const [mode, port, extra] = process.argv.slice(2);
const serve = () =>
  createServer((_request, response) => {
    if (mode !== 'hang-later' || Date.now() - started < Number(extra)) response.end('ok');
  }).listen(Number(port), '127.0.0.1');
const started = Date.now();

switch (mode) {
  case 'die':
    process.exit(3);
    break;
  case 'die-later':
    serve();
    setTimeout(() => process.exit(4), Number(extra));
    break;
  case 'hang':
    setInterval(() => undefined, 1000);
    break;
  case 'flood': {
    serve();
    const line = `${'x'.repeat(1000)}\n`;
    const more = () => {
      while (process.stdout.write(line));
      process.stdout.once('drain', more);
    };
    more();
    break;
  }
  case 'stubborn':
    process.on('SIGTERM', () => undefined);
    serve();
    break;
  case 'family':
    spawn(process.execPath, [import.meta.filename, 'stubborn', '0'], { stdio: 'ignore' });
    serve();
    break;
  default:
    serve();
}
