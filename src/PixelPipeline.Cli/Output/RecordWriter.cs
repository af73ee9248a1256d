using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsvHelper;
using CsvHelper.Configuration;
using Google.Cloud.BigQuery.V2;

namespace PixelPipeline.Cli.Output;

/// <summary>Writes records for machines one by one, however many there are.</summary>
internal sealed class RecordWriter : IDisposable
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // "NaN", as BigQuery writes it
        Converters = { new InstantConverter(), new NumericConverter() },
    };

    private readonly TextWriter _writer;
    private readonly IReadOnlyList<string> _columns;
    private readonly CsvWriter? _csv;

    /// <summary>Writes the header, where the format has one.</summary>
    /// <param name="writer">Where to; stays open.</param>
    /// <param name="format">JSON lines or CSV.</param>
    /// <param name="columns">The names, in order.</param>
    public RecordWriter(TextWriter writer, OutputFormat format, IReadOnlyList<string> columns)
    {
        _writer = writer;
        _columns = columns;
        if (format == OutputFormat.Csv)
        {
            _csv = new CsvWriter(writer, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" }, leaveOpen: true);
            WriteCsv(_csv, columns);
        }
    }

    /// <summary>Writes one record: a value for each column, null where there is none.</summary>
    public void Write(IReadOnlyList<object?> values)
    {
        if (_csv is not null)
        {
            WriteCsv(_csv, values);
            return;
        }

        var line = _columns.Zip(values).ToDictionary(c => c.First, c => c.Second);
        _writer.Write(JsonSerializer.Serialize(line, Json) + "\n");
    }

    /// <summary>Hands all on to the writer.</summary>
    public void Dispose() => _csv?.Dispose();

    private static void WriteCsv(CsvWriter csv, IEnumerable<object?> values)
    {
        foreach (var value in values)
        {
            csv.WriteField(RecordPrinter.ToText(value));
        }

        csv.NextRecord();
    }

    private sealed class InstantConverter : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(RecordPrinter.ToText(value));
    }

    // Up to 38 digits, all of them: a JSON number has no bound, a decimal has.
    private sealed class NumericConverter : JsonConverter<BigQueryNumeric>
    {
        public override BigQueryNumeric Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, BigQueryNumeric value, JsonSerializerOptions options) => writer.WriteRawValue(value.ToString());
    }
}
