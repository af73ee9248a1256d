using System.Globalization;
using PixelPipeline.Deploy.Tests.Cloud;

namespace PixelPipeline.Deploy.Tests;

/// <summary>How long events are kept.</summary>
[Parallelizable(ParallelScope.All)]
public class RetentionTests
{
    private static readonly string[] Retention = ["--only", "event_retention"];

    private const string Fields = """[{"name":"event_id","type":"STRING"}]""";
    private const string Alice = "table/pixels_dev/pixel_alice_20261120";
    private const string Bob = "table/pixels_dev/pixel_bob_20261121";

    [TestCase("both", "_{user_id}_{date:yyyyMMdd}", 31)]
    [TestCase("both", "_{user_id}_{date:yyyyMM}", 61)] // a table of a month has events of its last day
    [TestCase("both", "_{date:yyyy}_{user_id}", 396)]
    [TestCase("both", "_{user_id}", null)] // has events of any day
    [TestCase("template", "_{user_id}_{date:yyyyMMdd}", 31)]
    public void Up_EventsDays_ApplyToTheTablesThatThereAre(string layout, string suffix, int? kept)
    {
        using var deployment = Deployment.AfterUp($"LAYOUT={layout}");
        deployment.Cloud.Make(Alice, Bq.NewTable(Fields));

        deployment.WriteSettings($"LAYOUT={layout}", $"TABLE_SUFFIX={suffix}", "EVENTS_DAYS=30");
        var outcome = deployment.Up(Retention);

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That((int?)deployment.Cloud[Alice]["keptDays"], Is.EqualTo(kept));
        Assert.That(ExpirationOf(deployment, layout), Is.EqualTo(layout == "both" ? "2592000000" : null));
        Assert.That((string?)deployment.Cloud["table/pixels_dev/pixel"]["labels"]!["pixel_events_days"], Is.EqualTo("30"));
        Assert.That((string?)deployment.Cloud["table/pixels_dev/pixel"]["labels"]!["pixel_layout"], Is.EqualTo(layout));
        Assert.That(deployment.Cloud["table/pixels_dev/rejected_pixel"]["timePartitioning"]!["expirationMs"]!.ToString(), Is.EqualTo("2592000000"), "as RAW_DAYS says");
    }

    [Test]
    public void Up_EventsDaysAsBefore_GivesAnEndToNewTablesOnly()
    {
        using var deployment = Deployment.AfterUp("LAYOUT=both", "EVENTS_DAYS=30");
        deployment.Cloud.Make(Alice, Bq.NewTable(Fields));
        deployment.Cloud[Alice]["keptDays"] = 7; // somebody's own choice
        deployment.Cloud.Make(Bob, Bq.NewTable(Fields));

        deployment.Up(Retention);

        Assert.That(((int?)deployment.Cloud[Alice]["keptDays"], (int?)deployment.Cloud[Bob]["keptDays"]), Is.EqualTo((7, 31)));
    }

    [Test]
    public void Up_EventsDaysTakenBack_TakesTheEndsAway()
    {
        using var deployment = Deployment.AfterUp("LAYOUT=both", "EVENTS_DAYS=30");
        deployment.Cloud.Make(Alice, Bq.NewTable(Fields));
        deployment.Up(Retention);
        Assert.That(deployment.Cloud[Alice]["keptDays"], Is.Not.Null);

        deployment.WriteSettings("LAYOUT=both", "EVENTS_DAYS=0");
        var outcome = deployment.Up(Retention);

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(deployment.Cloud[Alice]["keptDays"], Is.Null);
        Assert.That(ulong.Parse(ExpirationOf(deployment, "both")!, CultureInfo.InvariantCulture), Is.Zero);
        Assert.That((string?)deployment.Cloud["table/pixels_dev/pixel"]["labels"]!["pixel_events_days"], Is.EqualTo("0"));
    }

    [Test]
    public void Status_EventsDaysThatDoNotHold_SaysSo()
    {
        using var deployment = Deployment.AfterUp("LAYOUT=both");
        Assert.That(deployment.Status().Output, Does.Contain("✓ events are kept: for ever"));

        deployment.WriteSettings("LAYOUT=both", "EVENTS_DAYS=30");
        var outcome = deployment.Status();

        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.Output, Does.Contain("✗ events are kept: 30 days: is 0, should be 30; deploy/up.sh mends it"), outcome.All);
    }

    private static string? ExpirationOf(Deployment deployment, string layout) =>
        layout == "template" ? null : (string?)deployment.Cloud["table/pixels_dev/all_pixel"]["timePartitioning"]?["expirationMs"];
}
