namespace PixelPipeline.Clients.Tests.Node;

/// <summary>The Node client on datasets, tables and rows.</summary>
internal sealed class NodeResourceTests
{
    [Test]
    public async Task Dataset_MadeListedShownAndDeleted_IsAsInGooglesBigQuery()
    {
        var result = await NodeClient.EvaluateAsync("""
            const [dataset] = await bigquery.createDataset('node_shop', { description: 'a shop' });
            const [datasets] = await bigquery.getDatasets();
            const [metadata] = await dataset.getMetadata();
            await dataset.delete();
            const [exists] = await dataset.exists();
            return [dataset.id, datasets.map(d => d.id).includes('node_shop'), metadata.description, exists];
            """);

        Assert.That(result!.ToJsonString(), Is.EqualTo("""["node_shop",true,"a shop",false]"""));
    }

    [Test]
    public async Task Table_MadeListedShownAndDeleted_IsAsInGooglesBigQuery()
    {
        var result = await NodeClient.EvaluateAsync("""
            const [dataset] = await bigquery.createDataset('node_tables');
            const [table] = await dataset.createTable('orders', { schema: 'id:STRING,n:INTEGER' });
            const [tables] = await dataset.getTables();
            const [metadata] = await table.getMetadata();
            await table.delete();
            return [tables.map(t => t.id), metadata.schema.fields.map(f => f.name + ' ' + f.type), (await table.exists())[0]];
            """);

        Assert.That(result!.ToJsonString(), Is.EqualTo("""[["orders"],["id STRING","n INTEGER"],false]"""));
    }

    [Test]
    public async Task Insert_WithATemplateSuffix_MakesATableWhoseRowsArePaged()
    {
        var result = await NodeClient.EvaluateAsync("""
            const [dataset] = await bigquery.createDataset('node_rows');
            const [table] = await dataset.createTable('orders', { schema: 'n:INTEGER' });
            await table.insert([{ n: 1 }, { n: 2 }, { n: 3 }], { templateSuffix: '_x' });
            const made = dataset.table('orders_x');
            const [first, more] = await made.getRows({ maxResults: 2, autoPaginate: false });
            const [second, end] = await made.getRows(more);
            const [all] = await made.getRows();
            return [first, second, end, all].map(rows => rows && rows.map(row => row.n));
            """);

        Assert.That(result!.ToJsonString(), Is.EqualTo("[[1,2],[3],null,[1,2,3]]"));
    }

    [Test]
    public async Task Timestamp_AskedForInEitherForm_IsTheSameInstant()
    {
        var result = await NodeClient.EvaluateAsync("""
            const [dataset] = await bigquery.createDataset('node_times');
            const [table] = await dataset.createTable('times', { schema: 'at:TIMESTAMP' });
            await table.insert([{ at: bigquery.timestamp('2026-01-02T03:04:05.678901Z') }]);
            const raw = options => new Promise((resolve, reject) => table.request(
              { uri: '/data', qs: options }, (error, answer) => error ? reject(error) : resolve(answer.rows[0].f[0].v)));
            const [[row]] = await table.getRows();
            return [row.at.value, await raw({ 'formatOptions.useInt64Timestamp': true }), await raw({})];
            """);

        Assert.That(
            result!.AsArray().Select(v => v!.ToString()),
            Is.EqualTo(new[] { "2026-01-02T03:04:05.678901000Z", "1767323045678901", "1.767323045678901E9" }));
    }

    [TestCase("bigquery.createDataset('pixels')", 409, "duplicate", "Already Exists: Dataset local:pixels")]
    [TestCase("bigquery.dataset('pixels').createTable('pixel', { schema: 'id' })", 409, "duplicate", "Already Exists: Table local:pixels.pixel")]
    [TestCase("bigquery.dataset('nope').getMetadata()", 404, "notFound", "Not found: Dataset local:nope")]
    [TestCase("bigquery.dataset('pixels').table('nope').getRows()", 404, "notFound", "Not found: Table local:pixels.nope")]
    [TestCase("bigquery.createDataset('no-hyphens')", 400, "invalid", "Invalid dataset ID")]
    public async Task Call_ThatIsWrong_FailsInBigQuerysShape(string call, int code, string reason, string message)
    {
        var error = await NodeClient.EvaluateAsync($$"""
            const e = await failure(() => {{call}});
            return { code: e.code, reason: e.errors[0].reason, message: e.message };
            """);

        Assert.That(((int)error!["code"]!, (string)error["reason"]!), Is.EqualTo((code, reason)));
        Assert.That((string?)error["message"], Does.StartWith(message));
    }

    [Test]
    public async Task Insert_OfAValueThatDoesNotFit_NamesTheRowAndItsReason()
    {
        var result = await NodeClient.EvaluateAsync("""
            const [dataset] = await bigquery.createDataset('node_invalid');
            const [table] = await dataset.createTable('orders', { schema: 'n:INTEGER' });
            const e = await failure(() => table.insert([{ n: 1 }, { n: 'many' }], { skipInvalidRows: true }));
            return [e.name, e.errors.map(error => [error.row.n, error.errors[0].reason]), (await table.getRows())[0].map(row => row.n)];
            """);

        Assert.That(result!.ToJsonString(), Is.EqualTo("""["PartialFailureError",[["many","invalid"]],[1]]"""));
    }
}
