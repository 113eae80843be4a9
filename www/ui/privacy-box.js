// @ts-check
import { button, el } from './dom.js';
import { strings } from './strings.js';

/** How long a refusal is waited for; a browser tells at once. */
const WAIT_MS = 1000;

/** Shows the page's policy and lets anybody try it. */
export class PrivacyBox {
  #result = el('p', { role: 'status' });

  /** @param {string | null} policy */
  constructor(policy) {
    this.element = el(
      'div',
      { className: 'privacy' },
      el('p', {}, policy === null ? strings.noPolicy : strings.policyIs),
      policy !== null &&
        el(
          'pre',
          { tabIndex: 0, role: 'group', 'aria-label': strings.policyIs, className: 'code wrap' },
          policy.split(/;\s*/).filter(Boolean).join(';\n'),
        ),
      el(
        'p',
        {},
        button(strings.sendTest, () => this.#try()),
      ),
      this.#result,
      el('p', { className: 'muted' }, strings.cannotStop),
    );
  }

  async #try() {
    this.#result.textContent = '';
    const refusal = firstRefusal();
    await fetch(new URL('test-request', document.baseURI)).catch(() => {});
    const directive = await refusal;
    this.#result.textContent = directive === null ? strings.notRefused : strings.refused(directive);
  }
}

/** @returns {Promise<string | null>} what the browser names as the reason */
function firstRefusal() {
  return new Promise((resolve) => {
    const told = (/** @type {SecurityPolicyViolationEvent} */ event) =>
      finish(`${event.effectiveDirective}, ${event.blockedURI}`);
    const timer = setTimeout(() => finish(null), WAIT_MS);
    /** @param {string | null} value */
    function finish(value) {
      clearTimeout(timer);
      document.removeEventListener('securitypolicyviolation', told);
      resolve(value);
    }
    document.addEventListener('securitypolicyviolation', told);
  });
}
