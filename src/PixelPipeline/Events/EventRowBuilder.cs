using PixelPipeline.Events.Sources;
using PixelPipeline.Logs;
using PixelPipeline.Signing;
using PixelPipeline.Writing;

namespace PixelPipeline.Events;

/// <summary>Makes the row of one event: its attributes and what the sources read of its log entry, each in its column.</summary>
internal sealed class EventRowBuilder
{
    private readonly EventSchema _schema;

    public EventRowBuilder(EventSchema schema) => _schema = schema;

    /// <summary>Builds the row of a pixel hit, or of an event that the collector published.</summary>
    /// <param name="entry">The entry; its <see cref="LogEntry.Event"/>, where there is one, holds the attributes.</param>
    /// <param name="query">Else the query of the request URL does.</param>
    /// <param name="rejected">Why there is no row; null where there is one.</param>
    /// <returns>The row, or null.</returns>
    public EventRow? Build(in LogEntry entry, ReadOnlySpan<byte> query, out EntryOutcome.Rejected? rejected)
    {
        var values = new object?[_schema.Columns.Length];
        if (entry.Event.IsEmpty)
        {
            Attributes.ReadQuery(_schema, query, values);
        }
        else
        {
            Attributes.ReadEvent(_schema, entry.Event, values);
        }

        var facts = new EventFacts(in entry, query, _schema, values);
        Fill(values, ref facts);
        rejected = CheckSignature(ref facts) ?? FindMissing(values, ref facts) ?? ConvertAttributes(values, ref facts);
        return rejected is null ? new EventRow(facts.EventId, facts.EventTime, _schema.Columns, values) : null;
    }

    private void Fill(object?[] values, scoped ref EventFacts facts)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (_schema.SourceAt(i) is { } source)
            {
                values[i] = source.Read(ref facts);
            }
            else if (values[i] is "")
            {
                values[i] = null;
            }
        }
    }

    private EntryOutcome.Rejected? CheckSignature(scoped ref EventFacts facts) =>
        _schema.Signing is { Mode: SigningMode.Require } && facts.Signature is not SignatureVerdict.Valid and var verdict
            ? new(facts.EventId, RejectedReason.BadSignature, null, $"The hit's signature is {verdict.ToString()!.ToLowerInvariant()}.")
            : null;

    private EntryOutcome.Rejected? FindMissing(object?[] values, scoped ref EventFacts facts)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is null && _schema.Columns[i].IsRequired)
            {
                var name = _schema.Columns[i].Name;
                return new(facts.EventId, RejectedReason.MissingRequired, name, $"The required column {name} has no value.");
            }
        }

        return null;
    }

    private EntryOutcome.Rejected? ConvertAttributes(object?[] values, scoped ref EventFacts facts)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (_schema.SourceAt(i) is not null || values[i] is null)
            {
                continue;
            }

            var column = _schema.Columns[i];
            if (values[i] is not string text || !ColumnValue.TryConvert(column.Type, text, out values[i]))
            {
                return new(facts.EventId, RejectedReason.InvalidValue, column.Name,
                    $"The value of {column.Name} is no {column.Type.ToString().ToUpperInvariant()} or is over {EventSchema.MaxValueBytes:N0} bytes.");
            }
        }

        return null;
    }
}
