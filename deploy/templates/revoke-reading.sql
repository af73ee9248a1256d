REVOKE `roles/bigquery.dataViewer` ON SCHEMA `{{PROJECT}}`.{{DATASET}} FROM "serviceAccount:{{DASHBOARD_ACCOUNT}}";
