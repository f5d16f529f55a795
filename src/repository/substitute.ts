import { isRecord, type KubeObject, listAt, mapAt, textAt, wordAt } from '../kube/index.ts';

/** A Kustomization with what it takes from ConfigMaps and Secrets written into it, as far as the repository has them. */
export function withVariables(
  kustomization: KubeObject,
  find: (kind: string, namespace: string, name: string) => KubeObject | undefined,
): KubeObject {
  const spec = mapAt(kustomization, 'spec');
  const postBuild = spec['postBuild'];
  if (!isRecord(postBuild)) return kustomization;
  const namespace = kustomization.metadata.namespace ?? 'flux-system';
  const found = listAt(postBuild, 'substituteFrom').flatMap((from) => {
    const source = find(textAt(from, 'kind') ?? 'ConfigMap', namespace, textAt(from, 'name') ?? '');
    return source === undefined ? [] : Object.entries(variablesOf(source));
  });
  // What is written in place goes over what comes from elsewhere.
  const substitute = { ...Object.fromEntries(found), ...mapAt(postBuild, 'substitute') };
  return { ...kustomization, spec: { ...spec, postBuild: { substitute } } };
}

function variablesOf(source: KubeObject): Record<string, string> {
  if (source.kind === 'ConfigMap')
    return Object.fromEntries(
      Object.keys(mapAt(source, 'data')).map((key) => [key, wordAt(source, 'data', key)]),
    );
  // Encrypted, and none of our business: a word that can stand where a name or a host can.
  const keys = [...Object.keys(mapAt(source, 'stringData')), ...Object.keys(mapAt(source, 'data'))];
  return Object.fromEntries(keys.map((key) => [key, key.toLowerCase().replaceAll('_', '-')]));
}
