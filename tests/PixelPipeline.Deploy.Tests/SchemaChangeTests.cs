using PixelPipeline.Deploy.Tests.Cloud;

namespace PixelPipeline.Deploy.Tests;

[Parallelizable(ParallelScope.All)]
public class SchemaChangeTests
{
    private const string Schema = "deploy/schema.json";
    private const string TypeColumn = "{ \"name\": \"type\", \"type\": \"STRING\"";

    [Test]
    public void Up_NewColumn_GoesToTheTemplateAndTheTables()
    {
        using var deployment = Installed();
        var old = File.ReadAllText(Path.Combine(deployment.Folder, Schema));
        deployment.Cloud.Put("table/pixels_dev/pixel_alice_20260101", Bq.NewTable(old));
        AddColumn(deployment, "{ \"name\": \"campaign\", \"type\": \"STRING\", \"description\": \"odd: { \\\"name\\\": \\\"x\\\" }\" }");

        var outcome = deployment.Up("--only", "event_table");

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(Columns(deployment, "pixel"), Does.Contain("campaign"));
        Assert.That(Columns(deployment, "pixel_alice_20260101"), Does.Contain("campaign"));
    }

    [TestCase("_{user_id}_{date:yyyyMMdd}", 0, true)]
    [TestCase("_{user_id}_{date:yyyyMMdd}", 1, true)] // yesterday's rows are delivered again for hours
    [TestCase("_{user_id}_{date:yyyyMMdd}", 3, false)] // gets no more rows, and there may be thousands
    [TestCase("_{user_id}_{date:M_d_yyyy}", 3, false)]
    [TestCase("_{user_id}_{date:yyyyMM}", 20, true)]
    [TestCase("_{user_id}_{date:yyyy}", 300, true)]
    [TestCase("_{user_id}", 1000, true)]
    public void Up_NewColumn_GoesToEachTableThatMayStillGetRows(string suffix, int daysAgo, bool changed)
    {
        using var deployment = Installed();
        deployment.WriteSettings("TABLE_SUFFIX=" + suffix);
        deployment.Cloud.Put("table/pixels_dev/pixel_alice", Bq.NewTable(File.ReadAllText(Path.Combine(deployment.Folder, Schema)), daysAgo));
        AddColumn(deployment, "{ \"name\": \"campaign\", \"type\": \"STRING\" }");

        var outcome = deployment.Up("--only", "event_table");

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(Columns(deployment, "pixel_alice").Contains("campaign"), Is.EqualTo(changed));
    }

    [Test]
    public void Up_BrokenOffBetweenTemplateAndTables_NextRunFinishes()
    {
        using var deployment = Installed();
        deployment.Cloud.Put("table/pixels_dev/pixel_alice_20260101", Bq.NewTable(File.ReadAllText(Path.Combine(deployment.Folder, Schema))));
        AddColumn(deployment, "{ \"name\": \"campaign\", \"type\": \"STRING\" }");
        deployment.Cloud.FailBefore = call => call.Plain.Any(w => w.EndsWith("pixel_alice_20260101", StringComparison.Ordinal)) ? "INTERNAL" : null;
        Assert.That(deployment.Up("--only", "event_table").Code, Is.EqualTo(1));
        deployment.Cloud.FailBefore = _ => null;

        deployment.Up("--only", "event_table");

        Assert.That(Columns(deployment, "pixel_alice_20260101"), Does.Contain("campaign"));
    }

    [Test]
    public void Up_SameTypeInItsOtherSpelling_IsNoChange()
    {
        using var deployment = Installed();
        AddColumn(deployment, "{ \"name\": \"amount\", \"type\": \"INTEGER\" }");
        deployment.Up("--only", "event_table");
        Assert.That(Columns(deployment, "pixel"), Does.Contain("amount"));
        deployment.Edit(Schema, s => s.Replace("\"INTEGER\"", "\"INT64\"", StringComparison.Ordinal));

        Assert.That(deployment.Up("--only", "event_table").Code, Is.Zero);
    }

    [TestCase("\"type\": \"STRING\", \"description\": \"What", "\"type\": \"INTEGER\", \"description\": \"What", "type is INTEGER but table pixel has it as STRING")]
    [TestCase("\"order_id\"", "\"order\"", "lacks order_id, which table pixel has")]
    [TestCase(TypeColumn, TypeColumn + ", \"mode\": \"REQUIRED\"", "type is REQUIRED but table pixel has rows without it")]
    [TestCase(TypeColumn, "{ \"name\": \"new\", \"type\": \"STRING\", \"mode\": \"REQUIRED\" },\n" + TypeColumn, "new is new and REQUIRED")]
    public void Up_IncompatibleChange_RefusedWithTheReasonAndNothingTouched(string old, string changed, string reason)
    {
        using var deployment = Installed();
        var before = deployment.Cloud.Describe();
        deployment.Edit(Schema, s => s.Replace(old, changed, StringComparison.Ordinal));

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.Errors, Does.Contain(reason));
        Assert.That(deployment.Cloud.Describe(), Is.EqualTo(before));
    }

    [TestCase("template")]
    [TestCase("partitioned")]
    public void Up_SchemaLacksAColumnOfAView_RefusedBeforeAnythingIsTouched(string layout)
    {
        using var deployment = new Deployment();
        deployment.WriteSettings("LAYOUT=" + layout);
        deployment.Edit(Schema, WithoutType);

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.Errors, Does.StartWith("deploy/schema.json lacks type, which deploy/sql/daily_counts.sql reads"));
        Assert.That(deployment.Cloud.Made, Is.Empty);
    }

    [Test]
    public void Up_SchemaAndViewsWithoutType_ClustersByTheOtherColumn()
    {
        using var deployment = new Deployment();
        deployment.WriteSettings("LAYOUT=partitioned");
        deployment.Edit(Schema, WithoutType);
        Directory.EnumerateFiles(Path.Combine(deployment.Folder, "deploy", "sql"), "*_*.sql").ToList().ForEach(File.Delete);

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(deployment.Cloud["table/pixels_dev/pixel"]["clustering"]!["fields"]!.ToJsonString(), Is.EqualTo("""["user_id"]"""));
    }

    [Test]
    public void Up_OtherLayoutForTheSameTable_RefusedWithTheWayOut()
    {
        using var deployment = Installed();
        deployment.WriteSettings("LAYOUT=partitioned");

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.Errors, Does.Contain("LAYOUT is partitioned but table pixel was made for template: set LAYOUT back, set TABLE to another name, or go over with ./pixel migrate"));
    }

    [Test]
    public void Up_OtherLayoutForAnotherTable_LivesBesideTheOld()
    {
        using var deployment = Installed();
        deployment.WriteSettings("LAYOUT=partitioned", "TABLE=hits");

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That((string?)deployment.Cloud["table/pixels_dev/hits"]["timePartitioning"]!["field"], Is.EqualTo("event_time"));
        Assert.That(deployment.Cloud.Has("table/pixels_dev/pixel"));
        Assert.That(deployment.Cloud.Has("table/pixels_dev/rejected_hits"));
    }

    private static string WithoutType(string schema) =>
        string.Join('\n', schema.Split('\n').Where(l => !l.Contains(TypeColumn, StringComparison.Ordinal)));

    private static void AddColumn(Deployment deployment, string column) =>
        deployment.Edit(Schema, s => s.TrimEnd().TrimEnd(']').TrimEnd() + ",\n  " + column + "\n]\n");

    private static IEnumerable<string?> Columns(Deployment deployment, string table) =>
        deployment.Cloud[$"table/pixels_dev/{table}"]["schema"]!["fields"]!.AsArray().Select(f => (string?)f!["name"]);

    private static Deployment Installed()
    {
        var deployment = Deployment.AfterUp();
        return deployment;
    }
}
