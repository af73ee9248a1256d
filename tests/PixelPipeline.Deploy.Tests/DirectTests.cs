namespace PixelPipeline.Deploy.Tests;

/// <summary>MODE=direct: rows without a function.</summary>
[Parallelizable(ParallelScope.All)]
public class DirectTests
{
    private const string Rows = "subscription/pixel-dev-rows";

    private static readonly string[] Direct = ["LAYOUT=partitioned", "MODE=direct"];

    [Test]
    public void Up_Direct_WritesRowsByASubscriptionAndMakesNoFunction()
    {
        using var deployment = new Deployment();
        deployment.WriteSettings([.. Direct, "PIXEL_PATH=/a/t.png"]);

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        var rows = deployment.Cloud[Rows];
        Assert.That((string?)rows["bigqueryConfig"]!["table"], Is.EqualTo("acme-track.pixels_dev.pixel"));
        Assert.That((string?)rows["messageTransforms"]![0]!["javascriptUdf"]!["code"], Does.Contain("--pixel-path /a/t.png"));
        Assert.That((string?)rows["deadLetterPolicy"]!["deadLetterTopic"], Does.EndWith("/pixel-dev-dead-letters"));
        Assert.That(rows["grants"]!.ToJsonString(), Does.Contain("roles/pubsub.subscriber"));
        Assert.That(deployment.Cloud.Keys, Has.None.StartsWith("function/").And.None.StartsWith("account/"));
    }

    [Test]
    public void Up_DirectSecondRun_MakesNothingAndStatusIsWell()
    {
        using var deployment = Deployment.AfterUp(Direct);
        var state = deployment.Cloud.Describe();

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(deployment.Cloud.Describe(), Is.EqualTo(state));
        Assert.That(deployment.Status().Code, Is.Zero);
    }

    [Test]
    public void Up_FromFunctionToDirectAndBack_OnlyOneWritesRows()
    {
        using var deployment = Deployment.AfterUp("LAYOUT=partitioned");
        deployment.WriteSettings(Direct);

        var direct = deployment.Up();

        Assert.That(direct.Code, Is.Zero, direct.All);
        Assert.That(deployment.Cloud.Keys, Does.Contain(Rows).And.None.EqualTo("function/pixel-dev"));

        deployment.WriteSettings("LAYOUT=partitioned");
        var function = deployment.Up();

        Assert.That(function.Code, Is.Zero, function.All);
        Assert.That(deployment.Cloud.Keys, Does.Contain("function/pixel-dev").And.None.EqualTo(Rows));
    }

    [Test]
    public void Status_RowsCannotBeWritten_IsNamed()
    {
        using var deployment = Deployment.AfterUp(Direct);
        deployment.Cloud[Rows]["bigqueryConfig"]!["state"] = "SCHEMA_MISMATCH";

        var outcome = deployment.Status();

        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.Output, Does.Contain("SCHEMA_MISMATCH"));
    }

    [TestCase("VISITOR_SECRET=visitors", "makes no visitors")]
    [TestCase("LAYOUT=both", "LAYOUT has to be partitioned")]
    public void Up_DirectWithWhatItCannotDo_IsRefused(string setting, string message)
    {
        using var deployment = new Deployment();
        deployment.WriteSettings([.. Direct, setting]);

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.Not.Zero);
        Assert.That(outcome.Errors, Does.Contain(message));
        Assert.That(deployment.Cloud.Made, Is.Empty);
    }

    [Test]
    public void Down_Direct_LeavesNoSubscription()
    {
        using var deployment = Deployment.AfterUp(Direct);

        var outcome = deployment.Down("--data");

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(deployment.Cloud.Keys, Has.None.StartsWith("subscription/"));
    }
}
