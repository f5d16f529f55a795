import { probeHttp } from '../../process/index.ts';
import { deployedArgs, deploymentExists } from './deployed.ts';
import type { InPlace } from './in-place.ts';

const NAMESPACE = 'monitoring';
const NAME = 'kube-prometheus-stack-kube-state-metrics';

/** The real kube-state-metrics: what alerts and dashboards ask for is there. */
export const kubeStateMetrics: InPlace = {
  component: 'kube-prometheus-stack',
  program: 'kube-state-metrics',
  installed: (client) => deploymentExists(client, NAMESPACE, NAME),
  async service(layout, program, client) {
    const { kubeStateMetrics: port, kubeStateTelemetry } = layout.ports;
    const args = await deployedArgs(client, NAMESPACE, NAME, /^--(telemetry-)?(host|port)=/);
    const kubeconfig = await layout.impersonate(program.name, `system:serviceaccount:${NAMESPACE}:${NAME}`);
    return {
      name: `${layout.cluster.name}/${program.name}`,
      command: {
        file: program.file,
        args: [
          ...args,
          `--kubeconfig=${kubeconfig}`,
          '--host=127.0.0.1',
          `--port=${port}`,
          '--telemetry-host=127.0.0.1',
          `--telemetry-port=${kubeStateTelemetry}`,
        ],
      },
      log: layout.log(program.name),
      probe: probeHttp({ url: `http://127.0.0.1:${port}/healthz` }),
    };
  },
};
