#!/usr/bin/env bash
# Makes each password once. Each run writes the files made from them again, to the volume of the service that needs them.
set -euo pipefail
# A service that mounts a volume may read it; no other service can.
umask 022
cd /secrets

hex() { od -An -v -tx1 | tr -d ' \n'; }
bytes() { printf '%b' "$(sed 's/../\\x&/g' <<<"$1")"; }

password() {
    [ -s "passwords/$1" ] || head -c 16 /dev/urandom | hex >"passwords/$1"
    cat "passwords/$1"
}

# As RabbitMQ keeps it: base64 of the salt and of the SHA-256 of salt and password. The salt stays the same, since the broker
# imports a file again when it has changed.
hash_of() {
    local salt sum
    salt=$(password "$1" | sha256sum | cut -c 1-8)
    sum=$({ bytes "$salt"; password "$1"; } | sha256sum | cut -d ' ' -f 1)
    bytes "$salt$sum" | base64 -w 0
}

amqp_uri() { echo "amqp://$1:$(password "$1")@rabbitmq:5672/pedidos"; }
database_url() { echo "postgresql://pedidos_$1:$(password "$1")@postgres:5432/pedidos"; }

for role in superuser owner app verify; do
    password "$role" >"postgres/$role"
done

cp /rabbitmq/definitions.json rabbitmq/1-topology.json
users=$(cat /rabbitmq/users.json)
for user in api worker operator topology; do
    users=${users//"@$user@"/"$(hash_of "$user")"}
done
echo "$users" >rabbitmq/2-users.json

database_url owner >migrate/database_admin_url
database_url app | tee migrate/database_url producer-api/database_url >worker/database_url
amqp_uri api >producer-api/amqp_uri
amqp_uri worker >worker/amqp_uri
# One secret in each line, the newest first. To rotate it, add a line to the file in the volume `passwords`, and run this again.
[ -s passwords/webhook_secrets ] || echo "whsec_$(head -c 32 /dev/urandom | base64 -w 0)" >passwords/webhook_secrets
cp passwords/webhook_secrets worker/.new && mv worker/.new worker/webhook_secrets

cat >operator/env <<END
PEDIDOS_API_URL='http://producer-api:8080'
AMQP_URI='$(amqp_uri topology)'
DATABASE_URL='$(database_url app)'
RABBITMQ_MANAGEMENT_URL='http://rabbitmq:15672'
END
echo "DATABASE_URL='$(database_url verify)'" >verify/env
password operator >operator/management-password
echo >>operator/management-password
