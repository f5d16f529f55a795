/**
 * Every way homeplane itself can fail, as one table. The reference page and the tests derive from it.
 * A finding about the user's definition is never a fault: it is data (`model/finding.ts`).
 */
export const FAULTS = {
  HP1001: {
    title: 'definition not found',
    remedy: 'Pass --definition FILE, or run `homeplane init` to write a first homelab.ts.',
  },
  HP1002: {
    title: 'definition cannot be loaded',
    remedy: 'Mend the TypeScript error that is quoted; nothing was written.',
  },
  HP1003: {
    title: 'definition has no homelab',
    remedy: 'Default-export the result of defineHomelab({...}).',
  },
  HP1008: {
    title: 'no such folder',
    remedy: 'Name the root folder of a Flux repository, where its `.git` is.',
  },
  HP1009: {
    title: 'the Kustomizations could not be built',
    remedy:
      'The program that builds them failed as a whole; run the command again, and report it with the message.',
  },
  HP1310: {
    title: 'the kubeconfig cannot be used',
    remedy:
      'Name a file with a current context whose user has a client certificate or a token; programs that log in are not run.',
  },
  HP1701: {
    title: 'the page has no address to be at',
    remedy:
      'Somebody else listens there, or the address is not of this machine: name another with --port or --bind.',
  },
  HP1311: {
    title: 'this is not a pod',
    remedy: '--in-cluster is for the status-page component; from elsewhere name a cluster and --kubeconfig.',
  },
  HP1312: {
    title: 'what Flux has fetched cannot be used',
    remedy:
      'Look whether its GitRepository is ready, and whether policies let this pod reach the source-controller.',
  },
  HP1007: {
    title: 'Git does not know it',
    remedy:
      'Name a branch, a tag or a commit of the repository that the definition is in, such as `main` or `HEAD~1`.',
  },
  HP1005: {
    title: 'versions cannot be read',
    remedy:
      'Mend the file that is named: it is one line `image: "tag"` for each image, as `build` writes it.',
  },
  HP1004: {
    title: 'manifests cannot be read',
    remedy:
      'Mend the file that is named, or the `folder` of `manifests()`; it is looked for beside the definition.',
  },
  HP1101: {
    title: 'a file homeplane wrote was edited by hand',
    remedy: 'Move the change into the definition, or pass --force to overwrite the files that are named.',
  },
  HP1102: {
    title: 'a file homeplane did not write is in the way',
    remedy: 'Move it away, or pass --force to overwrite it.',
  },
  HP1103: {
    title: 'another homeplane is writing here',
    remedy: 'Wait for it to finish, then run the command again.',
  },
  HP1201: {
    title: 'a program cannot be had',
    remedy:
      'Either install Go (https://go.dev/dl, the version in toolchain/*/go.mod or newer), or put the program on PATH in the version named, or copy the program cache from a machine that has it (`homeplane doctor` prints the folder).',
  },
  HP1202: {
    title: 'a program does not build',
    remedy: 'Read the log that is named. Running the command again goes on where it stopped.',
  },
  HP1301: {
    title: 'a twin is already running here',
    remedy: 'Use it, or stop it with `homeplane down`.',
  },
  HP1302: {
    title: 'no twin is running here',
    remedy: 'Start one with `homeplane up`.',
  },
  HP1303: {
    title: 'a process of the twin does not come up',
    remedy: 'Read the log that is named. If the state is damaged, `homeplane down --purge` starts afresh.',
  },
  HP1304: {
    title: 'git is missing',
    remedy: 'Install git: the twin serves the compiled tree with `git http-backend`.',
  },
  HP1305: {
    title: 'no such cluster',
    remedy: 'Use one of the names that are listed.',
  },
  HP1306: {
    title: 'the clusters did not become ready in time',
    remedy: 'Read what each object at fault waits for; raise --timeout if the machine is only slow.',
  },
  HP1307: {
    title: 'the chart folder cannot be read',
    remedy: 'Point HOMEPLANE_CHARTS at a folder of packaged charts (*.tgz), or unset it.',
  },
  HP1308: {
    title: 'charts cannot be had',
    remedy:
      'Everything else is ready. Connect to the Internet, or point HOMEPLANE_CHARTS at a folder with the packaged charts (*.tgz).',
  },
  HP1309: {
    title: 'the twin does not stop',
    remedy: 'End the process that is named with `kill -9`; what it runs ends with it.',
  },
  HP1401: {
    title: 'the target of init already exists',
    remedy: 'Choose another folder, or remove the file first.',
  },
  HP1501: {
    title: 'the lock cannot be read',
    remedy: 'Write it anew with `homeplane lock`.',
  },
  HP1502: {
    title: 'a chart cannot be locked',
    remedy:
      "The message is helm's own. Connect to the Internet, or point --charts at a folder with the packaged charts.",
  },
  HP1601: {
    title: 'a secret cannot be encrypted or decrypted',
    remedy:
      'The message is that of sops. The private key of the cluster must be the one whose public key is in .sops.yaml; `homeplane secrets check` says where it is looked for.',
  },
  HP1602: {
    title: 'the private key of a cluster is not on this machine',
    remedy:
      'Copy it from where you keep it to the path that is named, or make one with `homeplane secrets init`; without it Secrets can be neither read nor changed.',
  },
  HP1402: {
    title: 'the API server answered with an error',
    remedy: "The message is the API server's own; mend what it names.",
  },
} as const satisfies Record<string, { title: string; remedy: string }>;

/** A stable code of {@link FAULTS}. */
export type FaultCode = keyof typeof FAULTS;

/** An exception with a stable code, what happened, and what to do. The CLI prints it without a stack. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: FaultCode;
  /** What to do about it, from the table. */
  readonly remedy: string;

  constructor(code: FaultCode, detail: string, options?: { cause?: unknown }) {
    super(`${FAULTS[code].title}: ${detail}`, options);
    this.code = code;
    this.remedy = FAULTS[code].remedy;
  }
}

/** Whether an unknown error is one of ours, to be shown without a stack. */
export function isFault(error: unknown): error is Fault {
  return error instanceof Fault;
}

/** An error in one line, for where work goes on after it: a fault with its code. */
export function messageOf(error: unknown): string {
  return isFault(error) ? `${error.code} ${error.message}` : String(error);
}
