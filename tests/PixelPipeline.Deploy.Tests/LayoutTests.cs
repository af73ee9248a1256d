namespace PixelPipeline.Deploy.Tests;

/// <summary>The layout of the tables: what up.sh makes, and what it finds.</summary>
internal sealed class LayoutTests
{
    [Test]
    public void Up_LayoutBoth_MakesTheTableOfAllEventsThatTheViewsRead()
    {
        using var deployment = new Deployment();
        deployment.WriteSettingsWithoutLayout();

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        var all = deployment.Cloud["table/pixels_dev/all_pixel"];
        Assert.That((string?)all["timePartitioning"]!["field"], Is.EqualTo("event_time"));
        Assert.That(all["clustering"]!["fields"]!.ToJsonString(), Is.EqualTo("""["user_id","type"]"""));
        var template = deployment.Cloud["table/pixels_dev/pixel"];
        Assert.That(template["timePartitioning"], Is.Null);
        Assert.That((string?)template["labels"]!["pixel_layout"], Is.EqualTo("both"));
        Assert.That((string?)template["description"], Is.EqualTo("PixelPipeline: tables by suffix _{user_id}_{date:yyyyMMdd}. Its label and this line change by pixel migrate only."));
        Assert.That((string?)deployment.Cloud["table/pixels_dev/events"]["view"]!["query"], Does.Contain(".all_pixel`"), "at once: it waits for no event");
        Assert.That((string?)deployment.Cloud["function/pixel-dev"]["environment"], Does.Contain("Pixel__Layout: \"both\""));
    }

    [Test]
    public void Up_NewColumn_IsAddedToTheTableOfAllEvents()
    {
        using var deployment = new Deployment();
        deployment.WriteSettingsWithoutLayout();
        Assert.That(deployment.Up().Code, Is.Zero);
        deployment.Edit("deploy/schema.json", text => text.Replace("\n]", ",\n  { \"name\": \"campaign\", \"type\": \"STRING\" }\n]", StringComparison.Ordinal));

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(deployment.Cloud["table/pixels_dev/all_pixel"].ToJsonString(), Does.Contain("campaign"));
        Assert.That(deployment.Cloud["table/pixels_dev/pixel"].ToJsonString(), Does.Contain("campaign"));
    }

    [Test]
    public void Up_TablesOfBeforeTheRecord_KeepTheirLayoutAndAreToldTheWayOver()
    {
        using var deployment = new Deployment();
        Assert.That(deployment.Up().Code, Is.Zero);
        deployment.Cloud["table/pixels_dev/pixel"].Remove("labels");
        deployment.WriteSettingsWithoutLayout();

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(outcome.All, Does.Contain("have the layout template, and keep it").And.Contain("pixel migrate"));
        Assert.That(deployment.Cloud.Keys, Has.None.EqualTo("table/pixels_dev/all_pixel"));
        Assert.That((string?)deployment.Cloud["table/pixels_dev/pixel"]["labels"]!["pixel_layout"], Is.EqualTo("template"));
    }
}
