using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace PixelPipeline.Cli.Output;

/// <summary>Writes records for machines one by one, however many there are.</summary>
internal sealed class RecordWriter : IDisposable
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TextWriter _writer;
    private readonly IReadOnlyList<string> _columns;
    private readonly CsvWriter? _csv;

    /// <summary>Begins, for CSV with the header.</summary>
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

        var line = _columns.Zip(values).ToDictionary(c => c.First, c => c.Second is DateTime or DateOnly ? RecordPrinter.ToText(c.Second) : c.Second);
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
}
