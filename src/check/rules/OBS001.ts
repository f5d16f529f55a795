import { kubePrometheusStack } from '../../components/registry.ts';
import { replaceComponent } from '../example.ts';
import type { DefinitionRule } from '../rule.ts';

interface Notify {
  readonly notify?: {
    readonly discord?: boolean;
    readonly email?: unknown;
    readonly deadMansSwitch?: boolean;
  };
}

export const OBS001: DefinitionRule = {
  id: 'OBS001',
  title: 'alerts reach nobody',
  severity: 'warning',
  why: 'A disk that fills or a certificate that ends is seen when something has stopped working.',
  remedy:
    'Set `notify` of kubePrometheusStack: `discord` or `email`, and `deadMansSwitch` for when the cluster itself is gone.',
  bad(definition) {
    replaceComponent(definition, 'kube-prometheus-stack', kubePrometheusStack());
  },
  *find({ plans }) {
    for (const { cluster, components } of plans) {
      if (cluster.environment !== 'production') continue;
      for (const { use, component } of components) {
        if (component.name !== 'kube-prometheus-stack') continue;
        const { notify } = use.options as Notify;
        if (notify?.discord !== true && notify?.email === undefined)
          yield { at: use.at, message: `cluster ${cluster.name}: alerts are raised, and nobody is told` };
      }
    }
  },
};
