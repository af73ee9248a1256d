using PixelPipeline.Deploy.Tests.Cloud;

namespace PixelPipeline.Deploy.Tests;

[Parallelizable(ParallelScope.All)]
public class ViewTests
{
    [Test]
    public void Up_TemplateLayoutBeforeTheFirstEvent_ViewsWaitAndStatusSaysSo()
    {
        using var deployment = WithViews();

        var up = deployment.Up();
        var status = deployment.Status();

        Assert.That(up.Code, Is.Zero, up.All);
        Assert.That(up.Output, Does.Contain("… view events: waits for the first event; then deploy/up.sh --only views"));
        Assert.That(status.Code, Is.Zero, status.All);
        Assert.That(deployment.Cloud.Has("table/pixels_dev/rejections"), "it reads no events");
    }

    [Test]
    public void Up_TemplateLayoutAfterTheFirstEvent_MakesTheViewsInTheirOrder()
    {
        using var deployment = WithViews();
        deployment.Up();
        deployment.Cloud.Put("table/pixels_dev/pixel_alice_20260101", Bq.NewTable("[]"));

        var outcome = deployment.Up("--only", "views");

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That((string?)deployment.Cloud["table/pixels_dev/events"]["view"]!["query"], Is.EqualTo("SELECT * FROM `acme-track.pixels_dev.pixel_*`"));
        Assert.That((string?)deployment.Cloud["table/pixels_dev/daily_counts"]["view"]!["query"], Is.EqualTo("SELECT COUNT(*) AS hits FROM `acme-track.pixels_dev.events`"));
    }

    [Test]
    public void Up_PartitionedLayout_MakesTheViewsAtOnce()
    {
        using var deployment = WithViews();
        deployment.WriteSettings("LAYOUT=partitioned");

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That((string?)deployment.Cloud["table/pixels_dev/events"]["view"]!["query"], Is.EqualTo("SELECT * FROM `acme-track.pixels_dev.pixel`"));
    }

    [Test]
    public void Up_ViewsFileChanged_BringsTheViewUpToDate()
    {
        using var deployment = WithViews();
        deployment.WriteSettings("LAYOUT=partitioned");
        deployment.Up();
        deployment.Edit("deploy/sql/daily_counts.sql", s => s.Replace("hits", "events", StringComparison.Ordinal));

        deployment.Up("--only", "views");

        Assert.That((string?)deployment.Cloud["table/pixels_dev/daily_counts"]["view"]!["query"], Does.Contain("AS events"));
    }

    /// <summary>Views of the shipped files' shape, small enough to read in full.</summary>
    private static Deployment WithViews()
    {
        var deployment = new Deployment();
        var folder = Path.Combine(deployment.Folder, "deploy", "sql");
        foreach (var shipped in Directory.EnumerateFiles(folder, "*.sql", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "lake.sql"))
        {
            File.Delete(shipped);
        }

        Directory.CreateDirectory(Path.Combine(folder, "template"));
        Directory.CreateDirectory(Path.Combine(folder, "partitioned"));
        File.WriteAllText(Path.Combine(folder, "template", "events.sql"), "-- One query reads `${TABLE}_*`.\nSELECT *\nFROM `${PROJECT}.${DATASET}.${TABLE}_*`\n");
        File.WriteAllText(Path.Combine(folder, "partitioned", "events.sql"), "SELECT *\nFROM `${PROJECT}.${DATASET}.${EVENTS}`;\n");
        File.WriteAllText(Path.Combine(folder, "daily_counts.sql"), "SELECT\n  COUNT(*) AS hits -- of all\nFROM `${PROJECT}.${DATASET}.events`\n");
        File.WriteAllText(Path.Combine(folder, "rejections.sql"), "SELECT *\nFROM `${PROJECT}.${DATASET}.rejected_${TABLE}`\n");
        return deployment;
    }
}
