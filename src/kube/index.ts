/**
 * The Kubernetes API as homeplane uses it, whatever the object, by its apiVersion and kind, server-side apply, and
 * list+watch that survives whatever the API server does. Small on purpose: the typed clients carry every built-in
 * kind and none of the ones that matter here, those of Flux and of charts.
 */
export { type KindRef, type KubeAccess, KubeClient, type KubeConfig } from './client.ts';
export { isKubeError } from './error.ts';
export { field, isRecord, listAt, mapAt, textAt, wordAt } from './fields.ts';
export { inClusterAccess } from './in-cluster.ts';
export { readKubeconfig } from './kubeconfig.ts';
export { identityOf, type KubeObject, objectName, workloadImages } from './object.ts';
export { reflect } from './reflect.ts';
export { isClusterScoped } from './scope.ts';
