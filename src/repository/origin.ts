import type { KubeObject } from '../kube/index.ts';

/** Where kustomize says what file an object is from, when it is asked to. */
const ORIGIN = 'config.kubernetes.io/origin';

/** The file, relative to the folder that was built. */
export function originOf({ metadata }: KubeObject): string | undefined {
  return /^(?:path|configuredIn): (.*)$/m.exec(metadata.annotations?.[ORIGIN] ?? '')?.[1];
}

export function withoutOrigin(object: KubeObject): KubeObject {
  const { annotations = {}, ...metadata } = object.metadata;
  const { [ORIGIN]: _, ...others } = annotations;
  const kept = Object.keys(others).length === 0 ? {} : { annotations: others };
  return { ...object, metadata: { ...metadata, ...kept } };
}
