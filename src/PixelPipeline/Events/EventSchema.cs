using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;
using PixelPipeline.Events.Sources;
using PixelPipeline.Signing;

namespace PixelPipeline.Events;

/// <summary>
/// Which columns an event has: the schema of the event tables and the whitelist of what may be collected, in one.
/// A column is either filled from the log entry, if <see cref="ColumnSources"/> has a source of its name, or an attribute:
/// the query parameter of the same name. Nothing else reaches an event table.
/// </summary>
public sealed class EventSchema
{
    /// <summary>8,192 bytes: the longest attribute value, as decoded UTF-8; entry columns are cut to it.</summary>
    public const int MaxValueBytes = 8_192;

    /// <summary>The most UTF-8 bytes that one UTF-16 unit of a text takes.</summary>
    private const int MaxUnitBytes = 3;

    private readonly ImmutableArray<ColumnSource?> _sources;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _attributes;

    private EventSchema(SchemaFile file, ColumnSources sources)
    {
        Columns = file.Columns;
        Signing = sources.Signing;
        _sources = [.. Columns.Select(c => sources.Find(c.Name))];
        _attributes = Columns.Index()
            .Where(c => _sources[c.Index] is null)
            .ToDictionary(c => Encoding.UTF8.GetBytes(c.Item.Name), c => c.Index, Utf8Comparer.Instance)
            .GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>All columns in table order.</summary>
    public ImmutableArray<Column> Columns { get; }

    /// <summary>How hits are signed; null where nobody looks at signatures.</summary>
    internal SigningRule? Signing { get; }

    /// <summary>Reads <c>schema.json</c>.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="fileName">What messages call the file.</param>
    /// <param name="sources">What can be filled from the log entry; null for <see cref="ColumnSources.Default"/>.</param>
    /// <exception cref="SchemaException">The file has an error; the message names file, line and what to mend.</exception>
    public static EventSchema Parse(ReadOnlySpan<byte> json, string fileName, ColumnSources? sources = null)
    {
        sources ??= ColumnSources.Default;
        var file = SchemaFile.Parse(json, fileName);
        CheckSources(file, sources);
        CheckAttributes(file);
        var schema = new EventSchema(file, sources);
        CheckSigning(file, schema);
        return schema;
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
    public bool IsAttribute(string columnName) => IndexOf(columnName) is >= 0 and var index && _sources[index] is null;

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

    /// <summary>What fills the column at an index from the log entry; null where the column is an attribute.</summary>
    internal ColumnSource? SourceAt(int index) => _sources[index];

    /// <summary>Finds the attribute that a query parameter's decoded name stands for.</summary>
    internal bool TryGetAttribute(ReadOnlySpan<byte> name, out int index) => _attributes.TryGetValue(name, out index);

    private static void CheckSources(SchemaFile file, ColumnSources sources)
    {
        foreach (var source in sources.All)
        {
            var type = source.Type.ToString().ToUpperInvariant();
            var column = file.Columns.FirstOrDefault(c => c.Name == source.Name);
            if (column is null && source.IsNeeded)
            {
                throw file.Error($"column \"{source.Name}\" is missing; de-duplication and the views need it: "
                    + $"{{ \"name\": \"{source.Name}\", \"type\": \"{type}\", \"mode\": \"REQUIRED\" }}");
            }

            if (column is not null && column.Type != source.Type)
            {
                throw file.ErrorAt(column, $"filled from the log entry, it must have type {type}");
            }
        }
    }

    private static void CheckSigning(SchemaFile file, EventSchema schema)
    {
        if (schema.Signing is { } rule && rule.Attributes.FirstOrDefault(a => !schema.IsAttribute(a)) is { } name)
        {
            throw file.Error($"{name}, which hits are to be signed for, is no attribute of this schema");
        }

        if (schema.Signing is { Mode: SigningMode.Observe } && schema.IndexOf("signature") < 0)
        {
            throw file.Error("the column that tells signatures apart is missing: { \"name\": \"signature\", \"type\": \"STRING\" }");
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
