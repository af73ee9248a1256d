GRANT `roles/bigquery.dataEditor` ON SCHEMA `my-project`.pixels_dev TO "serviceAccount:pixel-dev-function@my-project.iam.gserviceaccount.com";
