/** A lab that is one file, opened from disk. */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { kSite } from '../../web/tools/paths.mjs';
import { button, kHangs, ready, site, untilStep, violations } from './in-page.mjs';
import { openPage, standaloneFile } from './support.mjs';

for (const file of await readdir(`${kSite}/standalone`)) {
  const lab = file.replace('.html', '');
  test(`standalone/${file} runs from disk, alone`, kHangs, async () => {
    const url = pathToFileURL(standaloneFile(lab)).href;
    const { page, faults, requests, close } = await openPage(site.browser, 'file://', {});
    await page.goto(url);
    await ready(page);
    await button(page, 'Play').click();
    await untilStep(page, (step) => step >= 5);
    await button(page, 'Pause').click();
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(requests.filter((request) => !/^(?:data|blob):/.test(request)), [url]);
    assert.deepEqual(faults, []);
    await close();
  });
}
