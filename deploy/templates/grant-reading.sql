GRANT `roles/bigquery.dataViewer` ON SCHEMA `{{PROJECT}}`.{{DATASET}} TO "serviceAccount:{{DASHBOARD_ACCOUNT}}";
