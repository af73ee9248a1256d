using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace PixelPipeline.Events;

/// <summary>
/// Reads a table schema in BigQuery's own JSON format, <c>[{"name":"user_id","type":"STRING","mode":"REQUIRED"}, …]</c>,
/// as <c>bq mk --schema</c> takes it.
/// </summary>
/// <seealso href="https://cloud.google.com/bigquery/docs/schemas#specifying_a_json_schema_file"/>
public sealed class SchemaFile
{
    /// <summary>BigQuery's limit for a column's name: 300 characters.</summary>
    public const int MaxNameLength = 300;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private static readonly string[] ReservedPrefixes =
        ["_CHANGE_", "_COLIDENTIFIER", "_FILE_", "_PARTITION", "_ROW_TIMESTAMP", "_TABLE_", "__ROOT__"];

    private readonly string _fileName;
    private readonly ImmutableArray<Column>.Builder _columns = ImmutableArray.CreateBuilder<Column>();
    private readonly List<int> _lines = [];

    private SchemaFile(string fileName) => _fileName = fileName;

    /// <summary>The columns in the file's order; at least one, no two names alike in any case.</summary>
    public ImmutableArray<Column> Columns { get; private set; }

    /// <summary>Reads a schema.</summary>
    /// <param name="json">The file's bytes, UTF-8. Comments and trailing commas are accepted.</param>
    /// <param name="fileName">What messages call the file.</param>
    /// <exception cref="SchemaException">The file has an error; the message names file, line and what to mend.</exception>
    public static SchemaFile Parse(ReadOnlySpan<byte> json, string fileName)
    {
        var file = new SchemaFile(fileName);
        json = json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            file.ReadColumns(ref reader, json);
        }
        catch (JsonException e)
        {
            var mistake = JsonMistake.Of(json, e);
            throw file.Error(mistake.Line, mistake.Message);
        }

        file.Columns = file._columns.ToImmutable();
        return file;
    }

    /// <summary>An error at a column, to throw.</summary>
    internal SchemaException ErrorAt(Column column, string message) =>
        Error(_lines[Columns.IndexOf(column)], $"column \"{column.Name}\": {message}");

    /// <summary>An error of the whole file, to throw.</summary>
    internal SchemaException Error(string message) => new($"{_fileName}: {message}");

    private SchemaException Error(int line, string message) => new($"{_fileName} line {line}: {message}");

    private void ReadColumns(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            throw Error(1, "a schema is a JSON array of columns: [{\"name\": …, \"type\": …}, …]");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var line = LineOf(json, (int)reader.TokenStartIndex);
            var column = ReadColumn(ref reader, line);
            if (_columns.Any(c => c.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase)))
            {
                throw Error(line, $"column \"{column.Name}\" is there already; BigQuery's column names do not differ by case");
            }

            _columns.Add(column);
            _lines.Add(line);
        }

        reader.Read(); // anything after the array makes this throw
        if (_columns.Count == 0)
        {
            throw Error(1, "there is no column");
        }
    }

    private Column ReadColumn(ref Utf8JsonReader reader, int line)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Error(line, "each column is an object: {\"name\": …, \"type\": …}");
        }

        using var column = JsonDocument.ParseValue(ref reader);
        try
        {
            var name = Text(column, "name", line) ?? throw Error(line, "a column has no \"name\"");
            CheckName(name, line);
            CheckProperties(column, name, line);
            return new Column(name, ReadType(column, name, line), ReadMode(column, name, line), Text(column, "description", line));
        }
        catch (InvalidOperationException)
        {
            throw Error(line, "a text is no Unicode; check its \\u escapes, and that the file is saved as UTF-8");
        }
    }

    private void CheckName(string name, int line)
    {
        if (name.Length is 0 or > MaxNameLength || name.AsSpan().ContainsAnyExcept(NameCharacters) || char.IsAsciiDigit(name[0]))
        {
            throw Error(line, $"column name \"{Shorten(name)}\": use letters, digits and underscores, no digit first, at most {MaxNameLength} characters");
        }

        if (ReservedPrefixes.FirstOrDefault(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase)) is { } prefix)
        {
            throw Error(line, $"column \"{name}\": BigQuery reserves names that begin with {prefix}");
        }
    }

    // A misspelt mode would make a column optional, and what BigQuery knows beside these would be lost on the way.
    private void CheckProperties(JsonDocument column, string name, int line)
    {
        foreach (var property in column.RootElement.EnumerateObject())
        {
            if (property.Name is not ("name" or "type" or "mode" or "description"))
            {
                throw Error(line, $"column \"{name}\": \"{Shorten(property.Name)}\" is not one of name, type, mode, description");
            }
        }
    }

    private ColumnType ReadType(JsonDocument column, string name, int line) =>
        Text(column, "type", line)?.ToUpperInvariant() switch
        {
            "STRING" => ColumnType.String,
            "INTEGER" or "INT64" => ColumnType.Integer,
            "FLOAT" or "FLOAT64" => ColumnType.Float,
            "NUMERIC" or "DECIMAL" => ColumnType.Numeric,
            "BOOLEAN" or "BOOL" => ColumnType.Boolean,
            "TIMESTAMP" => ColumnType.Timestamp,
            "DATE" => ColumnType.Date,
            "BYTES" => ColumnType.Bytes,
            null => throw Error(line, $"column \"{name}\" has no \"type\""),
            var other => throw Error(line, $"column \"{name}\": type \"{Shorten(other)}\" is not one of STRING, INTEGER, FLOAT, NUMERIC, BOOLEAN, TIMESTAMP, DATE"),
        };

    private bool ReadMode(JsonDocument column, string name, int line) =>
        Text(column, "mode", line)?.ToUpperInvariant() switch
        {
            null or "NULLABLE" => false,
            "REQUIRED" => true,
            var other => throw Error(line, $"column \"{name}\": mode \"{Shorten(other)}\" is not NULLABLE or REQUIRED"),
        };

    private string? Text(JsonDocument column, string property, int line)
    {
        if (!column.RootElement.TryGetProperty(property, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Error(line, $"\"{property}\" must be a text in quotes");
    }

    /// <summary>A text of the file as a message can show it: short, and on one line.</summary>
    private static string Shorten(string text)
    {
        var line = string.Concat(text.Take(40).Select(c => char.IsControl(c) ? '?' : c));
        return text.Length <= 40 ? line : line + "…";
    }

    private static int LineOf(ReadOnlySpan<byte> json, int offset) => json[..offset].Count((byte)'\n') + 1;
}
