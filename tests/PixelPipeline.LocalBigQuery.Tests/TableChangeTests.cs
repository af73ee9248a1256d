using System.Net;

namespace PixelPipeline.LocalBigQuery.Tests;

[TestFixture]
internal sealed class TableChangeTests : BigQueryTest
{
    private const string Pixel = "datasets/pixels/tables/pixel";

    [Test]
    public async Task Patch_AddedColumn_IsNullInOldRows()
    {
        await BigQuery.InsertAsync("pixel", """{"rows":[{"json":{"user_id":"old"}}]}""");
        await PatchFieldsAsync(PixelFields + """,{"name":"added","type":"DATE"}""");
        await BigQuery.InsertAsync("pixel", """{"rows":[{"json":{"user_id":"new","added":"2026-01-02"}}]}""");

        Assert.That(
            (await BigQuery.ListAsync("pixel")).Rows,
            Is.EqualTo(new[] { "old|NULL|NULL|NULL", "new|NULL|NULL|2026-01-02" }));
    }

    [Test]
    public async Task Patch_ColumnsInAnotherOrder_KeepsTheValuesWithTheirColumns()
    {
        await BigQuery.InsertAsync("pixel", """{"rows":[{"json":{"user_id":"a","type":"click","amount":7}}]}""");

        await PatchFieldsAsync("""{"name":"amount","type":"INTEGER"},{"name":"type","type":"STRING"},{"name":"user_id","type":"STRING"}""");

        Assert.That((await BigQuery.ListAsync("pixel", "selectedFields=amount")).Rows, Is.EqualTo(new[] { "7" }));
    }

    [Test]
    public async Task Patch_RelaxedColumn_TakesNull()
    {
        await PatchFieldsAsync(PixelFields.Replace("REQUIRED", "NULLABLE", StringComparison.Ordinal));

        Assert.That((await BigQuery.InsertAsync("pixel", """{"rows":[{"json":{}}]}""")).RowErrors, Is.Empty);
    }

    [TestCase("""{"name":"user_id","type":"STRING","mode":"REQUIRED"},{"name":"type","type":"STRING"}""")] // drops amount
    [TestCase("""{"name":"user_id","type":"STRING","mode":"REQUIRED"},{"name":"type","type":"STRING"},{"name":"amount","type":"FLOAT"}""")]
    [TestCase("""{"name":"user_id","type":"STRING","mode":"REQUIRED"},{"name":"type","type":"STRING","mode":"REQUIRED"},{"name":"amount","type":"INTEGER"}""")]
    [TestCase(PixelFields + """,{"name":"added","type":"STRING","mode":"REQUIRED"}""")]
    public async Task Patch_SchemaThatOldRowsMayNotFit_Is400(string fields)
    {
        var before = await BigQuery.GetAsync(Pixel);

        var answer = await PatchFieldsAsync(fields);

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((HttpStatusCode.BadRequest, "invalid")));
        Assert.That(answer.Message, Does.StartWith("Provided Schema does not match Table local:pixels.pixel."));
        Assert.That((await BigQuery.GetAsync(Pixel)).Body.ToJsonString(), Is.EqualTo(before.Body.ToJsonString()));
    }

    [Test]
    public async Task Patch_NullSchema_KeepsIt()
    {
        var answer = await BigQuery.SendAsync(HttpMethod.Patch, Pixel, """{"schema":null,"description":"hi"}""");

        Assert.That((string?)answer.Body["description"], Is.EqualTo("hi"));
        Assert.That(answer.Body["schema"]!["fields"]!.AsArray(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Update_WithoutDescription_RemovesItAndKeepsTheSchema()
    {
        await BigQuery.SendAsync(HttpMethod.Patch, Pixel, """{"description":"hi"}""");

        var answer = await BigQuery.SendAsync(HttpMethod.Put, Pixel, """{"friendlyName":"Pixel"}""");

        Assert.That(answer.Body["description"], Is.Null);
        Assert.That((string?)answer.Body["friendlyName"], Is.EqualTo("Pixel"));
        Assert.That(answer.Body["schema"]!["fields"]!.AsArray(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Patch_OfAnOutdatedETag_Is412()
    {
        var etag = (string)(await BigQuery.GetAsync(Pixel)).Body["etag"]!;
        var first = await PatchAsync("""{"description":"one"}""", etag);

        var second = await PatchAsync("""{"description":"two"}""", etag);

        Assert.That(first.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(second.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That((string?)(await BigQuery.GetAsync(Pixel)).Body["description"], Is.EqualTo("one"));
    }

    [Test]
    public async Task Patch_TableIntoView_Is400() =>
        Assert.That(
            (await BigQuery.SendAsync(HttpMethod.Patch, Pixel, """{"view":{"query":"SELECT 1"}}""")).Status,
            Is.EqualTo(HttpStatusCode.BadRequest));

    private Task<Answer> PatchFieldsAsync(string fields) =>
        BigQuery.SendAsync(HttpMethod.Patch, Pixel, $$$"""{"schema":{"fields":[{{{fields}}}]}}""");

    private Task<Answer> PatchAsync(string body, string etag) =>
        BigQuery.SendAsync(HttpMethod.Patch, Pixel, body, request => request.Headers.TryAddWithoutValidation("If-Match", etag));
}
