using System.Text;
using PixelPipeline.Events;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests;

/// <summary>From an entry's bytes to its row, nothing is made but the row.</summary>
public sealed class AllocationTests
{
    private const int Times = 1_000;

    // As Cloud Logging writes it: without escapes that need not be, whose undoing takes a copy.
    private static readonly byte[] Entry = Encoding.UTF8.GetBytes($$$"""
        {"insertId":"1x2hf2q4g","logName":"projects/p/logs/requests","timestamp":"{{{Some.Timestamp}}}","resource":{"type":"http_load_balancer","labels":{"zone":"global"}},
        "httpRequest":{"requestMethod":"GET","requestUrl":"{{{Some.PixelUrl}}}?user_id={{{Some.UserId}}}&type=click&order_id=ix.1.&unlisted=1&title=Your+cart%21",
        "status":200,"userAgent":"Mozilla/5.0 (X11; Linux x86_64)","remoteIp":"203.0.113.7","referer":"https://shop.example.com/cart?step=2","cacheHit":true},
        "jsonPayload":{"statusDetails":"response_from_cache"}}
        """);

    [Test]
    public void Process_Hit_AllocatesItsRowAlone()
    {
        var processor = new PixelProcessor(Some.Schema("type STRING", "order_id STRING", "title STRING", "user_agent STRING", "referer STRING"), Partitioned, "/pixel.png");
        var written = (EntryOutcome.Written)processor.Process(Entry);

        Assert.That(Allocated(() => processor.Process(Entry)), Is.LessThanOrEqualTo(Allocated(() => Copy(written))));
    }

    private static TableLayout.Partitioned Partitioned => new("pixel");

    // The same row of the same values, made anew.
    private static EntryOutcome.Written Copy(EntryOutcome.Written written)
    {
        var id = new string(written.Row.InsertId.AsSpan());
        var values = new object?[written.Row.Values.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = written.Row.Values[i] switch
            {
                string text => text == id ? id : new string(text.AsSpan()),
                DateTime time => (object)time,
                var other => other,
            };
        }

        return new EntryOutcome.Written(new EventRow(id, written.Row.EventTime, written.Row.Columns, values), written.Table);
    }

    private static long Allocated<T>(Func<T> make)
    {
        for (var i = 0; i < Times; i++)
        {
            make();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
        {
            make();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Times;
    }
}
