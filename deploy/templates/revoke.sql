REVOKE `roles/bigquery.dataEditor` ON SCHEMA `{{PROJECT}}`.{{DATASET}} FROM "serviceAccount:{{FUNCTION_ACCOUNT}}";
