// @ts-check
import { button, el, emit, fill, newId, prose } from './dom.js';
import { ServerList } from './server-list.js';
import { strings } from './strings.js';

/**
 * @import { Answers, Candidate, Evidence, Report } from 'core'
 * @typedef {'entryPoint' | 'settings' | 'appFolder' | 'interpreter' | 'siteRoot' | 'command'} TextAnswer
 */

/** What was found, why, and the means to say otherwise: sends `answer` with what changes, `profile` with a name. */
export class DetectionView {
  #facts = el('p', { className: 'facts' });
  #evidence = el('ul', { className: 'evidence' });
  #why = el('div', {}, el('p', { className: 'label' }, strings.why), this.#evidence);
  #roots = el('div', {});
  #candidates = el('div', { className: 'choices' });
  #candidateBox = el('fieldset', {}, el('legend', {}, strings.candidate), this.#candidates);
  #texts = {
    entryPoint: this.#text('entryPoint', strings.entryPoint, strings.entryPointHint),
    settings: this.#text('settings', strings.settings, ''),
    appFolder: this.#text('appFolder', strings.appFolder, ''),
    interpreter: this.#text('interpreter', strings.interpreter, ''),
    siteRoot: this.#text('siteRoot', strings.siteRoot, ''),
    command: this.#text('command', strings.command, ''),
  };
  server = new ServerList();
  // Another host has other paths, and a command only where there is a process.
  #target = el('select', {
    onchange: () =>
      this.#answer({ target: this.#target.value, interpreter: undefined, siteRoot: undefined, command: undefined }),
  });
  #targetLabel = el('label', { className: 'field' }, el('span', {}, strings.target), this.#target);
  #targetReason = el('p', { className: 'muted' });
  #profile = el(
    'select',
    { onchange: () => emit(this.element, 'profile', this.#profile.value) },
    el('option', { value: 'gallery' }, strings.profiles.gallery),
    el('option', { value: 'webdeploy' }, strings.profiles.webdeploy),
    el('option', { value: 'strict' }, strings.profiles.strict),
  );
  #profileLabel = el('label', { className: 'field' }, el('span', {}, strings.profile), this.#profile);
  #change = el(
    'details',
    {},
    el('summary', {}, strings.change),
    this.#candidateBox,
    el(
      'div',
      { className: 'fields' },
      ...[this.#texts.entryPoint, this.#texts.settings, this.#texts.appFolder].map(({ label }) => label),
      this.#targetLabel,
      ...[this.#texts.interpreter, this.#texts.siteRoot, this.#texts.command].map(({ label }) => label),
    ),
  );
  #missing = el('ul', { className: 'evidence' });
  #complete = el('input', { type: 'checkbox', onchange: () => this.#answer({ complete: this.#complete.checked }) });
  #completeLabel = el('label', { className: 'choice' }, this.#complete, strings.complete);
  #shownCandidates = '';
  /** Answers that came with a candidate, not from the person. @type {('settings' | 'pythonPath')[]} */
  #came = [];
  element = el(
    'div',
    { className: 'detection' },
    this.#facts,
    this.#missing,
    this.#roots,
    this.#why,
    this.#targetReason,
    this.server.element,
    this.#change,
    this.#profileLabel,
    this.#completeLabel,
  );

  /** @param {Report} report */
  set report(report) {
    const { detection, target, roots, input } = report;
    this.#showFacts(report);
    fill(
      this.#roots,
      roots.map(({ path, reason }) => this.#banner(path, reason)),
    );
    fill(this.#missing, detection?.missing.map((sentence) => el('li', {}, prose(sentence))) ?? []);
    this.#missing.hidden = !detection?.missing.length;
    this.#why.hidden = !detection?.evidence.length;
    fill(this.#evidence, detection?.evidence.map((evidence) => el('li', {}, prose(say(evidence)))) ?? []);
    this.#change.hidden = detection === null;
    if (detection) {
      this.#showCandidates(detection);
      this.#setText('entryPoint', detection.entryPoint ?? '');
      this.#setText('settings', detection.settings ?? '');
      this.#setText('appFolder', report.package.appFolder);
    }
    this.#targetLabel.hidden = !target;
    this.server.target = target;
    this.#texts.interpreter.label.hidden = !target;
    this.#texts.siteRoot.label.hidden = !target;
    this.#texts.command.label.hidden = !target || target.command === null;
    fill(this.#targetReason, target && prose(strings.because(target.name, target.reason)));
    this.#targetReason.hidden = !target;
    if (target) {
      fill(
        this.#target,
        target.choices.map(({ id, name, retired }) =>
          el('option', { value: id }, retired === null ? name : strings.retiredTarget(name)),
        ),
      );
      this.#target.value = target.id;
      this.#setText('siteRoot', target.siteRoot === '.' ? '' : target.siteRoot);
      this.#setText('command', target.command ?? '');
      this.#texts.interpreter.input.placeholder = strings.interpreterHint(target.interpreter.split('|')[0] ?? '');
    }
    this.#profileLabel.hidden = input.kind !== 'gallery-package' && input.kind !== 'web-deploy-package';
    this.#profile.value = report.profile;
    this.#completeLabel.hidden = input.kind !== 'gallery-package';
  }

  /** Forgets what was chosen. */
  clear() {
    this.#texts.interpreter.input.value = '';
    this.#complete.checked = false;
    this.#change.open = false;
    this.#came = [];
  }

  /** @param {Report} report */
  #showFacts({ input, detection, target }) {
    fill(
      this.#facts,
      el('strong', {}, input.name),
      ' · ',
      input.kind !== 'application' && strings.kind[input.kind],
      input.kind !== 'application' && detection && ' · ',
      detection && `${detection.framework ?? strings.unknownFramework} · `,
      detection && (detection.entryPoint ? el('code', {}, detection.entryPoint) : strings.noEntryPoint),
      detection?.loader && `, ${strings.writesLoader(detection.loader, null)}`,
      target && ` · ${target.name}`,
      ` · ${strings.files(input.files)}, ${strings.size(input.bytes)}`,
    );
  }

  /**
   * @param {string} path
   * @param {string} reason
   */
  #banner(path, reason) {
    return el(
      'div',
      { className: 'banner' },
      el('p', {}, prose(`${strings.nested(path)} ${reason}`)),
      button(strings.useIt(path), () => this.#answer({ root: path })),
    );
  }

  /** @param {NonNullable<Report['detection']>} detection */
  #showCandidates({ candidates, entryPoint, settings, pythonPath }) {
    // One that is only offered has to be chosen.
    this.#candidateBox.hidden = candidates.length < 2 && !candidates[0]?.onlyOffered;
    const chosen = sameness({ entryPoint, settings, pythonPath });
    const key = JSON.stringify([candidates, chosen]);
    if (key === this.#shownCandidates) return; // keeps the focus
    const focused = this.#candidates.matches(':focus-within');
    this.#shownCandidates = key;
    const name = newId('candidate');
    fill(
      this.#candidates,
      candidates.map((candidate) => this.#candidate(candidate, name, sameness(candidate) === chosen)),
    );
    if (focused) /** @type {HTMLElement | null} */ (this.#candidates.querySelector('input:checked'))?.focus();
  }

  /**
   * @param {Candidate} candidate
   * @param {string} name
   * @param {boolean} checked
   */
  #candidate({ framework, entryPoint, settings, pythonPath, evidence, ...more }, name, checked) {
    const choose = () => {
      this.#came = ['settings', 'pythonPath'];
      this.#answer({ entryPoint, settings: settings ?? undefined, pythonPath });
    };
    return el(
      'label',
      { className: 'choice' },
      el('input', { type: 'radio', name, checked, onchange: choose }),
      el(
        'span',
        {},
        el('code', {}, entryPoint),
        ` (${[framework, settings, consequence(more)].filter(Boolean).join('; ')}) `,
        el('span', { className: 'muted' }, evidence[0] ? prose(say(evidence[0])) : ''),
      ),
    );
  }

  /**
   * @param {TextAnswer} name
   * @param {string} label
   * @param {string} placeholder
   */
  #text(name, label, placeholder) {
    const input = el('input', {
      type: 'text',
      placeholder,
      spellcheck: false,
      autocapitalize: 'off',
      onchange: () => this.#answer({ ...this.#gone(name), [name]: input.value.trim() || undefined }),
    });
    return { input, label: el('label', { className: 'field' }, el('span', {}, label), input) };
  }

  /**
   * What came with a candidate goes with it.
   * @param {TextAnswer} name  What the person says instead.
   * @returns {Answers}
   */
  #gone(name) {
    if (name === 'settings') this.#came = this.#came.filter((came) => came !== 'settings');
    if (name !== 'entryPoint') return {};
    const gone = Object.fromEntries(this.#came.map((came) => [came, undefined]));
    this.#came = [];
    return gone;
  }

  /**
   * @param {TextAnswer} name
   * @param {string} value
   */
  #setText(name, value) {
    const { input } = this.#texts[name];
    if (input.value !== value && !input.matches(':focus')) input.value = value;
  }

  /** @param {Answers} answers */
  #answer(answers) {
    emit(this.element, 'answer', answers);
  }
}

/**
 * What choosing a candidate brings along.
 * @param {Pick<Candidate, 'loader' | 'needs' | 'protocol'>} candidate
 */
const consequence = ({ loader, needs, protocol }) =>
  loader ? strings.writesLoader(loader, needs) : protocol !== 'wsgi' && strings.otherServer;

/** @param {Evidence} evidence */
const say = ({ file, line, text }) => strings.evidence(file, line, text);

/**
 * Equal for what starts in the same way: the entry point alone may have several settings.
 * @param {{ entryPoint: string | null, settings: string | null, pythonPath: string[] }} start
 */
const sameness = ({ entryPoint, settings, pythonPath }) => JSON.stringify([entryPoint, settings, pythonPath]);
