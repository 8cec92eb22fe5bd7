const near = '600px';
const schemes = ['(prefers-color-scheme: dark)', '(forced-colors: active)'];

/** Tells an element when it is near the viewport, whether it is seen, and when colours change. */
export class Presence {
  isVisible = false;
  #element;
  #hooks;
  #nearness;
  #visibility;
  #queries = schemes.map((query) => window.matchMedia(query));

  /**
   * @param {Element} element
   * @param {{ onNear: () => void, onSight: () => void, onColours: () => void }} hooks
   */
  constructor(element, hooks) {
    this.#element = element;
    this.#hooks = hooks;
    this.#nearness = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) hooks.onNear();
      },
      { rootMargin: near },
    );
    this.#visibility = new IntersectionObserver((entries) => {
      this.isVisible = entries[entries.length - 1].isIntersecting;
      hooks.onSight();
    });
  }

  /** Whether anyone can see it: on screen, and not in a hidden tab. */
  get isSeen() {
    return this.isVisible && !document.hidden;
  }

  connect() {
    this.#nearness.observe(this.#element);
    this.#visibility.observe(this.#element);
    document.addEventListener('visibilitychange', this.#hooks.onSight);
    for (const query of this.#queries) query.addEventListener('change', this.#hooks.onColours);
  }

  disconnect() {
    this.#nearness.disconnect();
    this.#visibility.disconnect();
    document.removeEventListener('visibilitychange', this.#hooks.onSight);
    for (const query of this.#queries) query.removeEventListener('change', this.#hooks.onColours);
  }
}
