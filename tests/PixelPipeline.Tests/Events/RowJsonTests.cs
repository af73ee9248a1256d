using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using PixelPipeline.Events;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Events;

[Parallelizable(ParallelScope.All)]
public sealed class RowJsonTests
{
    private static readonly DateTime Time = new DateTime(2026, 11, 20, 11, 12, 28, DateTimeKind.Utc).AddTicks(4_087_470);

    [Test]
    public void InsertJson_EachTypeOfValue_IsAsBigQueryReadsIt()
    {
        ImmutableArray<Column> columns = [.. new[] { "text", "whole", "real", "truth", "instant", "bytes", "nothing" }.Select(n => new Column(n, ColumnType.String))];
        var row = new EventRow("id\"1", Time, columns, ["é \"\\\u0001</script>", 9_007_199_254_740_993, 0.5, true, Time, new byte[] { 1, 2, 255 }, null]);

        Assert.That(Encoding.UTF8.GetString(row.InsertJson.Span), Is.EqualTo(
            """{"insertId":"id\"1","json":{"text":"é \"\\\u0001</script>","whole":9007199254740993,"real":0.5,"truth":true,"instant":"2026-11-20T11:12:28.408747Z","bytes":"AQL/"}}"""));
    }

    [Test]
    public void InsertJson_AskedAgain_IsTheSameBytes()
    {
        var row = new EventRow("a", Time, [new Column("c", ColumnType.String)], ["x"]);
        var first = row.InsertJson;
        Assert.That(row.InsertJson, Is.EqualTo(first));
    }

    [Test]
    public void InsertJson_AfterARowOfMegabytes_IsRightAgain()
    {
        var large = new EventRow("a", Time, [new Column("c", ColumnType.Bytes)], [new byte[5_000_000]]);
        var small = new EventRow("b", Time, [new Column("c", ColumnType.String)], ["x"]);

        Assert.That(large.InsertJson.Length, Is.GreaterThan(6_000_000).And.LessThanOrEqualTo(large.SizeBytes));
        Assert.That(Encoding.UTF8.GetString(small.InsertJson.Span), Is.EqualTo("""{"insertId":"b","json":{"c":"x"}}"""));
    }

    [TestCaseSource(typeof(Testing.SampleCase), nameof(Testing.SampleCase.All))]
    public void InsertJson_OfASampleEntry_TakesNoMoreThanItsSizeSays(object sample)
    {
        if (Testing.Some.Processor().Process(((Testing.SampleCase)sample).Entry) is EntryOutcome.Written { Row: var row })
        {
            using var json = JsonDocument.Parse(row.InsertJson);
            Assert.That(json.RootElement.GetProperty("insertId").GetString(), Is.EqualTo(row.InsertId));
            Assert.That(row.InsertJson.Length, Is.LessThanOrEqualTo(row.SizeBytes));
        }
    }
}
