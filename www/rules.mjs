// @ts-check
// The pages of the rules, from the doc comments in src/rules. Called by build.mjs.

import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const tools = createRequire(new URL('../tests/browser/package.json', import.meta.url));
const { Marked } = await import(pathToFileURL(tools.resolve('marked')).href);

/**
 * A rule as `cargo run --example rule-pages` prints it.
 * @typedef {{ id: string, code: string, gallery: string, webdeploy: string, strict: string, page: string }} Rule
 */

/**
 * Every page by its path below the folder of the rules.
 * @param {Rule[]} rules
 * @param {string} policy  of the packager's own page
 * @returns {Map<string, string>}
 */
export function rulePages(rules, policy) {
  const quiet = withoutScripts(policy);
  const pages = new Map([['index.html', page('The rules', '../', quiet, index(rules))]]);
  for (const rule of rules) pages.set(`${rule.id}.html`, page(`${rule.code} ${rule.id}`, '../../', quiet, about(rule)));
  return pages;
}

/** @param {Rule[]} rules */
function index(rules) {
  const areas = groupBy(rules, area);
  const tables = [...areas].map(
    ([name, inside]) => `<h2 id="${escape(name)}">${escape(name)}</h2>
<table>
<thead><tr><th scope="col">Rule</th><th scope="col">Gallery package</th><th scope="col">Web Deploy package</th><th scope="col">Strict</th><th scope="col">What it does</th></tr></thead>
<tbody>
${inside.map(row).join('\n')}
</tbody>
</table>`,
  );
  return `<header>
<p><a href="../index.html">Python gallery packager</a></p>
<h1>The rules</h1>
<p>What a package is checked for: as a package of the Web App Gallery, or as any package of Web Deploy; strict is as hard as the gallery's own validator was.</p>
</header>
<main>
${tables.join('\n')}
</main>`;
}

/** @param {Rule} rule */
function row({ id, code, gallery, webdeploy, strict, page }) {
  return `<tr><th scope="row"><a href="${escape(id)}.html">${escape(code)}</a> <code>${escape(id)}</code></th><td data-label="Gallery: ">${severity(gallery)}</td><td data-label="Web Deploy: ">${severity(webdeploy)}</td><td data-label="Strict: ">${severity(strict)}</td><td>${inline(firstSentence(page))}</td></tr>`;
}

/** @param {Rule} rule */
function about({ id, code, gallery, webdeploy, strict, page }) {
  return `<header>
<p><a href="../index.html#${escape(id.split('/')[0] ?? '')}">All rules</a></p>
<h1>${escape(code)} <code>${escape(id)}</code></h1>
<p>In a gallery package: ${severity(gallery)}. In another Web Deploy package: ${severity(webdeploy)}.
As the gallery's own validator judged it (strict): ${severity(strict)}.</p>
</header>
<main>
${markdown(page)}</main>`;
}

/** @param {string} name */
const severity = (name) => `<span class="severity ${escape(name)}">${escape(name)}</span>`;

/** @param {Rule} rule */
const area = ({ id }) => id.split('/')[0] ?? '';

/**
 * `Map.groupBy`, which Node 20 lacks.
 * @param {Rule[]} rules
 * @param {(rule: Rule) => string} key
 */
function groupBy(rules, key) {
  /** @type {Map<string, Rule[]>} */
  const groups = new Map();
  for (const rule of rules) groups.set(key(rule), [...(groups.get(key(rule)) ?? []), rule]);
  return groups;
}

/**
 * The first sentence below the first heading.
 * @param {string} text
 */
export function firstSentence(text) {
  const [paragraph = ''] = unindent(text)
    .replace(/^## .*\n+/, '')
    .split('\n\n');
  const [sentence = ''] = paragraph.split(/(?<=[.:])\s/);
  return sentence.trim();
}

/**
 * A doc comment keeps the blank after its slashes.
 * @param {string} text
 */
const unindent = (text) => text.replace(/^ /gm, '');

/** @param {string} text */
export const escape = (text) => text.replace(/[&<>"']/g, (char) => `&#${/** @type {number} */ (char.codePointAt(0))};`);

// Markdown may carry markup; here it is text like any other.
const marked = new Marked({
  renderer: {
    html: (/** @type {{ text: string }} */ { text }) => escape(text),
    image: (/** @type {{ text: string }} */ { text }) => escape(text),
    /** @type {(link: { href: string, tokens: unknown[] }) => string} */
    link({ href, tokens }) {
      // @ts-expect-error marked calls this with its renderer
      const text = this.parser.parseInline(tokens);
      return /^https?:\/\//.test(href) ? `<a href="${escape(href)}" rel="noreferrer">${text}</a>` : text;
    },
  },
});

/** @param {string} text */
export const markdown = (text) => marked.parse(unindent(text), { async: false });

/** @param {string} text */
const inline = (text) => marked.parseInline(text, { async: false });

/**
 * The same policy for a page that has no script.
 * @param {string} policy
 */
function withoutScripts(policy) {
  const directives = policy.split(';').map((directive) => directive.trim());
  return directives.filter((directive) => !/^(script|worker|manifest)-src /.test(directive)).join('; ');
}

/**
 * @param {string} title
 * @param {string} up  to the folder of the packager's page
 * @param {string} policy
 * @param {string} body
 */
function page(title, up, policy, body) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy).replaceAll('&#39;', "'")}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)} - Python gallery packager</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${up}page.css">
</head>
<body class="rule">
${body}
</body>
</html>
`;
}
