using System.Net;
using System.Text.Json.Nodes;

namespace PixelPipeline.LocalBigQuery.Tests;

[TestFixture]
internal sealed class TemplateTableTests : BigQueryTest
{
    [Test]
    public async Task TemplateSuffix_NewTable_IsMadeWithTheTemplatesSchema()
    {
        var answer = await InsertAsync("_a_20260102", """{"user_id":"a"}""");

        Assert.That(answer.RowErrors, Is.Empty);
        Assert.That((await BigQuery.ListAsync("pixel_a_20260102")).Rows, Is.EqualTo(new[] { "a|NULL|NULL" }));
        Assert.That((await BigQuery.ListAsync("pixel")).Rows, Is.Empty);
        Assert.That(await FieldsAsync("pixel_a_20260102"), Is.EqualTo(await FieldsAsync("pixel")));
    }

    [Test]
    public async Task TemplateSuffix_IdsThatDifferInCase_AreTwoTables()
    {
        await InsertAsync("_Alice", """{"user_id":"A"}""");
        await InsertAsync("_alice", """{"user_id":"a"}""");

        Assert.That((await BigQuery.ListAsync("pixel_Alice")).Rows, Is.EqualTo(new[] { "A|NULL|NULL" }));
        Assert.That((await BigQuery.ListAsync("pixel_alice")).Rows, Is.EqualTo(new[] { "a|NULL|NULL" }));
    }

    [Test]
    public async Task TemplateSuffix_TemplateChangedLater_LeavesTheOldTableAsItWas()
    {
        await InsertAsync("_old", """{"user_id":"a"}""");
        await BigQuery.SendAsync(HttpMethod.Patch, "datasets/pixels/tables/pixel", $$$"""{"schema":{"fields":[{{{PixelFields}}},{"name":"added","type":"STRING"}]}}""");

        var old = await InsertAsync("_old", """{"user_id":"a","added":"x"}""");
        var young = await InsertAsync("_new", """{"user_id":"a","added":"x"}""");

        Assert.That(old.RowErrors, Is.EqualTo(new[] { "0 invalid added" }));
        Assert.That(young.RowErrors, Is.Empty);
    }

    [Test]
    public async Task TemplateSuffix_AllRowsInvalid_MakesNoTable()
    {
        await InsertAsync("_x", """{"nope":1}""");

        Assert.That((await BigQuery.GetAsync("datasets/pixels/tables/pixel_x")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task TemplateSuffix_MissingTemplate_Is404EvenIfTheTableExists()
    {
        await InsertAsync("_x", """{"user_id":"a"}""");
        await BigQuery.SendAsync(HttpMethod.Delete, "datasets/pixels/tables/pixel");

        var answer = await InsertAsync("_x", """{"user_id":"a"}""");

        Assert.That((answer.Status, answer.Message), Is.EqualTo((HttpStatusCode.NotFound, "Not found: Table local:pixels.pixel")));
    }

    [TestCase("-dash")]
    [TestCase(" ")]
    [TestCase("é")]
    [TestCase("_a'; DROP TABLE rows; --")]
    public async Task TemplateSuffix_OtherCharacters_Is400(string suffix)
    {
        var answer = await InsertAsync(suffix, """{"user_id":"a"}""");

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((HttpStatusCode.BadRequest, "invalid")));
    }

    [TestCase(1019, HttpStatusCode.OK)] // pixel + 1,019 = 1,024
    [TestCase(1020, HttpStatusCode.BadRequest)]
    public async Task TemplateSuffix_Length_IsBoundedTogetherWithTheTemplates(int length, HttpStatusCode status)
    {
        var answer = await InsertAsync(new string('x', length), """{"user_id":"a"}""");

        Assert.That(answer.Status, Is.EqualTo(status));
    }

    [Test]
    public async Task TemplateSuffix_ManyAtOnceForOneNewTable_AllLandInIt()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => InsertAsync("_x", $$"""{"user_id":"{{i}}"}""")));

        Assert.That(answers.SelectMany(answer => answer.RowErrors), Is.Empty);
        Assert.That(
            (await BigQuery.ListAsync("pixel_x", "selectedFields=user_id")).Rows,
            Is.EquivalentTo(Enumerable.Range(0, 40).Select(i => $"{i}")));
    }

    private Task<Answer> InsertAsync(string suffix, string row) =>
        BigQuery.InsertAsync("pixel", new JsonObject
        {
            ["templateSuffix"] = suffix,
            ["rows"] = new JsonArray(new JsonObject { ["json"] = JsonNode.Parse(row) }),
        }.ToJsonString());

    private async Task<string> FieldsAsync(string table) =>
        (await BigQuery.GetAsync($"datasets/pixels/tables/{table}")).Body["schema"]!.ToJsonString();
}
