import { field, mapAt } from '../../kube/index.ts';
import { kustomizations } from '../flux.ts';
import type { ObjectRule } from '../rule.ts';

export const FLX014: ObjectRule = {
  id: 'FLX014',
  title: 'encrypted Secrets and nobody to decrypt them',
  severity: 'error',
  why: 'Flux applies the file as it is: the Secret is refused, or its values are the ciphertext.',
  remedy: 'Give the Kustomization decryption: { provider: sops, secretRef: { name: sops-age } }.',
  references: ['https://fluxcd.io/flux/guides/mozilla-sops/'],
  bad: `
apiVersion: v1
kind: Secret
metadata: { name: login, namespace: web }
stringData: { password: 'ENC[AES256_GCM,data:qwe=,type:str]' }
sops: { version: 3.9.0 }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { prune: true }
`,
  good: `
apiVersion: v1
kind: Secret
metadata: { name: login, namespace: web }
stringData: { password: 'ENC[AES256_GCM,data:qwe=,type:str]' }
sops: { version: 3.9.0 }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { prune: true, decryption: { provider: sops } }
`,
  *inspect(world) {
    const all = kustomizations(world);
    if (all.length === 0) return;
    // A patch of the root Kustomization may give it to all.
    const patched = all.some((object) =>
      JSON.stringify(mapAt(object, 'spec')['patches'] ?? '').includes('decryption'),
    );
    if (patched || all.some((object) => field(object, 'spec', 'decryption') !== undefined)) return;
    for (const object of world.objects)
      if (object['sops'] !== undefined)
        yield { object, message: 'is encrypted, and no Kustomization decrypts' };
  },
};
