using System.Text.Json.Nodes;

namespace PixelPipeline.Clients.Tests;

/// <summary>A column that was added to the schema between two runs, as other clients see it: filled in every table, with no hit rejected over it.</summary>
internal sealed class ColumnAddedTests
{
    private const int Hits = 20; // before, and after

    private const string Counts = "SELECT COUNT(*) AS hits, COUNTIF(campaign = 'spring') AS filled, COUNT(DISTINCT user_id) AS users FROM pixels.events";

    [Test]
    public async Task Column_AddedToTheSchema_IsThereForBqAndNode()
    {
        Tool.Bq.Require();
        using var data = new TempFolder();
        var schema = Path.Combine(data.Path, "schema.json");
        File.Copy(Path.Combine(Repository.Root, "deploy", "schema.json"), schema);
        using (var before = await StartAsync(data, schema))
        {
            await HitAsync(before);
            await before.RowsAsync("all_pixel", Hits);
            before.Process.Signal(PixelProcess.SigInt);
            await before.Process.ExitAsync();
        }

        var columns = JsonNode.Parse(await File.ReadAllTextAsync(schema))!.AsArray();
        columns.Add(new JsonObject { ["name"] = "campaign", ["type"] = "STRING" });
        await File.WriteAllTextAsync(schema, columns.ToJsonString());
        using var pipeline = await StartAsync(data, schema);
        await HitAsync(pipeline);
        await pipeline.RowsAsync("all_pixel", 2 * Hits);

        var bq = new BqClient(pipeline.BigQueryHost);
        var fields = (await bq.JsonAsync("show", "--schema", "pixels.all_pixel")).AsArray();
        var byBq = await bq.JsonAsync("query", "--nouse_legacy_sql", Counts);
        var byNode = await NodeClient.EvaluateAsync(pipeline.BigQueryHost, $$"""
            const [rows] = await bigquery.query(`{{Counts}}`);
            const [table] = await bigquery.dataset('pixels').table('all_pixel').getMetadata();
            return [rows[0], table.schema.fields.at(-1).name];
            """);

        Assert.That((string?)fields[^1]!["name"], Is.EqualTo("campaign"));
        Assert.That(byBq[0]!.ToJsonString(), Is.EqualTo("""{"filled":"20","hits":"40","users":"4"}"""));
        Assert.That(byNode!.ToJsonString(), Is.EqualTo("""[{"hits":40,"filled":20,"users":4},"campaign"]"""));
        Assert.That(await pipeline.RowsAsync("rejected_pixel"), Is.Empty);
    }

    private static Task<RunningPipeline> StartAsync(TempFolder data, string schema) =>
        RunningPipeline.StartAsync(Path.Combine(data.Path, "data"), RunningPipeline.DefaultLayout, "--schema", schema);

    // Some of users who have a table, some of new ones.
    private static Task HitAsync(RunningPipeline pipeline) =>
        Task.WhenAll(Enumerable.Range(0, Hits).Select(i => pipeline.HitAsync($"user_id=u{i % 4}&type=click&order_id={i}&campaign=spring")));
}
