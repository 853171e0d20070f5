#!/usr/bin/env bash
# Redis and some silos on this machine, for people and for tests.
#
#   infra/local-cluster.sh start [N]    starts Redis and N silos (default 3); what already runs is left alone
#   infra/local-cluster.sh status       says what runs; exit code 0 when all that was started is ready
#   infra/local-cluster.sh stop         stops the silos in order, then Redis
#
# Environment:
#   CLUSTER_FOLDER  data, logs and process ids       (default: data/local-cluster of this repository)
#   REDIS_PORT      Redis                            (default: 6390)
#   SILO_PORT       first silo port; each silo +1    (default: 11111)
#   GATEWAY_PORT    first gateway port; each silo +1 (default: 30000)
#   HTTP_PORT       first HTTP port; each silo +1    (default: 8080)
#   CONFIGURATION   build that is run                (default: Release; built when it is not there)
# Further ARMATURE__... variables reach every silo.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=${CLUSTER_FOLDER:-$root/data/local-cluster}
redis_port=${REDIS_PORT:-6390}
silo_port=${SILO_PORT:-11111}
gateway_port=${GATEWAY_PORT:-30000}
http_port=${HTTP_PORT:-8080}
configuration=${CONFIGURATION:-Release}
silo_dll=$root/src/Silo/bin/$configuration/net10.0/Armature.Orleans.Silo.dll
ready_seconds=60
stop_seconds=40

fail() { echo "local-cluster: $*" >&2; exit 1; }

# A process id counts only while it is still the process that was started.
runs() { # name, word of its command line
  local pid
  [[ -f $folder/$1.pid ]] || return 1
  pid=$(<"$folder/$1.pid")
  [[ $(ps -p "$pid" -o args= 2>/dev/null) == *"$2"* ]]
}

silo_runs() { runs "silo-$1" "$silo_dll"; }

redis_runs() { runs redis "redis-server"; }

ready() { # HTTP port
  local answer
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'GET /health/ready HTTP/1.0\r\n\r\n' >&3
  read -r answer <&3 || answer=
  exec 3>&-
  [[ $answer == *" 200 "* ]]
} 2>/dev/null

wait_until() { # seconds, command...
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.2
  done
}

gone() { ! kill -0 "$1" 2>/dev/null; }

silos() { # numbers of the silos that were started
  local file
  for file in "$folder"/silo-*.pid; do
    [[ -f $file ]] || continue
    file=${file##*/silo-}
    echo "${file%.pid}"
  done | sort -n
}

start_redis() {
  redis_runs && return
  command -v redis-server >/dev/null || fail "redis-server is not installed. Debian and Ubuntu: apt-get install redis-server"
  redis-server --port "$redis_port" --bind 127.0.0.1 --dir "$folder" --save '' --appendonly yes >"$folder/redis.log" 2>&1 &
  echo $! >"$folder/redis.pid"
  sleep 0.3
  redis_runs || fail "Redis did not start: $(tail -n 1 "$folder/redis.log"). Its log is $folder/redis.log; REDIS_PORT chooses another port."
}

start_silo() { # number
  silo_runs "$1" && return
  ARMATURE__REDIS__CONNECTIONSTRING=127.0.0.1:$redis_port \
  ARMATURE__DATAFOLDER=$folder/data \
  ARMATURE__CLUSTER__SILOPORT=$((silo_port + $1)) \
  ARMATURE__CLUSTER__GATEWAYPORT=$((gateway_port + $1)) \
  ARMATURE__HTTP__PORT=$((http_port + $1)) \
    nohup dotnet "$silo_dll" >"$folder/silo-$1.log" 2>&1 </dev/null &
  echo $! >"$folder/silo-$1.pid"
}

build() {
  echo "Building ..." >&2
  dotnet build "$root/src/Silo" -c "$configuration" -v quiet -nologo >"$folder/build.log" 2>&1 && return
  cat "$folder/build.log" >&2
  fail "the silo does not build"
}

start() {
  local count=${1:-3} i
  [[ $count =~ ^[1-9][0-9]?$ ]] || fail "the number of silos is '$count' but must be 1 to 99"
  mkdir -p "$folder"
  [[ -f $silo_dll ]] || build
  start_redis
  for ((i = 0; i < count; i++)); do start_silo "$i"; done
  for ((i = 0; i < count; i++)); do
    wait_until "$ready_seconds" ready_or_ended "$i" || fail "silo $i is not ready after $ready_seconds s; its log is $folder/silo-$i.log"
    silo_runs "$i" || fail "silo $i ended: $(tail -n 1 "$folder/silo-$i.log") Its log is $folder/silo-$i.log"
  done
  status
}

ready_or_ended() { ready $((http_port + $1)) || ! silo_runs "$1"; }

stop_process() { # name, process id
  kill "$2" 2>/dev/null || true
  if ! wait_until "$stop_seconds" gone "$2"; then
    echo "local-cluster: $1 did not stop within $stop_seconds s and is killed" >&2
    kill -KILL "$2"
  fi
  rm -f "$folder/$1.pid"
}

stop() {
  local i
  for i in $(silos); do
    if silo_runs "$i"; then kill "$(<"$folder/silo-$i.pid")" || true; fi
  done
  for i in $(silos); do
    if silo_runs "$i"; then stop_process "silo-$i" "$(<"$folder/silo-$i.pid")"; fi
    rm -f "$folder/silo-$i.pid"
  done
  if redis_runs; then stop_process redis "$(<"$folder/redis.pid")"; fi
  rm -f "$folder/redis.pid"
  echo "stopped"
}

status() {
  local i all=0
  if redis_runs; then echo "redis    127.0.0.1:$redis_port"; else echo "redis    not running"; all=1; fi
  [[ -n $(silos) ]] || { echo "silos    none"; return 1; }
  for i in $(silos); do
    if ! silo_runs "$i"; then echo "silo $i   not running, log $folder/silo-$i.log"; all=1
    elif ! ready $((http_port + i)); then echo "silo $i   not ready, log $folder/silo-$i.log"; all=1
    else echo "silo $i   ready, http://127.0.0.1:$((http_port + i)), gateway $((gateway_port + i)), log $folder/silo-$i.log"
    fi
  done
  return $all
}

case ${1:-} in
  start) start "${2:-3}" ;;
  stop) stop ;;
  status) status ;;
  *) sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit 2 ;;
esac
