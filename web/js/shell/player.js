import { fill, h, setAttribute, setText } from '../widgets/dom.js';
import { icon } from '../widgets/icons.js';
import { selectBox } from '../knobs/choice-knob.js';
import { turnTicks } from './turn-ticks.js';

/** Steps a second at 1×. */
export const stepsPerSecond = 30;
const spokenPause = 500; // milliseconds between the words for where the scrubber stands, while it moves

/** @type {{ id: string, label: string, factor: number }[]} */
export const speeds = [
  { id: '0.25', label: '¼×', factor: 0.25 },
  { id: '1', label: '1×', factor: 1 },
  { id: '2', label: '2×', factor: 2 },
  { id: '4', label: '4×', factor: 4 },
  { id: '16', label: '16×', factor: 16 },
  { id: 'max', label: 'max', factor: Infinity },
];

/**
 * @param {{ onReset: () => void, onToggle: () => void, onStep: (n: number) => void,
 *   onSeek: (t: number) => void, onSpeed: (id: string) => void }} actions
 */
export function player(actions) {
  /** @param {string} name @param {string} label @param {() => void} action @param {string} key */
  const button = (name, label, action, key) =>
    h(
      'button',
      {
        type: 'button',
        class: 'icon-button',
        'aria-label': label,
        title: `${label} (${key})`,
        onclick: action,
      },
      icon(name),
    );
  const reset = button('reset', 'Reset', actions.onReset, 'r');
  const back = button('back', '', () => actions.onStep(-1), '');
  const forward = button('forward', '', () => actions.onStep(1), '');
  const play = h(
    'button',
    {
      type: 'button',
      class: 'play-button',
      'aria-label': 'Play',
      title: 'Play (space)',
      part: 'play',
      onclick: actions.onToggle,
    },
    icon('play'),
  );
  const scrubber = h('input', {
    type: 'range',
    class: 'slider scrubber',
    min: 0,
    step: 1,
    value: 0,
  });
  scrubber.addEventListener('input', () => actions.onSeek(Number(scrubber.value)));
  const ticks = turnTicks(scrubber, actions.onSeek);
  const now = h('b', { class: 'step-now' }, '0');
  const word = h('span', { class: 'step-word' });
  const total = h('span');
  const counter = h('div', { class: 'player-step' }, word, now, ' of ', total);
  const { select, box } = selectBox({ 'aria-label': 'Speed', class: 'select select-bare' });
  for (const { id, label } of speeds) select.append(h('option', { value: id }, label));
  select.addEventListener('change', () => actions.onSpeed(select.value));

  const element = h(
    'div',
    { class: 'player', part: 'player', role: 'group', 'aria-label': 'Player' },
    h('div', { class: 'player-buttons' }, reset, back, play, forward),
    h('div', { class: 'scrubber-box' }, scrubber, ticks.element, ticks.list),
    counter,
    h('div', { class: 'player-speed' }, box),
  );
  let wasPlaying = false;
  let unit = '';
  let said = 0;

  /** @param {string} next what a step is called */
  function setUnit(next) {
    unit = next;
    word.textContent = `${unit} `;
    counter.style.setProperty('--word', String(unit.length));
    scrubber.setAttribute('aria-label', unit[0].toUpperCase() + unit.slice(1));
    for (const [control, way, key] of /** @type {const} */ ([[back, 'back', '←'], [forward, 'forward', '→']])) {
      const label = `One ${unit} ${way}`;
      control.setAttribute('aria-label', label);
      control.title = `${label} (${key})`;
    }
  }
  setUnit('step');

  /**
   * @param {{ step: number, total: number, turns: import('../types.js').Turn[], unit: string,
   *   playing: boolean, speed: string, disabled?: boolean }} state
   */
  function update({ step, total: end, turns, unit: called, playing, speed, disabled = false }) {
    if (called !== unit) setUnit(called);
    setAttribute(scrubber, 'max', end);
    if (Number(scrubber.value) !== step) scrubber.value = String(step);
    scrubber.style.setProperty('--at', (end > 0 ? Math.min(1, step / end) : 0).toFixed(4));
    const time = performance.now();
    if (!playing || time - said > spokenPause) {
      said = time;
      const turned = turns.filter((turn) => turn.step === step).map(({ text }) => `; ${text}`);
      setAttribute(scrubber, 'aria-valuetext', `${unit} ${step} of ${end}${turned.join('')}`);
    }
    ticks.update(turns, end);
    setText(now, String(step));
    if (total.textContent !== String(end)) {
      total.textContent = String(end);
      // The digits to come are reserved, so that the scrubber keeps its length while running.
      counter.style.setProperty('--digits', String(String(end).length));
    }
    if (playing !== wasPlaying) {
      wasPlaying = playing;
      fill(play, icon(playing ? 'pause' : 'play'));
      setAttribute(play, 'aria-label', playing ? 'Pause' : 'Play');
      play.title = playing ? 'Pause (space)' : 'Play (space)';
    }
    select.value = speed;
    for (const control of [reset, back, forward, play, scrubber, select])
      control.disabled = disabled;
    // Not the disabled attribute: it would throw the focus away at either end of the run.
    setAttribute(back, 'aria-disabled', step <= 0);
    setAttribute(forward, 'aria-disabled', false);
  }
  return { element, update, play };
}
