import { parse } from 'yaml';

/** What a YAML text says; undefined when it is none. */
export function safeYaml(text: string): unknown {
  try {
    return parse(text) as unknown;
  } catch {
    return undefined;
  }
}
