using System.Text.RegularExpressions;
using PixelPipeline.LocalBigQuery.Sql.Analysis;
using PixelPipeline.LocalBigQuery.Sql.Functions;

namespace PixelPipeline.LocalBigQuery.Tests.Sql;

internal sealed partial class DocumentationTests
{
    [Test]
    public void Documentation_OfSql_ListsEveryFunction()
    {
        var text = File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "local-bigquery.md"));
        var words = Word().Matches(text).Select(m => m.Value).ToHashSet();
        var functions = FunctionTable.Names.Concat(Aggregates.Names).Concat(WindowFunctions.Names).Concat(Conditionals.Names).Concat(ArrayFunctions.Names);

        Assert.That(functions.Where(f => f is not ("LIKE" or "OFFSET" or "ORDINAL") && !words.Contains(f)), Is.Empty);
    }

    [GeneratedRegex("[A-Z][A-Z0-9_]*([.][A-Z][A-Z0-9_]*)?")]
    private static partial Regex Word();
}
