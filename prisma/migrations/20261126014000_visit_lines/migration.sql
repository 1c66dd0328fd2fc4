-- By hand: where the books tell no service, the line is what the visit was for: hair and nails on one day are two rows.
DROP INDEX "Visit_file_row_key";
CREATE UNIQUE INDEX "Visit_file_row_key"
  ON "Visit" ("clientId", "at", COALESCE("service", "line", ''), (COALESCE("kopecks", 0) < 0))
  WHERE "importId" IS NOT NULL AND "externalId" IS NULL;
