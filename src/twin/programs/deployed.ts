import type { KubeClient, KubeObject } from '../../kube/index.ts';

const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' };

interface DeploymentSpec {
  readonly template: { readonly spec: { readonly containers: readonly { readonly args?: string[] }[] } };
}

/** The arguments that a chart gives its program, without those that say where it listens. */
export async function deployedArgs(
  client: KubeClient,
  namespace: string,
  name: string,
  ours: RegExp,
): Promise<string[]> {
  const deployment = await client.get<KubeObject & { spec: DeploymentSpec }>(DEPLOYMENT, name, namespace);
  const [container] = deployment.spec.template.spec.containers;
  return (container?.args ?? []).filter((arg) => !ours.test(arg));
}

/** Resolves when a Deployment is there. */
export async function deploymentExists(client: KubeClient, namespace: string, name: string): Promise<void> {
  await client.get(DEPLOYMENT, name, namespace);
}
