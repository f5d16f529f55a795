export const NAMESPACE = 'loki';
/** Port of Loki's HTTP API. */
export const PORT = 3_100;
export const LOKI_LABELS = { 'app.kubernetes.io/name': 'loki' };
export const COLLECTOR_LABELS = { 'app.kubernetes.io/name': 'alloy' };
