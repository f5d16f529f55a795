/** Name of the Helm release; the chart names everything after it. */
export const RELEASE = 'kube-prometheus-stack';
export const NAMESPACE = 'monitoring';
/** The node exporter needs the host, so that everything else can be restricted it has a namespace of its own. */
export const EXPORTER_NAMESPACE = 'node-exporter';
