using System.Text;
using PixelPipeline.Events;
using PixelPipeline.Events.Sources;

namespace PixelPipeline.Tests.Events;

public sealed class ColumnSourcesTests
{
    [Test]
    public void All_EverySourceThatIsWritten_IsListed()
    {
        var written = typeof(ColumnSource).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ColumnSource)) && !t.IsAbstract);
        Assert.That(ColumnSources.Default.All.Select(s => s.GetType()), Is.EquivalentTo(written));
    }

    [Test]
    public void All_AnySource_IsNoAttributeAndKeepsItsType()
    {
        foreach (var source in ColumnSources.Default.All)
        {
            var wrong = source.Type == ColumnType.Integer ? "STRING" : "INTEGER";
            Assert.That(Some.Schema().IsAttribute(source.Name), Is.False, source.Name);
            Assert.That(() => Parse(source, wrong), Throws.TypeOf<SchemaException>().With.Message.Contains(source.Name), source.Name);
        }
    }

    private static EventSchema Parse(ColumnSource source, string type)
    {
        var columns = ColumnSources.Default.All.Where(s => s.IsNeeded && s.Name != source.Name)
            .Select(s => $$"""{ "name": "{{s.Name}}", "type": "{{s.Type}}" }""").Append($$"""{ "name": "{{source.Name}}", "type": "{{type}}" }""");
        return EventSchema.Parse(Encoding.UTF8.GetBytes($"[{string.Join(',', columns)}]"), "schema.json");
    }
}
