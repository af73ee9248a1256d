using System.Diagnostics.Metrics;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Writing;

[NonParallelizable] // listens to the one meter name
public sealed class PipelineMeterTests
{
    private readonly List<string> _measured = [];
    private MeterListener _listener = null!;
    private PipelineMeter _meter = null!;

    [SetUp]
    public void Listen()
    {
        _measured.Clear();
        _meter = new PipelineMeter();
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == PipelineMeter.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        }
        };
        _listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Note(i, value, tags));
        _listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Note(i, value, tags));
        _listener.Start();
    }

    [TearDown]
    public void Stop()
    {
        _listener.Dispose();
        _meter.Dispose();
    }

    [Test]
    public void RecordOutcome_Entries_AreLabelledByOutcomeAndReason()
    {
        _meter.RecordOutcome(new EntryOutcome.Written(Some.Row(), new TableName("pixel")));
        _meter.RecordOutcome(new EntryOutcome.Ignored(IgnoredReason.OtherPath));
        _meter.RecordOutcome(new EntryOutcome.Rejected("id", RejectedReason.InvalidRow, null, "text"));
        _meter.RecordFailed();
        Assert.That(_measured, Is.EqualTo(
        [
            "pixelpipeline.entries 1 outcome=written reason=", "pixelpipeline.entries 1 outcome=ignored reason=other_path",
            "pixelpipeline.entries 1 outcome=rejected reason=invalid_row", "pixelpipeline.entries 1 outcome=failed reason=",
        ]));
    }

    [Test]
    public async Task WaitingRows_InsertUnderWay_AreThoseWithoutFate()
    {
        var writer = new ScriptedRowWriter();
        var group = new GroupCommitWriter(writer, new(), _meter, TimeProvider.System);
        var write = group.WriteAsync(Some.Row(), new TableName("pixel"), default);
        var insert = await writer.NextAsync();
        _listener.RecordObservableInstruments();
        insert.Commit();
        await write;
        _listener.RecordObservableInstruments();
        Assert.That(_measured.Where(m => m.StartsWith("pixelpipeline.waiting_rows", StringComparison.Ordinal)),
            Is.EqualTo(["pixelpipeline.waiting_rows 1", "pixelpipeline.waiting_rows 0"]));
    }

    private void Note<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = string.Concat(tags.ToArray().Select(t => $" {t.Key}={t.Value}"));
        lock (_measured)
        {
            _measured.Add($"{instrument.Name} {value}{labels}");
        }
    }
}
