using System.Text;
using PixelPipeline.Events;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests;

/// <summary>What holds for every entry, tried on entries that nobody wrote by hand.</summary>
public sealed class PixelProcessorLawTests
{
    private const int Mutations = 200_000;

    private static readonly PixelProcessor Shipped = Some.Processor();
    private static readonly PixelProcessor Typed =
        Some.Processor(Some.Schema("type STRING", "order_id NUMERIC", "n INTEGER", "f FLOAT", "b BOOLEAN", "t TIMESTAMP", "d DATE", "referer STRING", "remote_ip STRING"));

    [Test]
    public void Process_AnyBytes_GivesOneOutcome() =>
        Law.Holds<byte[]>(2_000, bytes => Shipped.Process(bytes) is EntryOutcome.Rejected { Reason: RejectedReason.UnreadableEntry });

    [Test]
    public void Process_MutatedEntries_GiveOneOutcomeEach()
    {
        var random = new Random(Some.Seed());
        byte[][] entries = [.. SampleCase.All.Select(c => c.Entry), .. HandWritten()];
        var outcomes = new HashSet<Type>();
        for (var i = 0; i < Mutations; i++)
        {
            var entry = Mutation.Of(entries[random.Next(entries.Length)], entries[random.Next(entries.Length)], random);
            var outcome = ProcessOrTell(i % 2 == 0 ? Shipped : Typed, entry);
            outcomes.Add(outcome.GetType());
            CheckRow((outcome as EntryOutcome.Written)?.Row);
        }

        Assert.That(outcomes, Has.Count.EqualTo(3), "the mutations reach all outcomes");
    }

    [Test]
    public void Process_AnyQuery_KeepsUnlistedParametersOut()
    {
        Law.HoldsForTexts(1_000, (name, value) =>
        {
            const string marker = "S3CRET";
            var entry = Some.Hit($"user_id=u&{Uri.EscapeDataString(name + "_")}={Uri.EscapeDataString(marker + value)}&Type={marker}&user_agent={marker}&event_id={marker}");
            var row = ((EntryOutcome.Written)Shipped.Process(entry)).Row;
            return row.Values.All(v => v is not string text || !text.Contains(marker, StringComparison.Ordinal));
        });
    }

    [Test]
    public void Process_SameEntryTwice_GivesTheSameRow()
    {
        Law.HoldsForTexts(1_000, (user, order) =>
        {
            var entry = Some.Hit($"user_id=u{Uri.EscapeDataString(user)}&order_id={Uri.EscapeDataString(order)}");
            var first = (EntryOutcome.Written)Shipped.Process(entry);
            var second = (EntryOutcome.Written)Shipped.Process(entry);
            return first.Table == second.Table && first.Row.InsertId == second.Row.InsertId && first.Row.EventTime == second.Row.EventTime
                && first.Row.SizeBytes == second.Row.SizeBytes && first.Row.Values.SequenceEqual(second.Row.Values);
        });
    }

    private static EntryOutcome ProcessOrTell(PixelProcessor processor, byte[] entry)
    {
        try
        {
            return processor.Process(entry);
        }
        catch (Exception e)
        {
            throw new AssertionException($"{e.GetType().Name} for the entry (Base64) {Convert.ToBase64String(entry)}", e);
        }
    }

    private static void CheckRow(EventRow? row)
    {
        for (var i = 0; i < row?.Values.Count; i++)
        {
            if (row.Values[i] is string text && Encoding.UTF8.GetByteCount(text) > EventSchema.MaxValueBytes)
            {
                Assert.Fail($"{row.Columns[i].Name} has {Encoding.UTF8.GetByteCount(text)} bytes");
            }
        }
    }

    private static IEnumerable<byte[]> HandWritten() =>
    [
        Some.Hit("user_id=%C3%A9&order_id=1.5&n=-3&f=1e5&b=yes&t=2026-01-01T00:00:00Z&d=2026-01-01&amp;type=x"),
        Some.LogEntry(userAgent: "\u0001\"\\é😀", referer: "https://a.example/?q=\u2028", remoteIp: "[2001:db8::1]:443"),
        Some.CollectedEvent("""{"user_id":"u","type":"\ud83d\ude00","n":3,"b":true,"d":null,"nested":{"a":[1,{"b":2}]}}"""),
    ];
}
