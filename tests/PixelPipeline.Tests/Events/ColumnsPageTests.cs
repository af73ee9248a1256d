using System.Text.RegularExpressions;
using PixelPipeline.Events.Sources;

namespace PixelPipeline.Tests.Events;

/// <summary>docs/columns.md tells of every source there is, and of none else.</summary>
internal sealed partial class ColumnsPageTests
{
    [Test]
    public void Table_Sources_AreAllThereAreWithTheirTypes()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "columns.md"));
        var told = Row().Matches(page).Select(m => (Name: m.Groups[1].Value, Type: m.Groups[2].Value, IsShipped: m.Groups[3].Value == "yes"));
        var schema = Some.ShippedSchema();
        Assert.That(told, Is.EqualTo(ColumnSources.Default.All.Select(s => (s.Name, Type: s.Type.ToString().ToUpperInvariant(), IsShipped: schema.IndexOf(s.Name) >= 0))));
    }

    [GeneratedRegex(@"^\| `([a-z_]+)` \| ([A-Z]+) \| .* \| (yes|no)", RegexOptions.Multiline)]
    private static partial Regex Row();
}
