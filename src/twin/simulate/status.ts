import { type KindRef, type KubeClient, type KubeObject, reflect } from '../../kube/index.ts';
import { SIMULATED } from '../nodes.ts';
import type { Authority } from '../pki.ts';

/**
 * What is marked ready because the controller behind it cannot run here: its pods are simulated and its program is
 * not to be had outside a cluster. Each object says so in its own condition.
 */
const SIMULATED_KINDS: readonly (KindRef & { readonly controller: string })[] = [
  { apiVersion: 'fluxcd.controlplane.io/v1', kind: 'FluxInstance', controller: 'flux-operator' },
  { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', controller: 'cert-manager' },
  { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', controller: 'cert-manager' },
  { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', controller: 'cert-manager' },
];

/** The reason of every simulated condition. */
export const SIMULATED_REASON = 'Simulated';

/** Marks objects ready until the signal; each kind is followed as soon as it exists. */
export async function simulateControllers(
  client: KubeClient,
  authority: Authority,
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(
    SIMULATED_KINDS.map(({ controller, ...ref }) => {
      const handle = (object: KubeObject) =>
        void markReady(client, authority, object, controller).catch(() => {
          // The object may be gone again, or the API server; the next change or list brings it back.
        });
      return reflect(
        client,
        ref,
        { replaced: (objects) => objects.forEach(handle), changed: handle, deleted: () => undefined },
        signal,
      );
    }),
  );
}

interface Conditions {
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly observedGeneration?: number;
  }[];
}

async function markReady(
  client: KubeClient,
  authority: Authority,
  object: KubeObject,
  controller: string,
): Promise<void> {
  const generation = object.metadata['generation'] as number;
  const ready = ((object['status'] as Conditions | undefined)?.conditions ?? []).find(
    ({ type }) => type === 'Ready',
  );
  if (ready?.status === 'True' && ready.observedGeneration === generation) return;
  if (object.kind === 'Certificate') await writeSecret(client, authority, object);
  const condition = {
    type: 'Ready',
    status: 'True',
    reason: SIMULATED_REASON,
    message: `homeplane twin: ${controller} does not run here, this is simulated`,
    lastTransitionTime: new Date().toISOString(),
    observedGeneration: generation,
  };
  await client.merge(object, { status: { conditions: [condition] } }, 'status');
}

/** A real key pair for the names of a Certificate, signed by the twin's own authority. */
async function writeSecret(client: KubeClient, authority: Authority, certificate: KubeObject): Promise<void> {
  const { secretName, dnsNames } = certificate['spec'] as { secretName: string; dnsNames?: string[] };
  const { namespace } = certificate.metadata;
  const names = dnsNames ?? [];
  const pair = await authority.sign({ commonName: names[0] ?? certificate.metadata.name, names });
  await client.apply({
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/tls',
    metadata: {
      name: secretName,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { [SIMULATED]: 'certificate' },
    },
    stringData: { 'tls.crt': pair.cert + authority.certificate, 'tls.key': pair.key },
  });
}
