using System.Text;
using PixelPipeline.Logs;
using PixelPipeline.Writing;

namespace PixelPipeline.Events;

/// <summary>Makes the row of one event: its attributes and the fields of its log entry, each in its column.</summary>
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

        var eventId = entry.EventId.MakeEventId();
        FillEntryColumns(in entry, eventId, values);
        rejected = FindMissing(eventId, values) ?? ConvertAttributes(eventId, values);
        return rejected is null ? new EventRow(eventId, entry.Timestamp.ToMicroseconds(), _schema.Columns, values) : null;
    }

    private void FillEntryColumns(in LogEntry entry, string eventId, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _schema.SourceAt(i) switch
            {
                EntryColumn.None => values[i] is "" ? null : values[i],
                EntryColumn.EventId => eventId,
                EntryColumn.EventTime => entry.Timestamp.ToMicroseconds(),
                EntryColumn.UserAgent => Cut(entry.UserAgent),
                EntryColumn.Referer => Cut(entry.Referer),
                EntryColumn.RemoteIp => Cut(WithoutPort(entry.RemoteIp)),
                var other => throw new InvalidOperationException($"Unknown entry column {other}."),
            };
        }
    }

    private EntryOutcome.Rejected? FindMissing(string eventId, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is null && _schema.Columns[i].IsRequired)
            {
                var name = _schema.Columns[i].Name;
                return new(eventId, RejectedReason.MissingRequired, name, $"The required column {name} has no value.");
            }
        }

        return null;
    }

    private EntryOutcome.Rejected? ConvertAttributes(string eventId, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (_schema.SourceAt(i) != EntryColumn.None || values[i] is null)
            {
                continue;
            }

            var column = _schema.Columns[i];
            if (values[i] is not string text || !ColumnValue.TryConvert(column.Type, text, out values[i]))
            {
                return new(eventId, RejectedReason.InvalidValue, column.Name,
                    $"The value of {column.Name} is no {column.Type.ToString().ToUpperInvariant()} or is over {EventSchema.MaxValueBytes:N0} bytes.");
            }
        }

        return null;
    }

    /// <summary>
    /// At most <see cref="EventSchema.MaxValueBytes"/>, cut between two characters; null where there is nothing. Bytes
    /// that are no UTF-8 count as the longer U+FFFD that stands for them.
    /// </summary>
    private static string? Cut(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? null : EventSchema.CutToBound(Encoding.UTF8.GetString(utf8));

    /// <summary>The address of <c>203.0.113.7:41234</c> or <c>[2001:db8::1]:41234</c>; other texts stand as they are.</summary>
    private static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> address)
    {
        if (address.StartsWith("["u8) && address.IndexOf((byte)']') is var end and > 0)
        {
            return address[1..end];
        }

        return address.Count((byte)':') == 1 ? address[..address.IndexOf((byte)':')] : address;
    }
}
