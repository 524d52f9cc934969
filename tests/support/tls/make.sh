#!/bin/sh
# Makes the certificates of the tests anew, good from 2020 to 2120: a CA, a service on loopback that it
# vouches for, and one on its own. Run it here; the tests read what is committed.
set -eu
cat > ca.conf <<CONF
[ca]
default_ca = tests
[tests]
database = index
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[service]
subjectAltName = DNS:localhost,IP:127.0.0.1
CONF
: > index
days='-startdate 20200101000000Z -enddate 21200101000000Z'
sign="openssl ca -batch -notext -config ca.conf $days -keyfile key.pem"
openssl ecparam -name prime256v1 -genkey -noout -out key.pem
openssl req -new -key key.pem -subj '/CN=test CA' -out ca.csr
openssl req -new -key key.pem -subj '/CN=localhost' -out service.csr
$sign -selfsign -extensions authority -in ca.csr -out ca.pem
$sign -selfsign -extensions service -in service.csr -out self-signed.pem
$sign -cert ca.pem -extensions service -in service.csr -out service.pem
rm -f ca.conf ./*.csr index* [0-9A-F]*.pem
chmod 644 key.pem
