using PixelPipeline.Cli.Cost;
using PixelPipeline.Tables;

namespace PixelPipeline.Cli.Tests.Cost;

/// <summary>Amounts worked out by hand from the price list.</summary>
internal sealed class MonthlyCostTests
{
    [TestCase("forwarding rules", 18.25)]
    [TestCase("load balancer, data in", 0.76)] // 95.4 GiB
    [TestCase("CDN, lookups", 75)]
    [TestCase("CDN, data out", 3.81)] // 47.7 GiB
    [TestCase("Pub/Sub, in and out", 8.34)] // 0.2183 TiB less 10 GiB
    [TestCase("function, requests", 39.2)]
    [TestCase("function, instance time", 61.14)] // one instance all month, less what is free
    [TestCase("BigQuery, insertAll", 4.88)]
    [TestCase("BigQuery, storage", 0.37)]
    public void Part_Of100Million_Costs(string part, double dollars) =>
        Assert.That(new MonthlyCost(100_000_000, LayoutName.Template).Lines(withCdn: true).Single(l => l.Part == part).Dollars, Is.EqualTo((decimal)dollars).Within(0.005m));

    [TestCase(1_000_000, 19.1)]
    [TestCase(100_000_000, 211.8)]
    public void Sum_WithTheCdn_IsThis(long events, double dollars) =>
        Assert.That(new MonthlyCost(events, LayoutName.Template).Lines(withCdn: true).Sum(l => l.Dollars), Is.EqualTo((decimal)dollars).Within(0.05m));

    [Test]
    public void Sum_WithoutTheCdn_HasReadsAndEgressOfTheBucketInstead()
    {
        var lines = new MonthlyCost(100_000_000, LayoutName.Template).Lines(withCdn: false);

        Assert.That(lines.Single(l => l.Part == "Cloud Storage, reads").Dollars, Is.EqualTo(40m));
        Assert.That(lines.Single(l => l.Part == "Cloud Storage, data out").Dollars, Is.EqualTo(5.72m).Within(0.01m));
        Assert.That(lines.Select(l => l.Part), Has.None.Contains("CDN"));
    }

    [Test]
    public void InstanceTime_OfFewEvents_IsFree() =>
        Assert.That(new MonthlyCost(1_000_000, LayoutName.Template).Lines(withCdn: true).Single(l => l.Part == "function, instance time").Dollars, Is.Zero);

    [Test]
    public void InstanceTime_BeyondOneInstancesConcurrency_NeedsMore()
    {
        // 3 billion a month are 114 at once of 100 ms each: two instances of 80.
        var line = new MonthlyCost(3_000_000_000, LayoutName.Template).Lines(withCdn: true).Single(l => l.Part == "function, instance time");

        Assert.That(line.Arithmetic, Does.Contain("5,256,000 s"));
    }

    [TestCase("BigQuery, insertAll", 9.77)]
    [TestCase("BigQuery, storage", 0.75)]
    public void Part_OfTheLayoutBoth_CostsTwice(string part, double dollars) =>
        Assert.That(new MonthlyCost(100_000_000, LayoutName.Both).Lines(withCdn: true).Single(l => l.Part == part).Dollars, Is.EqualTo((decimal)dollars).Within(0.005m));

    [TestCase(LayoutName.Template, 0.06)] // 1,000 tables of 10 MB
    [TestCase(LayoutName.Partitioned, 0.0)]
    [TestCase(LayoutName.Both, 0.0)]
    public void Query_OfAMillionRows_DependsOnTheLayout(LayoutName layout, double dollars) =>
        Assert.That(new MonthlyCost(1_000_000, layout).Query().Dollars, Is.EqualTo((decimal)dollars).Within(0.005m));
}
