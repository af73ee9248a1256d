namespace PixelPipeline.Clients.Tests.Bq;

/// <summary><c>bq</c> on tables and their rows.</summary>
internal sealed class BqTableTests
{
    [Test]
    public async Task Table_MadeTwiceListedShownAndDeleted_IsAsInGooglesBigQuery()
    {
        var bq = await BqClient.OnSharedPipelineAsync();
        await SharedPipeline.MakeDatasetAsync("bq_tables");

        (await bq.RunAsync("mk", "--table", "bq_tables.orders", "id:STRING,n:INTEGER,at:TIMESTAMP")).Succeeded();
        var again = bq.RunAsync("mk", "--table", "bq_tables.orders", "id:STRING");
        var list = bq.JsonAsync("ls", "bq_tables");
        var schema = bq.JsonAsync("show", "--schema", "bq_tables.orders");
        Assert.That((await again).Failed(), Does.Contain("a table with this name already exists"));
        Assert.That((await list).AsArray().Select(t => (string?)t!["id"]), Is.EqualTo(new[] { "local:bq_tables.orders" }));
        Assert.That((await schema).AsArray().Select(f => $"{f!["name"]} {f["type"]}"), Is.EqualTo(new[] { "id STRING", "n INTEGER", "at TIMESTAMP" }));

        (await bq.RunAsync("rm", "--force", "--table", "bq_tables.orders")).Succeeded();
        Assert.That((await bq.RunAsync("show", "bq_tables.orders")).Failed(), Does.Contain("Not found: Table local:bq_tables.orders"));
    }

    [Test]
    public async Task Insert_WithATemplateSuffix_MakesATableWhoseRowsHeadPagesThrough()
    {
        var bq = await BqClient.OnSharedPipelineAsync();
        await SharedPipeline.MakeTableAsync("bq_rows", "orders", """[{"name":"id","type":"STRING"},{"name":"at","type":"TIMESTAMP"}]""");
        var rows = string.Concat(Enumerable.Range(1, 5).Select(n => $$"""{"id":"{{n}}","at":"2026-01-02T03:04:05.678901Z"}""" + "\n"));

        (await bq.RunAsync(["insert", "--template_suffix=_x", "bq_rows.orders"], rows)).Succeeded();
        var paged = bq.JsonAsync("--max_rows_per_request=2", "head", "-n", "5", "bq_rows.orders_x");
        var middle = bq.JsonAsync("head", "-n", "2", "-s", "2", "bq_rows.orders_x");

        Assert.That((await paged).AsArray().Select(r => (string?)r!["id"]), Is.EqualTo(new[] { "1", "2", "3", "4", "5" }));
        Assert.That((await paged)[0]!["at"]!.ToString(), Is.EqualTo("2026-01-02 03:04:05"), "float seconds, of which bq shows whole ones");
        Assert.That((await middle).AsArray().Select(r => (string?)r!["id"]), Is.EqualTo(new[] { "3", "4" }));
    }

    [Test]
    public async Task Insert_OfAValueThatDoesNotFit_SaysInvalidAndTheColumn()
    {
        var bq = await BqClient.OnSharedPipelineAsync();
        await SharedPipeline.MakeTableAsync("bq_invalid", "orders", """[{"name":"id","type":"STRING"},{"name":"at","type":"TIMESTAMP"}]""");

        var said = (await bq.RunAsync(["insert", "bq_invalid.orders"], """{"id":"a","at":"never"}""" + "\n")).Failed();

        Assert.That(said, Does.Contain("\"reason\":\"invalid\"").And.Contain("\"location\":\"at\""));
    }
}
