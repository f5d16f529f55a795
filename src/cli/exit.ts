/** What the exit code says, the same for every command. */
export const EXIT = { fine: 0, findings: 1, usage: 2, fault: 3 } as const;

/** The command line asks for something that cannot be; printed as it is, without a code. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
