using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;

namespace PixelPipeline.Events;

/// <summary>
/// Which columns an event has: the schema of the event tables and the whitelist of what may be collected, in one.
/// A column is either filled from the log entry (<c>event_id</c>, <c>event_time</c>, <c>user_agent</c>, <c>referer</c>,
/// <c>remote_ip</c>) or an attribute: the query parameter of the same name. Nothing else reaches an event table.
/// </summary>
public sealed class EventSchema
{
    /// <summary>8,192 bytes: the longest attribute value, as decoded UTF-8; entry columns are cut to it.</summary>
    public const int MaxValueBytes = 8_192;

    /// <summary>The most UTF-8 bytes that one UTF-16 unit of a text takes.</summary>
    private const int MaxUnitBytes = 3;

    private static readonly FrozenDictionary<string, (EntryColumn Source, ColumnType Type)> EntryColumns =
        new Dictionary<string, (EntryColumn, ColumnType)>
        {
            ["event_id"] = (EntryColumn.EventId, ColumnType.String),
            ["event_time"] = (EntryColumn.EventTime, ColumnType.Timestamp),
            ["user_agent"] = (EntryColumn.UserAgent, ColumnType.String),
            ["referer"] = (EntryColumn.Referer, ColumnType.String),
            ["remote_ip"] = (EntryColumn.RemoteIp, ColumnType.String),
        }.ToFrozenDictionary();

    private readonly ImmutableArray<EntryColumn> _sources;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _attributes;

    private EventSchema(SchemaFile file)
    {
        Columns = file.Columns;
        _sources = [.. Columns.Select(SourceOf)];
        _attributes = Columns.Index()
            .Where(c => _sources[c.Index] == EntryColumn.None)
            .ToDictionary(c => Encoding.UTF8.GetBytes(c.Item.Name), c => c.Index, Utf8Comparer.Instance)
            .GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>All columns in table order.</summary>
    public ImmutableArray<Column> Columns { get; }

    /// <summary>Reads <c>schema.json</c>.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="fileName">What messages call the file.</param>
    /// <exception cref="SchemaException">The file has an error; the message names file, line and what to mend.</exception>
    public static EventSchema Parse(ReadOnlySpan<byte> json, string fileName)
    {
        var file = SchemaFile.Parse(json, fileName);
        CheckEntryColumns(file);
        CheckAttributes(file);
        return new EventSchema(file);
    }

    /// <summary>The index of a column, or -1. Names are case-sensitive.</summary>
    public int IndexOf(string columnName)
    {
        for (var i = 0; i < Columns.Length; i++)
        {
            if (Columns[i].Name == columnName)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether a column is an attribute, filled from the query parameter of its name; false also where there is no such column.</summary>
    public bool IsAttribute(string columnName) => IndexOf(columnName) is >= 0 and var index && _sources[index] == EntryColumn.None;

    /// <summary>A text's beginning of at most <see cref="MaxValueBytes"/> UTF-8 bytes, cut between two characters.</summary>
    public static string CutToBound(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= MaxValueBytes / MaxUnitBytes)
        {
            return text;
        }

        Span<byte> bound = stackalloc byte[MaxValueBytes];
        Utf8.FromUtf16(text, bound, out var fitting, out _);
        return text[..fitting];
    }

    /// <summary>What fills the column at an index.</summary>
    internal EntryColumn SourceAt(int index) => _sources[index];

    /// <summary>Finds the attribute that a query parameter's decoded name stands for.</summary>
    internal bool TryGetAttribute(ReadOnlySpan<byte> name, out int index) => _attributes.TryGetValue(name, out index);

    private static EntryColumn SourceOf(Column column) =>
        EntryColumns.TryGetValue(column.Name, out var entryColumn) ? entryColumn.Source : EntryColumn.None;

    private static void CheckEntryColumns(SchemaFile file)
    {
        foreach (var name in (string[])["event_id", "event_time"])
        {
            if (!file.Columns.Any(c => c.Name == name))
            {
                throw file.Error($"column \"{name}\" is missing; de-duplication and the views need it: "
                    + $"{{ \"name\": \"{name}\", \"type\": \"{EntryColumns[name].Type.ToString().ToUpperInvariant()}\", \"mode\": \"REQUIRED\" }}");
            }
        }

        foreach (var column in file.Columns)
        {
            if (EntryColumns.TryGetValue(column.Name, out var entryColumn) && entryColumn.Type != column.Type)
            {
                throw file.ErrorAt(column, $"filled from the log entry, it must have type {entryColumn.Type.ToString().ToUpperInvariant()}");
            }
        }
    }

    private static void CheckAttributes(SchemaFile file)
    {
        if (file.Columns.FirstOrDefault(c => c.Type == ColumnType.Bytes) is { } column)
        {
            throw file.ErrorAt(column, "an attribute cannot be BYTES; use STRING");
        }
    }
}
