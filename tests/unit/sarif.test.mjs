import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const tools = createRequire(new URL('../browser/package.json', import.meta.url));
const { default: Ajv } = tools('ajv');

/** The published schema, as Microsoft's own matchers for Jest carry it. */
const {
  $schema,
  id: _,
  ...schema
} = JSON.parse(
  fs.readFileSync(new URL(tools.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'file:'), 'utf8'),
);
const parses = (base) => (text) => URL.canParse(text, base);
const ajv = new Ajv({
  strict: false, // it is of draft 4
  unicodeRegExp: false, // and has a pattern that is none with the flag
  formats: {
    uri: parses(),
    'uri-reference': parses('file:///'),
    'date-time': (text) => !Number.isNaN(Date.parse(text)),
  },
});
const valid = ajv.compile(schema);

const reports = new URL('../golden/reports/', import.meta.url);
for (const name of fs.readdirSync(reports)) {
  const sarif = JSON.parse(fs.readFileSync(new URL(`${name}/report.sarif`, reports), 'utf8'));
  const [run] = sarif.runs;

  test(`${name}: is SARIF by the published schema`, () => {
    assert.equal($schema, 'http://json-schema.org/draft-04/schema#');
    assert.ok(valid(sarif), ajv.errorsText(valid.errors));
  });

  test(`${name}: has what code hosts want`, () => {
    assert.equal(run.columnKind, 'utf16CodeUnits');
    for (const rule of run.tool.driver.rules) {
      assert.ok(rule.help.text && rule.shortDescription.text && rule.fullDescription.text, rule.id);
      assert.match(rule.defaultConfiguration.level, /^(error|warning|note)$/);
    }
    const fingerprints = new Set();
    for (const result of run.results) {
      assert.equal(run.tool.driver.rules[result.ruleIndex].id, result.ruleId);
      const { uri } = result.locations[0].physicalLocation.artifactLocation;
      assert.match(uri, /^(?:[\w.~-]|%[0-9A-F]{2}|\/)+$/);
      assert.ok(!uri.startsWith('/') && !uri.split('/').includes('..'), uri);
      const { region } = result.locations[0].physicalLocation;
      if (region) assert.ok(region.endLine > region.startLine || region.endColumn >= region.startColumn);
      const fingerprint = `${result.ruleId} ${result.partialFingerprints.primaryLocationLineHash}`;
      assert.ok(!fingerprints.has(fingerprint), fingerprint);
      fingerprints.add(fingerprint);
    }
  });
}

test('a schema that accepts everything would be no test', () => {
  assert.equal(valid({ version: '2.1.0', runs: [{ tool: {} }] }), false);
});
