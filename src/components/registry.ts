/** Every component, one line each. */
export { access } from './access/component.ts';
export { certManager } from './cert-manager/component.ts';
export { externalDns } from './external-dns/component.ts';
export { flannel } from './flannel/component.ts';
export { flux } from './flux/component.ts';
export { kubePrometheusStack } from './kube-prometheus-stack/component.ts';
export { loki } from './loki/component.ts';
export { longhorn } from './longhorn/component.ts';
export { metallb } from './metallb/component.ts';
export { polaris } from './polaris/component.ts';
export { statusPage } from './status-page/component.ts';
export { traefik } from './traefik/component.ts';
export { trivyOperator } from './trivy-operator/component.ts';
export { ups } from './ups/component.ts';
