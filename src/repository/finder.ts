import { type KubeObject, objectName } from '../kube/index.ts';
import type { Scan } from './scan.ts';

/** Objects by their name: those that are built, else those that lie in some file. */
export function finder(objects: readonly KubeObject[], { objects: scanned }: Scan) {
  const names = new Map(
    [...scanned.map(({ object }) => object), ...objects].map((object) => [objectName(object), object]),
  );
  return (kind: string, namespace: string, name: string) =>
    names.get(`${kind}/${namespace}/${name}`) ?? names.get(`${kind}/${name}`);
}
