import { stringify } from 'yaml';

const HEADER = '# Written by homeplane from the definition. Change the definition, not this file.\n';

/**
 * YAML as every consumer reads it the same: 1.1 quoting, because Kubernetes' parsers still take `on` and `yes`
 * for booleans; no anchors, no folding.
 */
export function toYaml(...documents: readonly object[]): string {
  const texts = documents.map((document) =>
    stringify(document, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false }),
  );
  return HEADER + texts.join('---\n');
}
