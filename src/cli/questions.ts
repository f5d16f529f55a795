import { cancel, group, isCancel, select, text } from '@clack/prompts';
import { BOARD_KINDS, type BoardKind } from '../project/board-kinds.ts';
import { parseCidr } from '../util/index.ts';
import type { Given } from './init.ts';

/** Asks for what the flags did not say. @returns undefined when the user gave up. */
export async function askMissing(given: Given): Promise<Given | undefined> {
  const kinds = Object.entries(BOARD_KINDS).map(([value, { label }]) => ({
    value: value as BoardKind,
    label,
  }));
  const answers = await group(
    {
      board: async () => given.board ?? select({ message: 'What does it run on?', options: kinds }),
      count: async () =>
        given.count ??
        Number(
          await text({
            message: 'How many modules or boards?',
            initialValue: '3',
            validate: (value) => (/^[1-9]\d*$/.test(value ?? '') ? undefined : 'a whole number'),
          }),
        ),
      subnet: async () =>
        given.subnet ??
        text({
          message: 'Your LAN?',
          initialValue: '192.168.1.0/24',
          validate: (value) =>
            parseCidr(value ?? '') === undefined ? 'a network such as 192.168.1.0/24' : undefined,
        }),
      domain: async () =>
        given.domain ??
        text({
          message: "The cluster's domain?",
          placeholder: 'lab.example.org',
          defaultValue: 'lab.example.org',
        }),
      repository: async () =>
        given.repository ??
        text({
          message: 'The Git repository that Flux reads?',
          placeholder: 'https://github.com/me/lab',
          defaultValue: 'https://github.com/example/lab',
        }),
    },
    {
      // Thrown, because the next question would be asked otherwise.
      onCancel: () => {
        cancel('Nothing was written.');
        throw new DOMException('cancelled', 'AbortError');
      },
    },
  ).catch(() => undefined);
  if (answers === undefined || Object.values(answers).some((answer) => isCancel(answer))) return undefined;
  return { ...given, ...(answers as Given) };
}
