using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Writing;

public sealed class RejectedEntriesTests
{
    private static readonly EntryOutcome.Rejected Rejected = new("0123", RejectedReason.InvalidValue, "age", "no INTEGER");

    [Test]
    public void Columns_Table_AreThoseOfTheDesign() => Assert.That(
        RejectedEntries.Columns.Select(c => $"{c.Name} {c.Type}"),
        Is.EqualTo(["rejected_time Timestamp", "event_id String", "reason String", "column String", "message String", "entry Bytes"]));

    [Test]
    public void ToRow_Rejection_FillsEveryColumn()
    {
        var now = new DateTime(2026, 11, 20, 1, 2, 3, DateTimeKind.Utc).AddTicks(19);
        var row = RejectedEntries.ToRow(Rejected, "raw"u8, now);
        Assert.That(row.Values, Is.EqualTo(new object?[] { now.AddTicks(-9), "0123", "invalid_value", "age", "no INTEGER", "raw"u8.ToArray() }));
        Assert.That((row.InsertId, row.EventTime), Is.EqualTo(("0123", now.AddTicks(-9))));
    }

    [Test]
    public void ToRow_Entry_IsCopied()
    {
        var entry = "raw"u8.ToArray();
        var row = RejectedEntries.ToRow(Rejected, entry, DateTime.UnixEpoch);
        entry[0] = 0;
        Assert.That(row["entry"], Is.EqualTo("raw"u8.ToArray()));
    }
}
