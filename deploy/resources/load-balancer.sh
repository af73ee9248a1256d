# shellcheck shell=bash
# What browsers talk to: the pixel and the page script in a public bucket, the CDN, and the load balancer on ports 443 and 80.

# thing WORD COLLECTION NAME FIELDS: the words that all parts of a load balancer answer alike.
thing() {
  local collection
  read -r -a collection <<<"$2"
  local scope=(--global)
  if [[ $2 == backend-buckets ]]; then scope=(); fi
  case $1 in
    show) gcloud compute "${collection[@]}" describe "$3" "${scope[@]}" "--project=$PROJECT" "--format=value($4)" ;;
    drop) run gcloud compute "${collection[@]}" delete "$3" "${scope[@]}" "--project=$PROJECT" --quiet ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

pixel_bucket() {
  case $1 in
    label) LABEL="bucket $BUCKET" ;;
    show) gcloud storage buckets describe "gs://$BUCKET" "--project=$PROJECT" '--format=value(name)' ;;
    make)
      run gcloud storage buckets create "gs://$BUCKET" "--location=$DATASET_LOCATION" --uniform-bucket-level-access \
        --no-public-access-prevention "--project=$PROJECT"
      ;;
    drop) run gcloud storage rm "gs://$BUCKET" --recursive "--project=$PROJECT" ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# To read objects, not to list them.
pixel_readers() {
  local role=roles/storage.legacyObjectReader
  case $1 in
    label) LABEL="grant: everyone may fetch from $BUCKET" KIND=part ;;
    show)
      granted "$role" allUsers gcloud storage buckets get-iam-policy "gs://$BUCKET" "--project=$PROJECT"
      ;;
    make)
      run gcloud storage buckets add-iam-policy-binding "gs://$BUCKET" --member=allUsers "--role=$role" \
        "--project=$PROJECT"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# A page's script is checked against its integrity only where its origin allows any other to read it.
pixel_cors() {
  case $1 in
    label) LABEL="CORS of $BUCKET" KIND=part ;;
    show)
      gcloud storage buckets describe "gs://$BUCKET" "--project=$PROJECT" '--format=value(cors_config[0].origin[0])'
      ;;
    right) RIGHT='*' ;;
    make | mend)
      run gcloud storage buckets update "gs://$BUCKET" --cors-file=deploy/templates/cors.json "--project=$PROJECT"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# Sets STATIC_FILES to the names in deploy/static-files.txt, and TYPES and CACHINGS to what each is served with.
read_static_files() {
  local name type caching
  declare -gA TYPES=() CACHINGS=()
  STATIC_FILES=()
  while read -r name type caching; do
    if [[ $name == '#'* || -z $name ]]; then continue; fi
    STATIC_FILES+=("$name") TYPES[$name]=$type CACHINGS[$name]=$caching
  done <deploy/static-files.txt
}

# A file of the repository's top, under the pixel's path with its own ending. Left to itself, a public object may be
# cached for an hour by anyone: a second look at a mail would never be seen.
static_object() {
  local object=gs://$BUCKET${PIXEL_PATH%.png}.${2##*.} type=${TYPES[$2]} caching=${CACHINGS[$2]}
  case $1 in
    label) LABEL="object ${object#"gs://$BUCKET"}" KIND=part ;;
    show)
      gcloud storage objects describe "$object" "--project=$PROJECT" '--format=value(content_type,cache_control)'
      ;;
    right) RIGHT=$type$'\t'$caching ;;
    make | mend | renew)
      run gcloud storage cp "$2" "$object" "--cache-control=$caching" "--content-type=$type" "--project=$PROJECT"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# Pages that embed only what allows it (Cross-Origin-Embedder-Policy: require-corp) get the pixel as well: a bucket
# cannot say so, its backend can.
readonly ANY_PAGE=Cross-Origin-Resource-Policy:cross-origin

# With the CDN on, its edges keep what the bucket says nobody may, and tell everybody else to ask each time: public,
# max-age=0. The docs of these two: cloud.google.com/cdn/docs/using-cache-modes and /using-ttl-overrides.
backend_bucket() {
  local cdn=(--enable-cdn --cache-mode=FORCE_CACHE_ALL --default-ttl=3600 --client-ttl=0)
  if [[ $CDN == off ]]; then cdn=(--no-enable-cdn); fi
  cdn+=("--custom-response-header=$ANY_PAGE")
  case $1 in
    label) LABEL="backend bucket $NAME" ;;
    right) if [[ $CDN == on ]]; then RIGHT=True$'\t'FORCE_CACHE_ALL$'\t'0; fi ;;
    make)
      run gcloud compute backend-buckets create "$NAME" "--gcs-bucket-name=$BUCKET" "${cdn[@]}" "--project=$PROJECT"
      ;;
    mend | renew) run gcloud compute backend-buckets update "$NAME" "${cdn[@]}" "--project=$PROJECT" ;;
    *) thing "$1" backend-buckets "$NAME" 'enableCdn,cdnPolicy.cacheMode,cdnPolicy.clientTtl' ;;
  esac
}

# An import makes the map or puts it right.
url_map() {
  case $1 in
    label) LABEL="url map $2" ;;
    make | renew)
      render "$3"
      run gcloud compute url-maps import "$2" "--source=$FILE" --global "--project=$PROJECT" --quiet
      ;;
    *) thing "$1" url-maps "$2" name ;;
  esac
}

pixel_map() {
  local template=url-map.yaml
  if [[ $COLLECT == on ]]; then template=url-map-with-collector.yaml; fi
  url_map "$1" "$NAME" "$template"
}
redirect_map() { url_map "$1" "$NAME-redirect" redirect-map.yaml; }

address() {
  case $1 in
    label) LABEL="address $NAME" ;;
    make)
      run gcloud compute addresses create "$NAME" --global --ip-version=IPV4 --network-tier=PREMIUM "--project=$PROJECT"
      ;;
    *) thing "$1" addresses "$NAME" address ;;
  esac
}

# A certificate is for good: another domain gets another one, so its name holds a checksum of the domain.
certificate() {
  case $1 in
    label) LABEL="certificate for $DOMAIN" ;;
    make)
      run gcloud compute ssl-certificates create "$CERTIFICATE" "--domains=$DOMAIN" --global "--project=$PROJECT"
      ;;
    *) thing "$1" ssl-certificates "$CERTIFICATE" name ;;
  esac
}

# The first certificate is the domain's. Those of earlier domains stay attached behind it: a new one takes up to an hour
# to become active, and mails that were sent name the old domain for longer than that.
https_proxy() {
  local attached='' each all=$CERTIFICATE
  case $1 in
    label) LABEL="HTTPS proxy $NAME" ;;
    right) RIGHT=https://www.googleapis.com/compute/v1/projects/$PROJECT/global/sslCertificates/$CERTIFICATE ;;
    make)
      run gcloud compute target-https-proxies create "$NAME" "--url-map=$NAME" "--ssl-certificates=$CERTIFICATE" \
        --global "--project=$PROJECT"
      ;;
    mend)
      lookup attached gcloud compute target-https-proxies describe "$NAME" --global "--project=$PROJECT" \
        '--format=value(sslCertificates)'
      for each in ${attached//;/ }; do
        if [[ ${each##*/} != "$CERTIFICATE" ]]; then all+=,${each##*/}; fi
      done
      run gcloud compute target-https-proxies update "$NAME" "--ssl-certificates=$all" --global "--project=$PROJECT"
      ;;
    *) thing "$1" target-https-proxies "$NAME" 'sslCertificates[0]' ;;
  esac
}

http_proxy() {
  case $1 in
    label) LABEL="HTTP proxy $NAME-redirect" ;;
    make)
      run gcloud compute target-http-proxies create "$NAME-redirect" "--url-map=$NAME-redirect" --global \
        "--project=$PROJECT"
      ;;
    *) thing "$1" target-http-proxies "$NAME-redirect" name ;;
  esac
}

forwarding_rule() {
  case $1 in
    label) LABEL="forwarding rule $2" ;;
    make)
      run gcloud compute forwarding-rules create "$2" --global --load-balancing-scheme=EXTERNAL_MANAGED \
        --network-tier=PREMIUM "--address=$NAME" "$3" "$4" "--project=$PROJECT"
      ;;
    *) thing "$1" forwarding-rules "$2" name ;;
  esac
}

https_rule() { forwarding_rule "$1" "$NAME" "--target-https-proxy=$NAME" --ports=443; }
http_rule() { forwarding_rule "$1" "$NAME-redirect" "--target-http-proxy=$NAME-redirect" --ports=80; }
