{{/* What names of objects begin with. */}}
{{- define "kedge.fullname" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name }}{{ else }}{{ .Release.Name }}-{{ .Chart.Name }}{{ end }}
{{- end }}

{{/* Labels that pods are selected by. Takes (root, component). */}}
{{- define "kedge.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ $root.Chart.Name }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{/* Labels of every object. Takes (root, component). */}}
{{- define "kedge.labels" -}}
{{- $root := index . 0 -}}
{{ include "kedge.selector" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: {{ $root.Chart.Name }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ $root.Chart.Name }}-{{ $root.Chart.Version }}
{{- end }}

{{/* An object's metadata. Takes (root, component, name's end). */}}
{{- define "kedge.metadata" -}}
{{- $root := index . 0 -}}
name: {{ include "kedge.fullname" $root }}-{{ index . 2 }}
namespace: {{ $root.Release.Namespace }}
labels:
  {{- include "kedge.labels" . | nindent 2 }}
{{- end }}

{{/* Which kinds of stage a process serves. The gateway, which serves none, is no key here. */}}
{{- define "kedge.kinds" -}}
orchestrator: SELECT,REPORT
dataprep: PREPARE,OVERLAP
training: TRAIN,FEATURES,ADAPT
fisher: FISHER
averaging: AVERAGE
evaluation: EVALUATE,SOUP
{{- end }}

{{/* All processes: name to settings, which are the defaults where a section does not say otherwise. */}}
{{- define "kedge.components" -}}
{{- $all := dict -}}
{{- range $name := prepend (keys (include "kedge.kinds" . | fromYaml) | sortAlpha) "gateway" -}}
{{- $_ := set $all $name (mergeOverwrite (deepCopy $.Values.defaults) (deepCopy (index $.Values $name))) -}}
{{- end -}}
{{- toYaml $all -}}
{{- end }}

{{/* An image. Takes (root, the image's last part). */}}
{{- define "kedge.image" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $image := $root.Values.image -}}
{{ $image.repository }}/{{ $name }}
{{- with index $image.digests $name }}@{{ . }}{{ else }}:{{ $image.tag | default $root.Chart.AppVersion }}{{ end }}
{{- end }}

{{/* Where the store is, and the Secret for it. The second takes (root, component). */}}
{{- define "kedge.s3.endpoint" -}}
{{- if .Values.dev.enabled }}http://{{ include "kedge.fullname" . }}-minio:9000{{ else }}{{ .Values.s3.endpoint }}{{ end }}
{{- end }}

{{- define "kedge.s3.secret" -}}
{{- $root := index . 0 -}}
{{- if $root.Values.dev.enabled }}{{ include "kedge.fullname" $root }}-minio{{ else }}{{ index $root.Values.s3.secrets (index . 1) | default $root.Values.s3.secret }}{{ end }}
{{- end }}

{{- define "kedge.temporal.address" -}}
{{- if .Values.dev.enabled }}{{ include "kedge.fullname" . }}-temporal:7233{{ else }}{{ .Values.temporal.address }}{{ end }}
{{- end }}

{{/* The port of an address with or without a scheme. */}}
{{- define "kedge.port" -}}
{{- $port := regexFind ":[0-9]+" (regexReplaceAll "^[a-z0-9]+://" . "") -}}
{{- if $port }}{{ trimPrefix ":" $port }}{{ else if hasPrefix "https://" . }}443{{ else if hasPrefix "http://" . }}80{{ else }}7233{{ end }}
{{- end }}
