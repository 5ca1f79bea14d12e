#!/usr/bin/env bash
# Kedge as separate processes on a real Temporal server and a real MinIO server, all on loopback.
#
#   examples/processes.sh DIR          starts everything, state and logs in DIR, until Ctrl-C
#   examples/processes.sh DIR NAME     starts the process NAME again, after it was killed
#
# Needs `temporal` and `minio` on the PATH, a JDK, and a build (./mvnw package -DskipTests).
# The gateway listens on KEDGE_PORT, 9090 by default; KEDGE_S3_ENDPOINT and KEDGE_TEMPORAL_ADDRESS may name
# something between the processes and the two servers. KEDGE_STORE_KEYS may name a folder with a file for each
# process, which sets KEDGE_S3_ACCESS_KEY and KEDGE_S3_SECRET_KEY to its own. docs/processes.md tells what to try.
set -euo pipefail

case $# in
  1 | 2) ;;
  *)
    sed -n '2,/^set/{/^#/p}' "$0" >&2
    exit 2
    ;;
esac
mkdir -p "$1"/{logs,pids,minio}
dir=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
base=${KEDGE_PORT:-9090}
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
services=(orchestrator dataprep training fisher averaging evaluation)

export MINIO_ROOT_USER=kedge-example MINIO_ROOT_PASSWORD=${MINIO_ROOT_PASSWORD:-kedge-example-secret}
export KEDGE_S3_ENDPOINT=${KEDGE_S3_ENDPOINT:-http://127.0.0.1:$((base + 1))} KEDGE_S3_BUCKET=kedge
export KEDGE_S3_ACCESS_KEY=$MINIO_ROOT_USER KEDGE_S3_SECRET_KEY=$MINIO_ROOT_PASSWORD
export KEDGE_TEMPORAL_ADDRESS=${KEDGE_TEMPORAL_ADDRESS:-127.0.0.1:$((base + 2))}
export MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=67108864 MALLOC_MMAP_THRESHOLD_=33554432 DJL_OFFLINE=true GOMP_SPINCOUNT=1000 QUARKUS_BANNER_ENABLED=false

# A process called NAME listens on the gateway's port and this number.
offset() {
  case $1 in
    gateway) echo 0 ;;
    minio) echo 1 ;;
    temporal) echo 2 ;;
    orchestrator) echo 10 ;;
    dataprep) echo 11 ;;
    training) echo 12 ;;
    fisher) echo 13 ;;
    averaging) echo 14 ;;
    evaluation) echo 15 ;;
    *-worker) echo $(($(offset "${1%-worker}") + 10)) ;;
    *)
      echo "no process is called '$1'" >&2
      exit 2
      ;;
  esac
}

port() {
  echo $((base + $(offset "$1")))
}

health() { # where a process says how it is; a worker serves nothing else
  case $1 in
    *-worker) port "$1" ;;
    *) echo $(($(port "$1") + 100)) ;;
  esac
}

kinds() { # what the worker beside a service pulls
  case $1 in
    orchestrator) echo SELECT,REPORT ;;
    dataprep) echo PREPARE,OVERLAP ;;
    training) echo TRAIN,FEATURES,ADAPT ;;
    fisher) echo FISHER ;;
    averaging) echo AVERAGE ;;
    evaluation) echo EVALUATE,SOUP ;;
  esac
}

start() { # name, command ...
  local name=$1
  shift
  "$@" >>"$dir/logs/$name.log" 2>&1 &
  echo $! >"$dir/pids/$name"
}

app() { # name, module, JVM options ...
  local name=$1 module=$2 keys=()
  shift 2
  [ ! -f "${KEDGE_STORE_KEYS:-}/$name" ] || mapfile -t keys <"$KEDGE_STORE_KEYS/$name"
  start "$name" env "${keys[@]}" "KEDGE_S3_CACHE_DIRECTORY=$dir/cache/$name" "KEDGE_STAGE_SCRATCH=$dir/scratch/$name" \
    "$java" -Xmx512m -XX:+UseSerialGC "$@" \
    -Dquarkus.http.host=127.0.0.1 "-Dquarkus.http.port=$(port "$name")" "-Dquarkus.management.port=$(health "$name")" \
    -jar "$root/$module/target/quarkus-app/quarkus-run.jar"
}

process() { # starts one process by name
  local service=${1%-worker} light=-XX:TieredStopAtLevel=1
  case $1 in
    minio) start minio minio server --quiet --address "127.0.0.1:$(port minio)" --console-address 127.0.0.1:0 "$dir/minio" ;;
    temporal) start temporal temporal server start-dev --headless --ip 127.0.0.1 --port "$(port temporal)" --db-filename "$dir/temporal.db" --log-level warn ;;
    gateway) app gateway services/gateway $light ;;
    orchestrator) app orchestrator workflows/orchestrator $light ;;
    *-worker) app "$1" workflows/worker $light "-Dkedge.worker.kinds=$(kinds "$service")" "-Dkedge.worker.stage-address=127.0.0.1:$(port "$service")" ;;
    *) app "$1" "services/$1" ;;
  esac
}

answers() { # name: whether it is ready
  case $1 in
    minio | temporal) exec 3<>"/dev/tcp/127.0.0.1/$(port "$1")" ;;
    *)
      exec 3<>"/dev/tcp/127.0.0.1/$(health "$1")" || return
      printf 'GET /q/health/ready HTTP/1.0\r\n\r\n' >&3
      read -r _ status _ <&3 && [ "$status" = 200 ]
      ;;
  esac
}

wait_for() { # name
  until (answers "$1") 2>/dev/null; do
    if ! kill -0 "$(cat "$dir/pids/$1")" 2>/dev/null; then
      echo "$1 has ended: see $dir/logs/$1.log" >&2
      exit 1
    fi
    sleep 0.2
  done
}

stop() { # names: asks them to end, and waits until they have
  local name pid
  for name in "$@"; do
    kill "$(cat "$dir/pids/$name")" 2>/dev/null || true
  done
  for name in "$@"; do
    pid=$(cat "$dir/pids/$name")
    for _ in $(seq 150); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.2
    done
    kill -9 "$pid" 2>/dev/null || true
    rm -f "$dir/pids/$name"
  done
}

stop_all() { # the servers last: services save what they are at
  trap '' INT TERM
  trap - EXIT
  local apps
  apps=$(cd "$dir/pids" && ls | grep -v -x -e minio -e temporal || true)
  # shellcheck disable=SC2086 # names are several words
  stop $apps
  stop temporal minio
}

offset "${2:-gateway}" >/dev/null
if [ $# -eq 2 ]; then
  process "$2"
  wait_for "$2"
  exit
fi

rm -f "$dir"/pids/*
trap stop_all EXIT
trap 'exit 0' INT TERM

process minio
process temporal
wait_for minio
wait_for temporal
process gateway
for service in "${services[@]}"; do
  process "$service"
  process "$service-worker"
done
for name in $(ls "$dir/pids"); do
  wait_for "$name"
done
echo "Kedge is up on 127.0.0.1:$base: $(ls "$dir/pids" | wc -l) processes, logs in $dir/logs"
# Until Ctrl-C. A killed process is nobody else's end.
while :; do
  sleep 1 &
  wait $! || true
done
