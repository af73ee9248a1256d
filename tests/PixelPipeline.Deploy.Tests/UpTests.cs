namespace PixelPipeline.Deploy.Tests;

[Parallelizable(ParallelScope.All)]
public class UpTests
{
    [Test]
    public void Up_EmptyProject_MakesEverythingInALegalOrder()
    {
        using var deployment = new Deployment();

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(deployment.Cloud.Made, Has.Count.GreaterThan(40));
    }
}
