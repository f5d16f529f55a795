import { signal } from '@preact/signals';
import type { Action } from '../server/openapi.ts';

/** What this reader may do; nothing until the server has said so. */
export const csrf = signal<string | undefined>(undefined);
/** What came of the last action. */
export const outcome = signal<string | undefined>(undefined);

export async function askPermissions(): Promise<void> {
  const answer = await fetch('/api/permissions').catch(() => undefined);
  if (answer?.ok !== true) return;
  const permissions = (await answer.json()) as { csrf?: string };
  csrf.value = permissions.csrf;
}

/** Does it, once somebody has said yes. */
export async function perform(action: Action, question: string): Promise<void> {
  if (csrf.value === undefined || !confirm(question)) return;
  outcome.value = 'asking ...';
  const answer = await fetch('/api/actions', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-homeplane-csrf': csrf.value },
    body: JSON.stringify(action),
  }).catch(() => undefined);
  const said = (await answer?.json().catch(() => undefined)) as
    | { done?: string; detail?: string }
    | undefined;
  outcome.value = said?.done ?? said?.detail ?? 'the server does not answer';
}
