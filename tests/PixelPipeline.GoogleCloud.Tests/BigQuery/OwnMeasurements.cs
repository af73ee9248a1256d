using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.Tests.BigQuery;

/// <summary>
/// What the pipeline measures in the flow that made this: a listener hears the meters of every test that runs beside it.
/// </summary>
internal sealed class OwnMeasurements : IDisposable
{
    private static readonly AsyncLocal<OwnMeasurements?> Current = new();

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly MeterListener _listener = new();

    public OwnMeasurements()
    {
        Current.Value = this;
        _listener.InstrumentPublished = Listen;
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Keep(instrument, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Keep(instrument, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Keep(instrument, tags));
        _listener.Start();
    }

    /// <summary>A line for each measurement: the instrument and its tags, without the value.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    public void Dispose() => _listener.Dispose();

    private static void Listen(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == PipelineMeter.Name)
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private void Keep(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Current.Value == this)
        {
            _lines.Enqueue(tags.ToArray().Aggregate(instrument.Name, (text, tag) => $"{text} {tag.Key}={tag.Value}"));
        }
    }
}
