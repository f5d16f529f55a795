import { expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { editYaml } from './edit-yaml.ts';

const TEXT = `# made by hand
---
# the root
kind: A
spec:
    interval: "10s" # too often
    # kept
    list: [ 1,2 ]
---
kind: B
metadata: {name: b}
spec: {}
`;

it('writes values and leaves every other character as it is', () => {
  expect(
    editYaml(TEXT, [
      {
        line: 4,
        edits: [
          { path: ['spec', 'interval'], value: '1m' },
          { path: ['spec', 'install', 'remediation', 'retries'], value: 3 },
        ],
      },
      {
        line: 10,
        edits: [
          { path: ['spec', 'prune'], value: true },
          { path: ['metadata', 'namespace'], value: 'web' },
        ],
      },
    ]),
  ).toBe(`# made by hand
---
# the root
kind: A
spec:
    install:
      remediation:
        retries: 3
    interval: 1m # too often
    # kept
    list: [ 1,2 ]
---
kind: B
metadata: { namespace: web,name: b}
spec: { prune: true }
`);
});

it('changes nothing where the path leads into something else', () => {
  const edits = [
    { path: ['kind', 'inner'], value: 1 },
    { path: ['spec', 'list'], value: 1 },
  ];
  expect(
    editYaml(TEXT, [
      { line: 4, edits },
      { line: 99, edits },
    ]),
  ).toBe(TEXT);
});

it('leaves YAML behind that is what was asked for', () => {
  const edited = editYaml(TEXT, [{ line: 4, edits: [{ path: ['spec', 'interval'], value: 'a: b # "c"' }] }]);
  expect(parseAllDocuments(edited)[0]?.toJS()).toMatchObject({
    spec: { interval: 'a: b # "c"', list: [1, 2] },
  });
});
