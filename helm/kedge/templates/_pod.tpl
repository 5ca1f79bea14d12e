{{/* What the restricted Pod Security Standard asks of a pod. Takes the root. */}}
{{- define "kedge.podSecurity" -}}
automountServiceAccountToken: false
# Otherwise a Service of this very release sets variables that begin with KEDGE_ and are no settings.
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  {{- with .Values.security.runAsUser }}
  runAsUser: {{ . }}
  runAsGroup: {{ . }}
  {{- end }}
  {{- with .Values.security.fsGroup }}
  fsGroup: {{ . }}
  fsGroupChangePolicy: OnRootMismatch
  {{- end }}
  seccompProfile: {type: RuntimeDefault}
{{- end }}

{{/* And of a container. */}}
{{- define "kedge.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- end }}

{{/* Environment of every process. Takes (root, JVM options). */}}
{{- define "kedge.env.common" -}}
{{- $root := index . 0 -}}
- {name: JAVA_TOOL_OPTIONS, value: {{ index . 1 | quote }}}
- {name: QUARKUS_LOG_CONSOLE_JSON_ENABLED, value: {{ $root.Values.jsonLogs | quote }}}
- {name: QUARKUS_BANNER_ENABLED, value: "false"}
{{- if $root.Values.production }}
- {name: KEDGE_PRODUCTION, value: "true"}
{{- end }}
{{- with $root.Values.tracing.endpoint }}
- {name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ . | quote }}}
{{- end }}
{{- end }}

{{- define "kedge.env.temporal" -}}
- {name: KEDGE_TEMPORAL_ADDRESS, value: {{ include "kedge.temporal.address" . | quote }}}
- {name: KEDGE_TEMPORAL_NAMESPACE, value: {{ .Values.temporal.namespace | quote }}}
{{- if .Values.temporal.tls.enabled }}
- {name: KEDGE_TEMPORAL_TLS_ENABLED, value: "true"}
{{- if .Values.temporal.tls.authority }}
- {name: KEDGE_TEMPORAL_TLS_AUTHORITY, value: /etc/kedge/temporal-authority/ca.crt}
{{- end }}
{{- if .Values.temporal.tls.secret }}
- {name: KEDGE_TEMPORAL_TLS_CERTIFICATE, value: /etc/kedge/temporal/tls.crt}
- {name: KEDGE_TEMPORAL_TLS_KEY, value: /etc/kedge/temporal/tls.key}
{{- end }}
{{- end }}
{{- if .Values.temporal.payloadKeys }}
- {name: KEDGE_TEMPORAL_PAYLOAD_KEYS, value: /etc/kedge/payloads/payload-keys}
{{- end }}
{{- end }}

{{/* How the gateway is reached, and who may. */}}
{{- define "kedge.env.gateway" -}}
{{- if .Values.gateway.tls.secret }}
- {name: QUARKUS_HTTP_SSL_PORT, value: "9090"}
- {name: QUARKUS_HTTP_INSECURE_REQUESTS, value: disabled}
- {name: QUARKUS_HTTP_SSL_CERTIFICATE_FILES, value: /etc/kedge/gateway/tls.crt}
- {name: QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES, value: /etc/kedge/gateway/tls.key}
- {name: QUARKUS_HTTP_SSL_CERTIFICATE_RELOAD_PERIOD, value: 1m}
{{- end }}
{{- $oidc := .Values.gateway.oidc }}
{{- if $oidc.issuer }}
- {name: KEDGE_ACCESS_REQUIRED, value: "true"}
- {name: QUARKUS_OIDC_AUTH_SERVER_URL, value: {{ $oidc.issuer | quote }}}
- {name: QUARKUS_OIDC_CLIENT_ID, value: {{ $oidc.clientId | quote }}}
- {name: QUARKUS_OIDC_TOKEN_AUDIENCE, value: {{ $oidc.audience | quote }}}
- {name: QUARKUS_OIDC_ROLES_ROLE_CLAIM_PATH, value: {{ $oidc.rolesClaim | quote }}}
{{- if .Values.gateway.webRoute.enabled }}
- {name: KEDGE_PAGES_HOSTS, value: {{ join "," .Values.gateway.webRoute.hostnames | quote }}}
# The Gateway in front speaks TLS, whether or not the way from it does.
- {name: QUARKUS_OIDC_AUTHENTICATION_FORCE_REDIRECT_HTTPS_SCHEME, value: "true"}
{{- end }}
{{- if $oidc.authority }}
- {name: QUARKUS_OIDC_TLS_TLS_CONFIGURATION_NAME, value: issuer}
- {name: QUARKUS_TLS_ISSUER_TRUST_STORE_PEM_CERTS, value: /etc/kedge/issuer/ca.crt}
- {name: QUARKUS_TLS_ISSUER_RELOAD_PERIOD, value: 1m}
{{- end }}
{{- with $oidc.secret }}
- name: QUARKUS_OIDC_CREDENTIALS_SECRET
  valueFrom:
    secretKeyRef: {name: {{ . }}, key: client-secret}
{{- end }}
{{- end }}
{{- end }}

{{/* Secrets whose files a container has under /etc/kedge, by folder. Takes (root, process, or `worker`). Renewed files are seen: nothing is mounted by subPath. */}}
{{- define "kedge.files" -}}
{{- $values := (index . 0).Values -}}
{{- $of := index . 1 -}}
{{- $files := dict -}}
{{- if and (eq $of "gateway") $values.gateway.tls.secret -}}
{{- $_ := set $files "gateway" $values.gateway.tls.secret -}}
{{- end -}}
{{- if and (eq $of "gateway") $values.gateway.oidc.authority -}}
{{- $_ := set $files "issuer" $values.gateway.oidc.authority -}}
{{- end -}}
{{- if has $of (list "gateway" "orchestrator" "worker") -}}
{{- with $values.temporal.tls.secret }}{{ $_ := set $files "temporal" . }}{{ end -}}
{{- with $values.temporal.tls.authority }}{{ $_ := set $files "temporal-authority" . }}{{ end -}}
{{- with $values.temporal.payloadKeys }}{{ $_ := set $files "payloads" . }}{{ end -}}
{{- end -}}
{{- if ne $of "worker" -}}
{{- with $values.s3.authority }}{{ $_ := set $files "store" . }}{{ end -}}
{{- end -}}
{{- toYaml $files -}}
{{- end }}

{{/* Takes (root, process, or `worker`). */}}
{{- define "kedge.files.mounts" -}}
{{- range $folder, $secret := include "kedge.files" . | fromYaml }}
- {name: {{ $folder }}-files, mountPath: /etc/kedge/{{ $folder }}, readOnly: true}
{{- end }}
{{- end }}

{{/* Of a whole pod. Takes (root, process). */}}
{{- define "kedge.files.volumes" -}}
{{- $files := include "kedge.files" . | fromYaml -}}
{{- if ne (index . 1) "gateway" -}}
{{- $files = merge $files (include "kedge.files" (list (index . 0) "worker") | fromYaml) -}}
{{- end -}}
{{- range $folder, $secret := $files }}
- name: {{ $folder }}-files
  secret: {secretName: {{ $secret }}, defaultMode: 0440}
{{- end }}
{{- end }}

{{/* Takes (root, component, settings). */}}
{{- define "kedge.env.store" -}}
{{- $root := index . 0 -}}
{{- $s3 := $root.Values.s3 -}}
{{- if $s3.authority }}
- {name: KEDGE_S3_AUTHORITY, value: /etc/kedge/store/ca.crt}
{{- end }}
- {name: KEDGE_S3_ENDPOINT, value: {{ include "kedge.s3.endpoint" $root | quote }}}
- {name: KEDGE_S3_BUCKET, value: {{ $s3.bucket | quote }}}
- {name: KEDGE_S3_REGION, value: {{ $s3.region | quote }}}
{{- range $variable, $key := dict "KEDGE_S3_ACCESS_KEY" $s3.accessKey "KEDGE_S3_SECRET_KEY" $s3.secretKey }}
- name: {{ $variable }}
  valueFrom:
    secretKeyRef: {name: {{ include "kedge.s3.secret" (list $root (index $ 1)) }}, key: {{ $key }}}
{{- end }}
- {name: KEDGE_S3_CACHE_DIRECTORY, value: /work/cache}
- {name: KEDGE_S3_CACHE_SIZE, value: {{ (index . 2).work.cacheSize }}}
{{- end }}

{{/* Of whatever serves stages. Takes (root, component, settings). */}}
{{- define "kedge.env.stages" -}}
{{- $root := index . 0 -}}
{{- $component := index . 1 -}}
{{- $settings := index . 2 -}}
- {name: KEDGE_STAGE_SLOTS, value: {{ $settings.slots | quote }}}
- {name: KEDGE_STAGE_SCRATCH, value: /work/scratch}
- {name: KEDGE_STAGE_LEASE_TTL, value: {{ $root.Values.leaseTtl }}}
- {name: KEDGE_STAGE_STOP_PATIENCE, value: {{ $settings.stopSeconds }}s}
{{- if eq $component "orchestrator" }}
- {name: KEDGE_ORCHESTRATOR_RECONCILE_EVERY, value: {{ $root.Values.reconcileEvery }}}
{{- with $root.Values.webhook.url }}
- {name: KEDGE_WEBHOOK_URL, value: {{ . | quote }}}
{{- end }}
{{- with $root.Values.webhook.secret }}
- name: KEDGE_WEBHOOK_SECRET
  valueFrom:
    secretKeyRef: {name: {{ . }}, key: secret}
{{- end }}
{{- else }}
# libtorch: few memory arenas, of which a batch's memory stays for the next one; threads that sleep while they wait;
# nothing from the network.
- {name: MALLOC_ARENA_MAX, value: "2"}
- {name: MALLOC_TRIM_THRESHOLD_, value: "67108864"}
- {name: MALLOC_MMAP_THRESHOLD_, value: "33554432"}
- {name: GOMP_SPINCOUNT, value: "1000"}
- {name: DJL_OFFLINE, value: "true"}
- {name: DJL_CACHE_DIR, value: /work/natives}
{{- end }}
{{- if has $component (list "training" "fisher" "evaluation") }}
- {name: KEDGE_COMPUTE_DEVICE, value: {{ $settings.device }}}
{{- if eq $settings.device "cuda" }}
# NVIDIA's runtime gives a container CUDA and nvidia-smi.
- {name: NVIDIA_DRIVER_CAPABILITIES, value: "compute,utility"}
{{- end }}
{{- end }}
{{- end }}

{{/* Started: as long as Temporal may be waited for (3 minutes), and a start. Takes the port's name. */}}
{{- define "kedge.probes" -}}
startupProbe:
  httpGet: {path: /q/health/live, port: {{ . }}}
  periodSeconds: 2
  timeoutSeconds: 5
  failureThreshold: 150
livenessProbe:
  httpGet: {path: /q/health/live, port: {{ . }}}
  periodSeconds: 20
  timeoutSeconds: 10
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /q/health/ready, port: {{ . }}}
  periodSeconds: 10
  timeoutSeconds: 10
{{- end }}

{{/* A process, and the port that it listens on. Takes a dict: root, component, settings, port. */}}
{{- define "kedge.process" -}}
{{- $cuda := and (eq .settings.device "cuda") (has .component (list "training" "fisher" "evaluation")) -}}
name: {{ .component }}
image: {{ include "kedge.image" (list .root (ternary (printf "%s-cuda" .component) .component $cuda)) }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
ports:
  - {name: grpc, containerPort: {{ .port }}}
  - {name: management, containerPort: 9001}
env:
  {{- include "kedge.env.common" (list .root .settings.javaOptions) | nindent 2 }}
  - {name: QUARKUS_HTTP_PORT, value: {{ .port | quote }}}
  # Health and metrics: probes come from the node. A service's gRPC stays on the pod's own loopback.
  - {name: QUARKUS_MANAGEMENT_HOST, value: 0.0.0.0}
  - {name: QUARKUS_MANAGEMENT_PORT, value: "9001"}
  {{- if has .component (list "gateway" "orchestrator") }}
  {{- include "kedge.env.temporal" .root | nindent 2 }}
  {{- end }}
  {{- include "kedge.env.store" (list .root .component .settings) | nindent 2 }}
  {{- if eq .component "gateway" }}
  {{- include "kedge.env.gateway" .root | nindent 2 }}
  {{- else }}
  {{- include "kedge.env.stages" (list .root .component .settings) | nindent 2 }}
  {{- end }}
  {{- with .settings.env }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- include "kedge.probes" "management" | nindent 0 }}
resources:
  {{- $disk := ternary dict (dict "requests" (dict "ephemeral-storage" .settings.work.request)) (ne .settings.work.storageClass "") }}
  {{- toYaml (mergeOverwrite $disk .settings.resources) | nindent 2 }}
{{- include "kedge.containerSecurity" . | nindent 0 }}
terminationMessagePolicy: FallbackToLogsOnError
volumeMounts:
  # One mount: what the cache has is linked into scratch, not copied.
  - {name: work, mountPath: /work}
  - {name: work, mountPath: /tmp, subPath: tmp}
  {{- include "kedge.files.mounts" (list .root .component) | nindent 2 }}
{{- end }}

{{/* The worker beside a process. Takes a dict: root, component, settings, kinds. */}}
{{- define "kedge.worker" -}}
name: {{ .component }}-worker
image: {{ include "kedge.image" (list .root "worker") }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
ports:
  - {name: http, containerPort: 8080}
env:
  {{- include "kedge.env.common" (list .root .settings.workerJavaOptions) | nindent 2 }}
  {{- include "kedge.env.temporal" .root | nindent 2 }}
  - {name: KEDGE_WORKER_KINDS, value: {{ .kinds | quote }}}
  - {name: KEDGE_WORKER_SLOTS, value: {{ .settings.slots | quote }}}
  - {name: KEDGE_WORKER_STAGE_ADDRESS, value: "127.0.0.1:9000"}
{{- include "kedge.probes" "http" | nindent 0 }}
resources:
  {{- toYaml .settings.workerResources | nindent 2 }}
{{- include "kedge.containerSecurity" . | nindent 0 }}
terminationMessagePolicy: FallbackToLogsOnError
volumeMounts:
  # Its own: it loads native libraries from there, and the service reads files from outside.
  - {name: worker, mountPath: /tmp}
  {{- include "kedge.files.mounts" (list .root "worker") | nindent 2 }}
{{- end }}

{{/* The disk of a pod. Takes (root, component, settings). */}}
{{- define "kedge.work" -}}
{{- $work := (index . 2).work -}}
name: work
{{- if $work.storageClass }}
ephemeral:
  volumeClaimTemplate:
    metadata:
      labels:
        {{- include "kedge.selector" . | nindent 8 }}
    spec:
      accessModes: [ReadWriteOnce]
      storageClassName: {{ $work.storageClass }}
      resources: {requests: {storage: {{ $work.size }}}}
{{- else }}
emptyDir: {sizeLimit: {{ $work.size }}}
{{- end }}
{{- end }}

{{/* Where pods may run. Takes (root, component, settings). */}}
{{- define "kedge.placement" -}}
{{- $settings := index . 2 -}}
{{- with $settings.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $settings.runtimeClassName }}
runtimeClassName: {{ . }}
{{- end }}
{{- with $settings.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $settings.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $settings.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if $settings.topologySpread }}
topologySpreadConstraints:
  {{- range $settings.topologySpread }}
  - topologyKey: {{ .topologyKey }}
    maxSkew: {{ .maxSkew }}
    whenUnsatisfiable: {{ .whenUnsatisfiable }}
    matchLabelKeys: [pod-template-hash]
    labelSelector:
      matchLabels:
        {{- include "kedge.selector" $ | nindent 8 }}
  {{- end }}
{{- end }}
{{- end }}
