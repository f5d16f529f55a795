export const NAMESPACE = 'status-page';
export const LABELS = { 'app.kubernetes.io/name': NAMESPACE };
export const PORT = 4270;
export const TOKEN_SECRET = 'page-token';
