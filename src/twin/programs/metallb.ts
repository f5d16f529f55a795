import { probeHttp, type Service } from '../../process/index.ts';
import type { Resolved } from '../../toolchain/index.ts';
import type { Layout } from '../layout.ts';

const NAMESPACE = 'metallb-system';
const DEPLOYMENT = 'metallb-controller';

/**
 * The real MetalLB controller, with exactly the rights that its chart gives its service account: it is that account,
 * by impersonation.
 */
export async function metallbController(layout: Layout, program: Resolved): Promise<Service> {
  const { metallbHealth, metallbMetrics } = layout.ports;
  const account = `system:serviceaccount:${NAMESPACE}:${DEPLOYMENT}`;
  const kubeconfig = await layout.impersonate(program.name, account);
  return {
    name: `${layout.cluster.name}/${program.name}`,
    command: {
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
      },
      log: layout.log(program.name),
    },
    probe: probeHttp({ url: `http://127.0.0.1:${metallbHealth}/healthz` }),
  };
}
