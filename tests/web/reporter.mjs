/** Says what failed and why, and ends in a line that counts what ran. */
import { relative } from 'node:path';

/** @param {AsyncIterable<{ type: string, data: any }>} events */
export default async function* report(events) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const { error } = data.details;
    // A suite, or a file whose tests have been told already.
    if (data.details.type === 'suite' || error?.failureType === 'subtestsFailed') continue;
    const outcome = type === 'test:fail' ? 'failed' : data.skip === undefined ? 'passed' : 'skipped';
    count[outcome] += 1;
    yield `${{ passed: '✔', failed: '✖', skipped: '○' }[outcome]} ${label(data)}\n`;
    if (outcome === 'failed') yield `${indented(error?.cause ?? error)}\n`;
    if (outcome === 'skipped' && typeof data.skip === 'string') yield `    ${data.skip}\n`;
  }
  yield `${count.passed} passed, ${count.failed} failed${count.skipped ? `, ${count.skipped} skipped` : ''}\n`;
}

/** @param {{ name: string }} data */
const label = ({ name }) => (name.startsWith('/') ? relative(process.cwd(), name) : name);

/** @param {unknown} cause */
function indented(cause) {
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return text.replace(/^/gm, '    ');
}
