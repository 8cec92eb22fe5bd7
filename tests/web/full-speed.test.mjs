/** At full speed much is drawn less often than it changes: in the end all of it is as it should be. */
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { openBrowser, openPage } from './support.mjs';

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let site;
before(async () => { site = await openBrowser(); });
after(() => site.close());

/** Not a bar: a page that never gets there must end some time. */
const kHangs = { timeout: 120_000 };
/** Both labs are in sight: what is out of it does not run. */
const kTall = { viewport: { width: 1280, height: 3600 } };
const kLab = 'lab="network" size="60" layers="4" batch="10" epochs="3000" runners="adam(lr=0.01)" view-speed="max"';

/** In the page: all that a lab says in words, with the numbers behind its pictures. @param {any} lab */
function wordsOf(lab) {
  const root = lab.shadowRoot;
  const scrubber = root.querySelector('.scrubber');
  const texts = ['.descent-plot-numbers', '.network-scores', '.status-text', '.step-now', '.readings']
    .flatMap((name) => [...root.querySelectorAll(name)].map((element) => element.textContent));
  return [...texts, scrubber.value, scrubber.getAttribute('aria-valuetext'), root.querySelector('.play-button').getAttribute('aria-label')].join('\n');
}

/**
 * A lab that runs at full speed until it is to stop, and another that is opened where it stands.
 * @param {string} name
 * @param {(lab: any) => Promise<void>} run in the page
 * @param {RegExp} where what is said then
 */
function speedTest(name, run, where) {
  test(name, kHangs, async () => {
    const { page, faults, close } = await openPage(site.browser, site.origin, kTall);
    try {
      await page.goto(site.origin);
      await page.evaluate((lab) => document.body.insertAdjacentHTML('afterbegin', `<descent-lab id="fast" ${lab}></descent-lab>`), kLab);
      const fast = page.locator('#fast');
      await fast.getByRole('button', { name: 'Play', exact: true }).waitFor();
      await fast.evaluate(run);
      await page.evaluate(() => {
        document.querySelector('#fast')?.insertAdjacentHTML('afterend', '<descent-lab id="walked" lab="network"></descent-lab>');
      });
      const walked = page.locator('#walked');
      await walked.getByRole('button', { name: 'Play', exact: true }).waitFor();
      await page.evaluate(() => {
        const [fast, walked] = ['#fast', '#walked'].map((id) => /** @type {any} */ (document.querySelector(id)));
        walked.setState(fast.getState());
      });
      const told = async () => [await fast.evaluate(wordsOf), await walked.evaluate(wordsOf)];
      let [one, other] = await told();
      for (let i = 0; i < 100 && one !== other; i++) {
        await page.waitForTimeout(100);
        [one, other] = await told();
      }
      assert.equal(one, other);
      assert.match(one, where);
      assert.deepEqual(faults, []);
    } finally {
      await close();
    }
  });
}

speedTest('a run at full speed ends in what a walk there shows', (lab) => new Promise((done) => {
  lab.addEventListener('step', (/** @type {CustomEvent} */ { detail }) => detail.step === detail.total && done());
  lab.play();
}), /epoch 3000 of 3000/);

speedTest('a run stopped at full speed stands where it says', (lab) => new Promise((done) => {
  lab.addEventListener('step', (/** @type {CustomEvent} */ { detail }) => {
    if (detail.step < 100) return;
    lab.pause();
    done();
  });
  lab.play();
}), /epoch \d+ of 3000/);

test('stepped by hand, a lab set to full speed says at once where it is', kHangs, async () => {
  const { page, faults, close } = await openPage(site.browser, site.origin, kTall);
  try {
    await page.goto(site.origin);
    await page.evaluate((lab) => document.body.insertAdjacentHTML('afterbegin', `<descent-lab id="fast" ${lab}></descent-lab>`), kLab);
    const fast = page.locator('#fast');
    await fast.getByRole('button', { name: 'Play', exact: true }).waitFor();
    const said = await fast.evaluate(async (/** @type {any} */ lab) => {
      const said = [];
      for (let i = 0; i < 4; i++) {
        lab.step(1);
        for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
        said.push(['.step-now', '.status-text'].map((name) => lab.shadowRoot.querySelector(name).textContent.match(/\d+$/)[0]).join());
      }
      return said;
    });
    assert.deepEqual(said, ['1,1', '2,2', '3,3', '4,4']);
    assert.deepEqual(faults, []);
  } finally {
    await close();
  }
});
