#!/usr/bin/env bash
# Kedge as separate processes on a real Temporal server and a real MinIO server, all on loopback.
#
#   examples/processes.sh DIR          starts everything, state and logs in DIR, until Ctrl-C
#
# Needs `temporal` and `minio` on the PATH, a JDK, and a build (./mvnw package -DskipTests).
# Every process writes DIR/logs/NAME.log and DIR/pids/NAME; kill one to see what happens, and start
# it again with: examples/processes.sh DIR NAME
set -euo pipefail

[ $# -ge 1 ] || { sed -n 2,8p "$0" >&2; exit 2; }
mkdir -p "$1/logs" "$1/pids" "$1/minio"
dir=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
base=${KEDGE_PORT:-9090}

export MINIO_ROOT_USER=kedge-example MINIO_ROOT_PASSWORD=${MINIO_ROOT_PASSWORD:-kedge-example-secret}
export KEDGE_S3_ENDPOINT=http://127.0.0.1:$((base + 1)) KEDGE_S3_BUCKET=kedge
export KEDGE_S3_ACCESS_KEY=$MINIO_ROOT_USER KEDGE_S3_SECRET_KEY=$MINIO_ROOT_PASSWORD
export KEDGE_TEMPORAL_ADDRESS=127.0.0.1:$((base + 2))
export MALLOC_ARENA_MAX=2 DJL_OFFLINE=true GOMP_SPINCOUNT=1000

start() { # name, command ...
  local name=$1
  shift
  "$@" >>"$dir/logs/$name.log" 2>&1 &
  echo $! >"$dir/pids/$name"
}

app() { # name, module, port, settings ...
  local name=$1 module=$2 port=$3
  shift 3
  start "$name" env "KEDGE_S3_CACHE_DIRECTORY=$dir/cache/$name" "$@" \
    java -Xmx512m -Dquarkus.http.host=127.0.0.1 -Dquarkus.http.port="$port" \
    -jar "$root/$module/target/quarkus-app/quarkus-run.jar"
}

wait_for() { # port
  for _ in $(seq 240); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return
    sleep 0.25
  done
  echo "nothing listens on port $1; see $dir/logs" >&2
  exit 1
}

process() { # starts one process by name
  case $1 in
    minio) start minio minio server --quiet --address "127.0.0.1:$((base + 1))" --console-address 127.0.0.1:0 "$dir/minio" ;;
    temporal) start temporal temporal server start-dev --headless --ip 127.0.0.1 --port "$((base + 2))" --db-filename "$dir/temporal.db" --log-level warn ;;
    gateway) app gateway services/gateway "$base" ;;
    orchestrator) app orchestrator workflows/orchestrator "$((base + 10))" ;;
    dataprep) app dataprep services/dataprep "$((base + 11))" ;;
    training) app training services/training "$((base + 12))" ;;
    fisher) app fisher services/fisher "$((base + 13))" ;;
    averaging) app averaging services/averaging "$((base + 14))" ;;
    evaluation) app evaluation services/evaluation "$((base + 15))" ;;
    *-worker) worker "${1%-worker}" ;;
    *) echo "no process is called '$1'" >&2; exit 2 ;;
  esac
}

worker() { # the worker beside a service
  case $1 in
    orchestrator) app "$1-worker" workflows/worker "$((base + 20))" KEDGE_WORKER_KINDS=SELECT,REPORT "KEDGE_WORKER_STAGE_ADDRESS=127.0.0.1:$((base + 10))" ;;
    dataprep) app "$1-worker" workflows/worker "$((base + 21))" KEDGE_WORKER_KINDS=PREPARE "KEDGE_WORKER_STAGE_ADDRESS=127.0.0.1:$((base + 11))" ;;
    training) app "$1-worker" workflows/worker "$((base + 22))" KEDGE_WORKER_KINDS=TRAIN "KEDGE_WORKER_STAGE_ADDRESS=127.0.0.1:$((base + 12))" ;;
    fisher) app "$1-worker" workflows/worker "$((base + 23))" KEDGE_WORKER_KINDS=FISHER "KEDGE_WORKER_STAGE_ADDRESS=127.0.0.1:$((base + 13))" ;;
    averaging) app "$1-worker" workflows/worker "$((base + 24))" KEDGE_WORKER_KINDS=AVERAGE "KEDGE_WORKER_STAGE_ADDRESS=127.0.0.1:$((base + 14))" ;;
    evaluation) app "$1-worker" workflows/worker "$((base + 25))" KEDGE_WORKER_KINDS=EVALUATE "KEDGE_WORKER_STAGE_ADDRESS=127.0.0.1:$((base + 15))" ;;
    *) echo "no service is called '$1'" >&2; exit 2 ;;
  esac
}

if [ $# -eq 2 ]; then
  process "$2"
  exit
fi

stop_all() {
  trap - EXIT INT TERM
  for file in "$dir"/pids/*; do
    kill "$(cat "$file")" 2>/dev/null || true
  done
  wait 2>/dev/null || true
}
trap stop_all EXIT
trap 'exit 0' INT TERM

process minio
process temporal
wait_for $((base + 1))
wait_for $((base + 2))
services=(orchestrator dataprep training fisher averaging evaluation)
process gateway
for service in "${services[@]}"; do
  process "$service"
  process "$service-worker"
done
for offset in 0 10 11 12 13 14 15; do
  wait_for $((base + offset))
done
echo "Kedge is up on 127.0.0.1:$base: $(ls "$dir/pids" | wc -l) processes, logs in $dir/logs"
wait
