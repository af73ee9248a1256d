using PixelPipeline.Cli.Doctor;
using PixelPipeline.Events;

namespace PixelPipeline.Cli.Tests.Doctor;

internal sealed class MarkedHitTests
{
    [Test]
    public void Create_ShippedSchema_MarksTheOrderOfTheDoctor()
    {
        var hit = Create(Some.ShippedSchema());

        Assert.That(hit.Url.AbsoluteUri, Is.EqualTo($"https://track.example.com/pixel.png?order_id={hit.Mark}&user_id=pixel-doctor"));
        Assert.That(hit.TablesAt(hit.SentAt).Select(t => t.Id), Has.Some.StartsWith("pixel_").And.None.StartsWith("rejected"));
    }

    [Test]
    public void Create_ManyHits_HaveDifferentMarks() =>
        Assert.That(Enumerable.Range(0, 100).Select(_ => Create(Some.ShippedSchema()).Mark), Is.Unique);

    [TestCase("campaign", "campaign STRING", "amount INTEGER")]
    [TestCase("user_id")] // nothing else could hold it
    [TestCase("user_id", "referer STRING", "user_agent STRING")] // filled from the entry, not from the query
    public void Create_SchemaWithoutOrder_MarksAnotherAttribute(string column, params string[] columns)
    {
        var hit = Create(Some.Schema(columns));

        Assert.That(hit.Column, Is.EqualTo(column));
        Assert.That(hit.Url.Query, Does.Contain($"{column}={hit.Mark}"));
    }

    [TestCase("STRING")]
    [TestCase("INTEGER")]
    [TestCase("FLOAT")]
    [TestCase("NUMERIC")]
    [TestCase("BOOLEAN")]
    [TestCase("TIMESTAMP")]
    [TestCase("DATE")]
    public void Create_RequiredAttribute_HasAValueThatFits(string type) =>
        Assert.That(Create(Some.Schema("order_id STRING", $"extra {type} REQUIRED")).Url.Query, Does.Contain("&extra="));

    [Test]
    public void Create_OtherPath_NamesTheFlags() => Assert.That(
        () => Create(Some.ShippedSchema(), "https://track.example.com/other.png"),
        Throws.TypeOf<CommandException>().With.Message.Contains("--url").And.Message.Contains("--pixel-path"));

    internal static MarkedHit Create(EventSchema schema, string url = "https://track.example.com/pixel.png") =>
        MarkedHit.Create(new Uri(url), schema, Some.Processor(schema), Some.Layout(schema), TimeProvider.System);
}
