import type { KubeClient, KubeObject } from '../../kube/index.ts';
import { probeHttp, type Service } from '../../process/index.ts';
import type { Resolved } from '../../toolchain/index.ts';
import type { Layout } from '../layout.ts';
import type { InPlace } from './in-place.ts';

const NAMESPACE = 'metallb-system';
const DEPLOYMENT = 'metallb-controller';

/** The real MetalLB controller; it is given the name of the pod in whose place it is. */
export const metallb: InPlace = {
  component: 'metallb',
  program: 'metallb-controller',
  async installed(client) {
    await client.path({ apiVersion: 'metallb.io/v1beta1', kind: 'IPAddressPool' });
    await controllerPod(client);
  },
  service: metallbController,
};

async function metallbController(layout: Layout, program: Resolved, client: KubeClient): Promise<Service> {
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
