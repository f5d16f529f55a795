import { probeHttp } from '../../process/index.ts';
import { deployedArgs, deploymentExists } from './deployed.ts';
import type { InPlace } from './in-place.ts';

const NAMESPACE = 'monitoring';
const NAME = 'kube-prometheus-stack-operator';

/** The real operator: it makes the StatefulSets of Prometheus and Alertmanager, and their configuration. */
export const prometheusOperator: InPlace = {
  component: 'kube-prometheus-stack',
  program: 'prometheus-operator',
  async installed(client) {
    await client.path({ apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus' });
    await deploymentExists(client, NAMESPACE, NAME);
  },
  async service(layout, program, client) {
    const address = `127.0.0.1:${layout.ports.prometheusOperator}`;
    const args = await deployedArgs(client, NAMESPACE, NAME, /^--web\./);
    const kubeconfig = await layout.impersonate(program.name, `system:serviceaccount:${NAMESPACE}:${NAME}`);
    return {
      name: `${layout.cluster.name}/${program.name}`,
      command: {
        file: program.file,
        args: [...args, `--web.listen-address=${address}`],
        env: { PATH: process.env['PATH'] ?? '', KUBECONFIG: kubeconfig },
      },
      log: layout.log(program.name),
      probe: probeHttp({ url: `http://${address}/healthz` }),
    };
  },
};
