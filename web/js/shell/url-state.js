// A state is one flat text, key=value&key=value: the core's spec, with `view.*` for what only the
// page shows. The same text is the URL's hash. It is judged by the core, which is not there yet when
// a page asks for its labs; what is read and written here is escaped as the core's Spec does it.

export const stateVersion = 1;

/** What the core would refuse stays as it is. @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whatever an address may hold stays readable; in a key "=" would end it. @param {string} text @param {RegExp} plain */
function encode(text, plain) {
  const wellFormed = text.replace(/\p{Surrogate}/gu, '\ufffd');
  return encodeURIComponent(wellFormed).replace(plain, decode);
}

/**
 * @param {string} text
 * @returns {Map<string, string>}
 */
export function parseState(text) {
  const pairs = text
    .replace(/^[#?]/, '')
    .split('&')
    .filter(Boolean)
    .map((part) => {
      const [key] = part.split('=', 1);
      return /** @type {const} */ ([decode(key), decode(part.slice(key.length + 1))]);
    });
  return new Map(pairs);
}

/** @param {Iterable<[string, string]>} pairs */
export function formatState(pairs) {
  return [...pairs]
    .map(([key, value]) => `${encode(key, /%(?:2C|3A|3B|2F)/g)}=${encode(value, /%(?:2C|3A|3B|2F|3D)/g)}`)
    .join('&');
}

/** The states of several labs, one after the other: each begins with its lab. @param {string} text */
export function splitStates(text) {
  const [first, ...others] = text.split(/&(?=lab=)/);
  // In a state alone, the lab may stand anywhere.
  return first.startsWith('lab=') || others.length === 0
    ? [first, ...others]
    : [`${first}&${others[0]}`, ...others.slice(1)];
}

/** A preset need not repeat which lab it stands beside. @param {string} lab @param {string} text */
export function withLab(lab, text) {
  return parseState(text).has('lab') ? text : `lab=${lab}&${text}`;
}

/**
 * HTML lower-cases attribute names, and ends them at a slash: gradient-noise → gradientNoise,
 * view-tab → view.tab, runners.0.weight-decay → runners/0/weightDecay.
 * @param {string} name
 */
export function keyOfAttribute(name) {
  if (/^view[-.]/.test(name)) return `view.${name.slice(5)}`;
  return name.replaceAll('.', '/').replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}

/** @param {string} key */
export function attributeOfKey(key) {
  if (key.startsWith('view.')) return `view-${key.slice(5)}`;
  return key.replaceAll('/', '.').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/**
 * @typedef {object} View
 * @property {string} tab quantity of the curve; '' for the first
 * @property {string} x 'step', or a quantity that may stand on the x-axis
 * @property {'auto' | 'on' | 'off'} log the curve's y-axis
 * @property {number} selected
 * @property {string} speed
 * @property {Set<number>} hidden subjects
 * @property {boolean} arrows of the selected subject, on the map
 * @property {Map<string, string>} pins by name, see readPin
 */

const pinKey = 'view.pin.';

/** @returns {View} */
export function defaultView() {
  return {
    tab: '',
    x: 'step',
    log: 'auto',
    selected: 0,
    speed: '1',
    hidden: new Set(),
    arrows: true,
    pins: new Map(),
  };
}

/** @param {Map<string, string>} state @returns {View} */
export function readView(state) {
  const view = defaultView();
  const get = (/** @type {string} */ name) => state.get(`view.${name}`) ?? '';
  const log = get('log');
  const hidden = get('hidden').split(',').filter(Boolean).map(Number);
  return {
    tab: get('tab') || view.tab,
    x: get('x') || view.x,
    log: log === 'on' || log === 'off' ? log : 'auto',
    selected: Math.max(0, Math.round(Number(get('selected')) || 0)),
    speed: get('speed') || view.speed,
    hidden: new Set(hidden.filter(Number.isInteger)),
    arrows: get('arrows') !== 'off',
    pins: new Map(
      [...state]
        .filter(([key]) => key.startsWith(pinKey))
        .map(([key, value]) => [key.slice(pinKey.length), value]),
    ),
  };
}

/**
 * Throws what is wrong with the keys of a state that belong to the page.
 * @param {Map<string, string>} state
 * @param {{ tabs: string[], axes: string[], speeds: string[], subjects: number, hasPins: boolean }} lab what it has
 */
export function checkView(state, { tabs, axes, speeds, subjects, hasPins }) {
  const indices = Array.from({ length: Math.max(1, subjects) }, (_, k) => String(k));
  const words = new Map([
    ['view.tab', tabs],
    ['view.x', ['step', ...axes.filter((id) => id !== 'step')]],
    ['view.log', ['auto', 'on', 'off']],
    ['view.selected', indices],
    ['view.speed', speeds],
    ['view.hidden', indices],
    ['view.arrows', ['on', 'off']],
  ]);
  for (const [key, text] of state) {
    if (!key.startsWith('view.') || key === 'view.id' || (hasPins && /^view\.pin\.[A-Z]+$/.test(key))) continue;
    const known = words.get(key);
    if (!known) throw new Error(`there is no ${key.slice(0, 60)}; known: ${[...words.keys(), ...(hasPins ? ['view.pin.A'] : [])].join(', ')}`);
    const values = key === 'view.hidden' ? text.split(',') : [text];
    const wrong = values.find((value) => value !== '' && !known.includes(value));
    if (wrong) throw new Error(`${key} must be one of ${known.join(', ')}, got ${wrong.slice(0, 60)}`);
  }
}

/** Only what differs from the default. @param {View} view @returns {[string, string][]} */
export function viewPairs(view) {
  const standard = defaultView();
  /** @type {[string, string][]} */
  const pairs = [
    ['view.tab', view.tab],
    ['view.x', view.x],
    ['view.log', view.log],
    ['view.selected', String(view.selected)],
    ['view.speed', view.speed],
    ['view.hidden', [...view.hidden].join(',')],
    ['view.arrows', view.arrows ? 'on' : 'off'],
  ];
  const plain = { ...standard, hidden: '', arrows: 'on' };
  const changed = pairs.filter(
    ([key, value]) => value !== String(plain[/** @type {keyof View} */ (key.slice(5))]),
  );
  return [...changed, ...[...view.pins].map(([name, text]) => /** @type {[string, string]} */ ([pinKey + name, text]))];
}

/** @param {string} text a state @param {string} id of the element that it belongs to */
export function linkTo(text, id) {
  return `${window.location.href.split('#')[0]}#${text}${id ? `&${formatState([['view.id', id]])}` : ''}`;
}

/** What getState() gave, or its text. @param {string | { version?: number, spec: string }} state */
export function specOf(state) {
  const { version = stateVersion, spec } = typeof state === 'string' ? { spec: state } : state ?? {};
  if (typeof spec !== 'string') {
    throw new Error(`state must be a spec or { version, spec }, got ${JSON.stringify(state)}`);
  }
  if (version <= stateVersion) return spec;
  throw new Error(`state version must be at most ${stateVersion}, got ${version}`);
}
