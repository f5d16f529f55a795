import type { Rule } from '../rule.ts';
import * as rules from './all.ts';

/** Every rule, by id. */
export const RULES: readonly Rule[] = Object.values(rules);
