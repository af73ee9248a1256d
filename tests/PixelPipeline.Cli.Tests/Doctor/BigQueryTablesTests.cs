using System.Text.Json.Nodes;
using PixelPipeline.Cli.Doctor;
using PixelPipeline.Cli.Targets;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.GoogleCloud.Tests.ClientContract;
using PixelPipeline.Settings;

namespace PixelPipeline.Cli.Tests.Doctor;

/// <summary>What the doctor makes of a BigQuery's answers about the tables.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class BigQueryTablesTests
{
    private static readonly Remedies Remedies = new("", "", "", "ask BigQuery", "make the table", _ => "change the columns");

    [Test]
    public async Task Look_TablesWithTheColumnsOfTheSchema_Passes() =>
        Assert.That(await LookAsync(Table()), Is.InstanceOf<Finding.Passed>());

    [Test]
    public async Task Look_ColumnOfAnotherType_IsBroken()
    {
        var finding = await LookAsync(Table(fields => fields[3]!["type"] = "INTEGER"));

        Assert.That(finding, Is.EqualTo(new Finding.Broken("the column type is INTEGER, in the schema STRING, in pixels.pixel", "change the columns")));
    }

    [Test]
    public async Task Look_RequiredColumnThatNoEventHas_IsBroken()
    {
        var finding = await LookAsync(Table(fields => fields.Add(JsonNode.Parse("""{"name":"campaign","type":"STRING","mode":"REQUIRED"}"""))));

        Assert.That(((Finding.Broken)finding).Cause, Does.Contain("campaign").And.Contain("REQUIRED"));
    }

    [Test]
    public async Task Look_OtherColumnMore_Passes() =>
        Assert.That(await LookAsync(Table(fields => fields.Add(JsonNode.Parse("""{"name":"campaign","type":"STRING"}""")))), Is.InstanceOf<Finding.Passed>());

    [Test]
    public async Task Look_NoAccess_IsBroken() =>
        Assert.That(await LookAsync(Answer.Error(403, "accessDenied")), Is.EqualTo(new Finding.Broken("BigQuery refuses: said why", "ask BigQuery")));

    [Test]
    public async Task Look_ServiceInTrouble_IsWaitedFor()
    {
        var finding = await LookAsync(Answer.Error(503, "backendError"));

        Assert.That(await ((Finding.NotYet)finding).ExplainAsync(CancellationToken.None), Is.EqualTo(new Finding.Broken("BigQuery is in trouble: said why", "ask BigQuery")));
    }

    private static async Task<Finding> LookAsync(Answer answer)
    {
        await using var server = new ScriptedServer(answer);
        var schema = Some.ShippedSchema();
        using var pipeline = new CommandPipeline(BigQueryEndpoint.CreateClient("local", $"127.0.0.1:{server.Port}"), PipelineSettings.Read([new("Project", "local")]), schema, Some.Layout(schema));
        return await new BigQueryTables(pipeline, Remedies, _ => Task.FromResult(pipeline.Layout)).LookAsync(MarkedHitTests.Create(schema), CancellationToken.None);
    }

    private static Answer Table(Action<JsonArray>? change = null)
    {
        var fields = JsonNode.Parse(ShippedFile.Read("deploy/schema.json"))!.AsArray();
        change?.Invoke(fields);
        return Answer.Json(200, new JsonObject { ["tableReference"] = new JsonObject { ["tableId"] = "t" }, ["schema"] = new JsonObject { ["fields"] = fields } }.ToJsonString());
    }
}
