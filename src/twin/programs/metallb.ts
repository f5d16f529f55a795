import type { KubeClient, KubeObject } from '../../kube/index.ts';
import { probeHttp, type Service } from '../../process/index.ts';
import type { Resolved } from '../../toolchain/index.ts';
import type { Layout } from '../layout.ts';

const NAMESPACE = 'metallb-system';
const DEPLOYMENT = 'metallb-controller';

/** Whether the chart has brought what the controller needs: its kinds, its account and its pod. */
export async function metallbInstalled(client: KubeClient): Promise<boolean> {
  try {
    await client.path({ apiVersion: 'metallb.io/v1beta1', kind: 'IPAddressPool' });
    await controllerPod(client);
    return true;
  } catch {
    return false;
  }
}

/**
 * The real MetalLB controller, with exactly the rights that its chart gives its service account: it is that account,
 * by impersonation. It takes the place of its own simulated pod, whose name it is given.
 */
export async function metallbController(
  layout: Layout,
  program: Resolved,
  client: KubeClient,
): Promise<Service> {
  const { metallbHealth, metallbMetrics } = layout.ports;
  const account = `system:serviceaccount:${NAMESPACE}:${DEPLOYMENT}`;
  const kubeconfig = await layout.impersonate(program.name, account);
  return {
    name: `${layout.cluster.name}/${program.name}`,
    command: async () => ({
      file: program.file,
      args: [
        `--port=${metallbMetrics}`,
        `--health-probe-port=${metallbHealth}`,
        '--webhook-mode=disabled',
        '--disable-cert-rotation',
      ],
      env: {
        PATH: process.env['PATH'] ?? '',
        KUBECONFIG: kubeconfig,
        METALLB_NAMESPACE: NAMESPACE,
        METALLB_ML_SECRET_NAME: 'memberlist',
        METALLB_DEPLOYMENT: DEPLOYMENT,
        METALLB_POD_NAME: await controllerPod(client),
      },
    }),
    log: layout.log(program.name),
    probe: probeHttp({ url: `http://127.0.0.1:${metallbHealth}/healthz` }),
  };
}

async function controllerPod(client: KubeClient): Promise<string> {
  const labels = new URLSearchParams({ labelSelector: 'app.kubernetes.io/component=controller' });
  const path = await client.path({ apiVersion: 'v1', kind: 'Pod' }, NAMESPACE);
  const { items } = await client.request<{ items: KubeObject[] }>(`${path}?${labels.toString()}`);
  const pod = items.find(({ metadata }) => metadata['deletionTimestamp'] === undefined);
  if (pod === undefined) throw new Error(`${NAMESPACE} has no controller pod`);
  return pod.metadata.name;
}
