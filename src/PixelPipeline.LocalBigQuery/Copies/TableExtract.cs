using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Changes;
using PixelPipeline.LocalBigQuery.Schemas;
using PixelPipeline.LocalBigQuery.Storage;
using PixelPipeline.LocalBigQuery.Tables;
using PixelPipeline.LocalBigQuery.Values;

namespace PixelPipeline.LocalBigQuery.Copies;

/// <summary>Writes the rows of a table, or of a partition, into a file: <c>file:///PATH</c>, or <c>gs://BUCKET/OBJECT</c> in the folder that plays the buckets.</summary>
internal sealed partial class TableExtract(TableAddress source, string path, bool isCsv, bool isGzip, char delimiter, bool hasHeader, Database database)
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Reads the configuration.</summary>
    /// <exception cref="ApiException">400: something in it is wrong or not offered.</exception>
    public static TableExtract Of(string projectId, JsonObject extract, string buckets, Database database)
    {
        var uris = extract["destinationUris"] is JsonArray { Count: > 0 } several ? several : [extract["destinationUri"]?.DeepClone()];
        var format = RequestJson.Of(extract, "destinationFormat") is { Length: > 0 } wanted ? wanted : "CSV";
        var compression = RequestJson.Of(extract, "compression") is { Length: > 0 } given ? given : "NONE";
        if (uris.Count != 1 || uris[0] is not JsonValue uri || format is not ("CSV" or "NEWLINE_DELIMITED_JSON") || compression is not ("NONE" or "GZIP"))
        {
            throw ApiException.Invalid("The local BigQuery extracts into one URI, as CSV or NEWLINE_DELIMITED_JSON, with compression NONE or GZIP.", "destinationUris");
        }

        var delimiter = RequestJson.Of(extract, "fieldDelimiter") is { Length: > 0 } between ? between : ",";
        return new TableExtract(
            DestinationJson.Table(projectId, extract["sourceTable"] as JsonObject, "sourceTable"),
            PathOf(uri.ToString(), buckets),
            format == "CSV",
            compression == "GZIP",
            delimiter.Length == 1 ? delimiter[0] : delimiter is "\\t" or "tab" ? '\t' : throw ApiException.Invalid("A fieldDelimiter is one character.", "fieldDelimiter"),
            extract["printHeader"] is null || RequestJson.Flag(extract, "printHeader"),
            database);
    }

    /// <summary>Writes the file.</summary>
    /// <returns>The statistics.</returns>
    /// <exception cref="ApiException">The table is missing, or is a view.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public JsonObject Run() => database.Snapshot(session =>
    {
        var table = TableCatalog.Find(session, source.Dataset.DatasetId, source.TableId) ?? throw ApiException.NotFound("Table", source);
        if (table.Kind != TableKinds.Table)
        {
            throw ApiException.Invalid($"{source} is not allowed for this operation because it is currently a {table.Kind}.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            Write(session, table, unfinished);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }

        return new JsonObject { ["destinationUriFileCounts"] = new JsonArray("1"), ["inputBytes"] = ResourceJson.Int64(RowStore.Bytes(session, table.TableKey)) };
    });

    private void Write(SqlSession session, StoredTable table, string file)
    {
        var resource = JsonNode.Parse(table.Resource)!.AsObject();
        var schema = TableSchema.Of(resource);
        ColumnRange? range = source.Partition is null ? null : Partition.RangeOf(source, resource);
        using Stream raw = new FileStream(file, FileMode.CreateNew);
        using var content = isGzip ? new GZipStream(raw, CompressionLevel.Fastest) : raw;
        using var writer = new StreamWriter(content, new UTF8Encoding(false), 64 * 1024);
        if (isCsv && hasHeader)
        {
            writer.Write(string.Join(delimiter, schema.Columns.Select(column => column.Name)) + "\n");
        }

        RowScan.Run(session, table.TableKey, 0, (_, stored) =>
        {
            using var row = JsonDocument.Parse(stored.ToArray());
            if (range is not { } within || IsIn(row.RootElement, within))
            {
                writer.Write((isCsv ? Csv(row.RootElement, schema) : Json(row.RootElement, schema)) + "\n");
            }
        });
    }

    private static bool IsIn(JsonElement row, ColumnRange range) => row.GetArrayLength() > range.Column && row[range.Column] is var value && value.ValueKind switch
    {
        JsonValueKind.Number => value.GetInt64() >= (long)range.Low && value.GetInt64() < (long)range.High,
        JsonValueKind.String => string.CompareOrdinal(value.GetString(), (string)range.Low) >= 0 && string.CompareOrdinal(value.GetString(), (string)range.High) < 0,
        _ => false,
    };

    private string Csv(JsonElement row, TableSchema schema) => string.Join(delimiter, schema.Columns.Select((column, i) => Text(row, i, column.Type) is { } text ? Quoted(text) : ""));

    private string Quoted(string text) => text.Length == 0 || text.Contains(delimiter, StringComparison.Ordinal) || text.AsSpan().ContainsAny("\"\r\n")
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;

    // NULL is left out; numbers that a double does not hold are texts.
    private static string Json(JsonElement row, TableSchema schema)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            writer.WriteStartObject();
            for (var i = 0; i < schema.Columns.Length; i++)
            {
                if (Text(row, i, schema.Columns[i].Type) is { } text)
                {
                    writer.WritePropertyName(schema.Columns[i].Name);
                    if (schema.Columns[i].Type is FieldType.Boolean or FieldType.Float && row[i].ValueKind != JsonValueKind.String)
                    {
                        row[i].WriteTo(writer);
                    }
                    else
                    {
                        writer.WriteStringValue(text);
                    }
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static string? Text(JsonElement row, int column, FieldType type) => column >= row.GetArrayLength() || row[column].ValueKind == JsonValueKind.Null ? null
        : type == FieldType.Timestamp ? DateTime.UnixEpoch.AddTicks(row[column].GetInt64() * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF 'UTC'", CultureInfo.InvariantCulture)
        : ValueCodec.For(type).ToCell(row[column], TimestampFormat.Int64Microseconds);

    // A star stands for the number of the file, of which there is one.
    private static string PathOf(string uri, string buckets)
    {
        var named = uri.Replace("*", "000000000000", StringComparison.Ordinal);
        if (named.StartsWith("file:///", StringComparison.Ordinal) && Uri.TryCreate(named, UriKind.Absolute, out var file))
        {
            return file.LocalPath;
        }

        return BucketObject().Match(named) is { Success: true } match && !match.Groups["name"].Value.Split('/').Any(part => part is "" or "." or "..")
            ? Path.Combine([buckets, match.Groups["bucket"].Value, .. match.Groups["name"].Value.Split('/')])
            : throw ApiException.Invalid("A destination URI is file:///PATH or gs://BUCKET/OBJECT.", "destinationUris");
    }

    [GeneratedRegex(@"^gs://(?<bucket>[a-z0-9][a-z0-9_-]{1,61}[a-z0-9])/(?<name>[A-Za-z0-9._/=-]{1,500})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex BucketObject();
}
