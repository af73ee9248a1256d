using System.Net;

namespace PixelPipeline.LocalBigQuery.Tests.Queries;

internal sealed class ViewTests : BigQueryTest
{
    [Test]
    public async Task View_Made_HasTheColumnsOfItsQueryAndCanBeQueried()
    {
        await BigQuery.InsertAsync("pixel", """{"rows":[{"json":{"user_id":"ann","amount":"7"}}]}""");
        await CreateViewAsync("SELECT user_id, amount / 2 AS half FROM `local.pixels.pixel`");

        var view = await BigQuery.GetAsync("datasets/pixels/tables/view");
        var rows = await BigQuery.PostAsync("queries", """{"query":"SELECT * FROM pixels.view","useLegacySql":false}""");

        Assert.Multiple(() =>
        {
            Assert.That(view.Body["schema"]!["fields"]!.AsArray().Select(f => $"{f!["name"]} {f["type"]}"), Is.EqualTo(new[] { "user_id STRING", "half FLOAT" }));
            Assert.That(rows.Rows, Is.EqualTo(new[] { "ann|3.5" }));
        });
    }

    [TestCase("SELECT nope FROM pixels.pixel", HttpStatusCode.BadRequest, "invalidQuery")]
    [TestCase("SELECT * FROM pixels.`pixel_*`", HttpStatusCode.NotFound, "notFound")] // BigQuery too wants a first table
    public async Task View_WhoseQueryCannotRun_IsNotMade(string query, HttpStatusCode status, string reason)
    {
        var answer = await CreateViewAsync(query);

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((status, reason)));
    }

    [TestCase("PATCH")]
    [TestCase("PUT")]
    public async Task View_ChangedToAQueryThatCannotRun_StaysAsItWas(string method)
    {
        await CreateViewAsync("SELECT user_id FROM pixels.pixel");

        var answer = await BigQuery.SendAsync(
            new HttpMethod(method), "datasets/pixels/tables/view", """{"view":{"query":"SELECT nope FROM pixels.pixel","useLegacySql":false}}""");

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((HttpStatusCode.BadRequest, "invalidQuery")));
        Assert.That((string?)(await BigQuery.GetAsync("datasets/pixels/tables/view")).Body["view"]!["query"], Is.EqualTo("SELECT user_id FROM pixels.pixel"));
    }

    [Test]
    public async Task View_WhoseTableHasGone_TakesAnotherDescription()
    {
        await CreateViewAsync("SELECT user_id FROM pixels.pixel");
        await BigQuery.SendAsync(HttpMethod.Delete, "datasets/pixels/tables/pixel", "");

        var answer = await BigQuery.SendAsync(HttpMethod.Patch, "datasets/pixels/tables/view", """{"description":"who"}""");

        Assert.That((answer.Status, (string?)answer.Body["description"]), Is.EqualTo((HttpStatusCode.OK, "who")));
    }

    [Test]
    public async Task Views_ThatReadEachOther_AreRefusedWhenQueried()
    {
        await CreateViewAsync("SELECT user_id FROM pixels.pixel");
        await BigQuery.SendAsync(HttpMethod.Patch, "datasets/pixels/tables/view", """{"view":{"query":"SELECT * FROM pixels.view","useLegacySql":false}}""");

        var answer = await BigQuery.PostAsync("queries", """{"query":"SELECT * FROM pixels.view","useLegacySql":false}""");

        Assert.That(answer.Message, Does.Contain("circular"));
    }

    private Task<Answer> CreateViewAsync(string query) => BigQuery.PostAsync(
        "datasets/pixels/tables", $$$"""{"tableReference":{"tableId":"view"},"view":{"query":"{{{query}}}","useLegacySql":false}}""");
}
