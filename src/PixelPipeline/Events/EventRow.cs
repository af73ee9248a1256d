using System.Collections.Immutable;

namespace PixelPipeline.Events;

/// <summary>
/// One row about one event, ready for its table: the event itself, or the record of its rejection. Immutable.
/// </summary>
public sealed class EventRow
{
    private readonly object?[] _values;
    private byte[]? _insertJson;

    /// <summary>Takes the values over; the caller must not change the array afterwards.</summary>
    /// <param name="insertId">What BigQuery recognises a repeated insert by: 1 to 128 characters.</param>
    /// <param name="eventTime">The event's instant, UTC.</param>
    /// <param name="columns">The table's columns.</param>
    /// <param name="values">A value for each column, null where there is none; of the types that <see cref="Values"/> lists.</param>
    internal EventRow(string insertId, DateTime eventTime, ImmutableArray<Column> columns, object?[] values)
    {
        InsertId = insertId;
        EventTime = eventTime;
        Columns = columns;
        _values = values;
        SizeBytes = JsonSize.Of(columns, values);
    }

    /// <summary>The row of an event that stands in some table, to be written into another.</summary>
    /// <param name="schema">The columns that it is to have.</param>
    /// <param name="eventId">Its <c>event_id</c>, and so its insert id.</param>
    /// <param name="eventTime">Its instant, UTC.</param>
    /// <param name="valueOf">The value of a column by its name, of the types that <see cref="Values"/> lists; null for NULL.</param>
    public static EventRow OfStored(EventSchema schema, string eventId, DateTime eventTime, Func<string, object?> valueOf)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(valueOf);
        return new EventRow(eventId, eventTime, schema.Columns, [.. schema.Columns.Select(c => valueOf(c.Name))]);
    }

    /// <summary>The same for every delivery and every replay of the entry; in an event table also the <c>event_id</c>.</summary>
    public string InsertId { get; }

    /// <summary>The instant of the entry, UTC, whole microseconds.</summary>
    public DateTime EventTime { get; }

    /// <summary>The columns of the table that the row is for.</summary>
    public ImmutableArray<Column> Columns { get; }

    /// <summary>
    /// The value of each column or null: <see cref="string"/> (STRING, NUMERIC, DATE as <c>yyyy-MM-dd</c>),
    /// <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, UTC <see cref="DateTime"/> (TIMESTAMP),
    /// an array of <see cref="byte"/> (BYTES).
    /// </summary>
    public IReadOnlyList<object?> Values => _values;

    /// <summary>No less than the bytes that the row takes in the JSON of an insert request.</summary>
    public int SizeBytes { get; }

    /// <summary>The row as an insert request has it, <c>{"insertId":…,"json":{…}}</c>; made once, when it is first asked for.</summary>
    public ReadOnlyMemory<byte> InsertJson => _insertJson ??= RowJson.OfInsert(this);

    /// <summary>The value of the column of this name; null where it is NULL or there is no such column.</summary>
    public object? this[string columnName]
    {
        get
        {
            for (var i = 0; i < Columns.Length; i++)
            {
                if (Columns[i].Name == columnName)
                {
                    return _values[i];
                }
            }

            return null;
        }
    }
}
