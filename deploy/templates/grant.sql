GRANT `roles/bigquery.dataEditor` ON SCHEMA `{{PROJECT}}`.{{DATASET}} TO "serviceAccount:{{FUNCTION_ACCOUNT}}";
