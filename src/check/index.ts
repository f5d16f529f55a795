/**
 * What would break or bite, before it does. `rules/` has one file a rule, named after its id; `engine.ts` runs
 * them over a resolved homelab and its plan; `report/` writes the findings for a person or a program.
 * Mistakes that make a definition unreadable (DEF001 to DEF004) are found earlier, by `model/`.
 */
export { assess, type ControlResult, type Status } from './compliance/index.ts';
export { check, checkObjects } from './engine.ts';
export { isKustomization, sourceOf } from './flux.ts';
export { READING } from './reading.ts';
export { reportGithub } from './report/github.ts';
export { reportJson } from './report/json.ts';
export { reportJunit } from './report/junit.ts';
export { reportPretty } from './report/pretty.ts';
export { reportSarif } from './report/sarif.ts';
export { type Edit, isObjectRule, type ObjectRule, type RuleFacts } from './rule.ts';
export { RULES } from './rules/index.ts';
export { fails } from './threshold.ts';
export { makeWorld, type World } from './world.ts';
