import { expect, it } from 'vitest';
import { adviceFor } from './advice.ts';

it.each([
  ['pods "web-1" is forbidden: violates PodSecurity "restricted:latest"', 'what its pods need'],
  ['0/3 nodes are available: 3 Insufficient memory.', 'homeplane capacity'],
  ['failed to decrypt and decode data: no identity matched (age)', 'age key'],
  ['failed to fetch: 401 Unauthorized', 'not let in'],
])('%s leads to %s', (message, todo) => {
  expect(adviceFor(message)).toContain(todo);
});

it.each(['the storage manager sent a message about a page of an image', 'deadline exceeded after 4013 ms'])(
  '%s has nothing of a key or of credentials in it',
  (message) => {
    expect(adviceFor(message)).toContain('kubectl describe');
  },
);
